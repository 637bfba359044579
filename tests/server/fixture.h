#pragma once
#include "clients/cli/connection.h"
#include "hub/server/listener.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>

namespace splot::tests {

inline constexpr std::chrono::seconds ceiling{30}; ///< exists only to fail

/// What happened on the hub's side, in order; other threads wait for it.
class Log {
public:
    void add(std::string what);
    /// Returns once it has happened `times` times; fails after the ceiling.
    void await(const std::string& what, int times = 1);
    int count(const std::string& what);
    std::vector<std::string> all();

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> events_;
};

/// Echoes HTTP bodies and frames; frames that begin with '!' are orders, see `EchoUser`.
class EchoSite : public Site {
public:
    Async<HttpAnswer> serve(Shard& shard, HttpRequest request) override;
    unsigned admit(const HttpRequest& upgrade) override;
    std::shared_ptr<WireUser> open(Shard& shard, std::shared_ptr<Wire> wire, const HttpRequest& upgrade) override;

    /// Lets `GET /wait` answer.
    void release();

    Log log;
    unsigned admission = 101;
    std::shared_ptr<Wire> last_wire; ///< kept beyond its end, as a careless user might

private:
    std::mutex mutex_;
    std::vector<std::pair<Shard*, std::shared_ptr<boost::asio::steady_timer>>> waiting_;
};

/// A folder of this test alone, removed at its end.
class Folder {
public:
    Folder();
    ~Folder();
    const std::filesystem::path path;
};

/// A listener on real sockets with two shards; clients run on the test's own thread.
class ServerTest : public ::testing::Test {
public:
    ~ServerTest() override;

protected:
    enum class Transport : std::uint8_t { plain, tls };

    void start(Transport transport);
    client::Endpoint endpoint() const;
    std::string origin() const { return endpoint().origin(); }

    /// Runs the client's side to its end and rethrows what it threw. `story` is a coroutine lambda.
    template <class Story> void run(Story story) {
        std::exception_ptr failure;
        bool finished = false;
        boost::asio::co_spawn(io, story(), [&](std::exception_ptr thrown) {
            failure = thrown;
            finished = true;
        });
        run_until([&] { return finished; });
        if (failure) std::rethrow_exception(failure);
    }
    /// Runs the clients' loop until something is true.
    template <class Condition> void run_until(Condition condition) {
        const auto end = std::chrono::steady_clock::now() + ceiling;
        io.restart();
        while (!condition()) {
            ASSERT_LT(std::chrono::steady_clock::now(), end) << "nothing happened";
            io.run_one_for(std::chrono::milliseconds(20));
        }
    }
    /// Waits until a count of the server has this value.
    template <class Count> void await_count(const Count& count, std::int64_t value) {
        run_until([&] { return static_cast<std::int64_t>(count.load()) == value; });
    }
    const ServerCounts& counts() const { return listener->counts(); }

    Limits limits;
    ListenerOptions options;
    Folder folder;
    EchoSite site;
    TlsFiles files;
    std::unique_ptr<Shards> shards;
    std::unique_ptr<Listener> listener;
    boost::asio::io_context io{1};
};

/// Awaits, inside a story, that something becomes true on the hub's side; fails after the ceiling.
Async<void> until(std::function<bool()> condition);
/// The status that the upgrade was refused with, or 101.
Async<unsigned> status_of_upgrade(client::Session& session, client::Headers headers);
/// Reads until the hub closes; the code of its close frame.
Async<std::uint16_t> code_of_close(client::Session& session);
/// Everything until the end of the stream.
Async<std::string> read_to_end(client::Session& session);

} // namespace splot::tests
