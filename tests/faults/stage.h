#pragma once
#include "clients/cli/client.h"
#include "tests/faults/program.h"
#include "tests/world/private_cluster.h"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace splot::faults {

/// A channel made for a test, with one topic.
struct Room {
    ChannelId channel;
    TopicId topic;
    bool sealed;
};

/// The whole of Splot as an office runs it: PostgreSQL, the key holder and the hub, each a process that can be killed,
/// with the demonstration's people in it.
class Stage {
public:
    using Disk = world::PrivateCluster::Disk;
    struct Wishes {
        Disk disk = Disk::unsynced;
        std::size_t hubs = 1; ///< beside each other on one database, started at once
        int poll_every_ms = 500;
        /// The first start of the hub is cut off when this holds; empty: it is not.
        std::function<bool(Stage&)> cut_off_when = {};
        std::filesystem::path data_folder = {}; ///< where the hub's data lie, as a tablespace; empty: with the rest
    };
    Stage();
    explicit Stage(Wishes wishes);
    ~Stage();

    world::PrivateCluster& cluster() { return *cluster_; }
    Program& keys() { return *keys_; }
    Program& hub(std::size_t index = 0) { return *hubs_[index]; }
    std::size_t hubs() const { return hubs_.size(); }
    /// SIGKILL to the postmaster and to every one of its children.
    void kill_postgres();
    /// SIGKILL to one process that serves a connection: PostgreSQL then throws all of them out and recovers.
    void kill_one_backend(std::uint64_t random);

    void start_keys();
    /// On the same ports as before.
    void start_hub(std::size_t index = 0);
    /// The same without waiting until it is ready.
    void launch_hub(std::size_t index = 0);

    client::Endpoint endpoint(std::size_t index = 0) const;
    /// Signs in through the demonstration's door; the cookie.
    std::string enter(const std::string& login, std::size_t index = 0);
    /// A client of this person, connected.
    std::unique_ptr<client::Client> connect(const std::string& login, std::size_t index = 0);
    std::vector<Room> make_rooms(std::size_t open, std::size_t sealed);
    client::HttpReply get(const std::string& path, std::size_t index = 0);
    /// One figure of the metrics page, e.g. "splot_sockets".
    double metric(const std::string& name, std::size_t index = 0);
    /// Asks until it holds; false after the ceiling, which exists only to fail.
    bool becomes(const std::function<bool()>& holds, std::chrono::seconds ceiling = std::chrono::seconds(30));

    /// All that the programs wrote about themselves.
    std::string logs();
    /// Of the database's owner.
    const std::string& conninfo() const { return conninfo_; }

    boost::asio::io_context io{1};

private:
    std::filesystem::path folder_;
    Wishes wishes_;
    std::unique_ptr<world::PrivateCluster> cluster_;
    std::string conninfo_;
    std::unique_ptr<Program> keys_;
    std::vector<std::uint16_t> ports_; ///< TLS and plain, of each hub
    std::vector<std::unique_ptr<Program>> hubs_;
};

/// People of the demonstration's partnership who may post in its channels and have one mandate there.
const std::vector<std::string>& members();
/// Their animator, who makes the rooms.
inline const std::string animator = "ewa.zawadzka";

/// SPLOT_TEST_SEED, or the fixed seed of every day.
std::uint64_t seed();

} // namespace splot::faults
