#pragma once
#include "hub/identity/keeper.h"
#include "hub/rpc/desk.h"
#include "hub/rpc/dispatcher.h"
#include "hub/server/listener.h"

#include <atomic>
#include <memory>
#include <vector>

namespace splot {

/// A whole hub in one object: what `splotd` runs and what tests run on their databases.
class Hub {
public:
    /// Connects to the key holder for the hub's secrets. The database must be migrated.
    Hub(Settings settings, const Clock& clock);
    ~Hub();
    Hub(const Hub&) = delete;

    /// Everything but the doors: calls of the hub itself work.
    void start_inside();
    /// Opens the doors.
    void start();
    /// Tells clients, finishes what is in flight, returns when all is closed.
    void stop();

    std::uint16_t port() const;
    std::uint16_t plain_port() const;
    Dispatcher& dispatcher() { return dispatcher_; }
    Desk& desk(std::size_t shard) { return *desks_[shard]; }
    std::size_t shards() const { return desks_.size(); }
    const Settings& settings() const { return settings_; }
    identity::Keeper& keeper() { return keeper_; }
    Passwords& passwords() { return keeper_.passwords; }
    const Listener* listener(std::size_t index) const {
        return index < listeners_.size() ? listeners_[index].get() : nullptr;
    }
    bool is_ready() const { return ready_; }
    bool is_demonstration() const { return shared_->demonstration; }
    void reload_certificates();
    /// A committed transaction moved facts about access: looked at here at once, and told to the other hubs.
    void facts_moved() {
        poll_epochs_soon();
        bus_->tell_epochs();
    }

    /// Decides anew whatever came due by the clock, on every shard; returns when it is done. For tests' clocks.
    void come_due();
    /// A person's sockets on one shard, told to all shards, to the other hubs and, as a whisper, to colleagues.
    void spread_presence(Desk& from, PersonId person, std::size_t sockets);
    /// To all of a person's connections, on every hub.
    Async<void> whisper_to_self(Desk& desk, PersonId person, std::string notice);
    /// Runs a coroutine on a shard and waits for it; for start-up, the loader and tests. Never from a shard's thread.
    void run_on(std::size_t shard, std::function<Async<void>(Desk&)> work);

private:
    void open_desks();
    void open_listeners();
    Async<void> keep_house(Desk& desk);
    Async<void> poll_epochs(Desk& desk);
    void hear(feed::Bus::Hint hint);
    void poll_epochs_soon();
    void set_present(std::string hub, PersonId person, std::size_t sockets);
    Async<void> whisper_presence(Desk& desk, PersonId person, bool present);

    Settings settings_;
    const Clock& clock_;
    Shards shards_;
    feed::Feed feed_;
    storage::log::Writer writer_;
    std::unique_ptr<feed::Bus> bus_;
    std::unique_ptr<Shared> shared_;
    std::vector<std::unique_ptr<Desk>> desks_;
    Dispatcher dispatcher_;
    identity::Keeper keeper_;
    std::unique_ptr<Site> site_;
    std::shared_ptr<TlsContext> tls_;
    std::vector<std::unique_ptr<Listener>> listeners_;
    std::string epoch_floor_;
    bool polling_epochs_ = false, poll_again_ = false; ///< shard 0 only
    std::atomic<bool> inside_{false}, ready_{false}, stopping_{false};
    std::atomic<std::size_t> housekeepers_{0};
};

} // namespace splot
