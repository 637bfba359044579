#pragma once
#include "hub/feed/published.h"
#include "hub/feed/replay.h"
#include "hub/feed/subscription.h"
#include "hub/server/shard.h"
#include "storage/async/one_shot.h"
#include "storage/log/log.h"
#include "storage/postgres/pool.h"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

/// Live streams. A stream's *home* shard publishes strictly n+1 and reads a missing number from the log; every shard
/// hands what is published to its own connections.
namespace splot::feed {

class Feed;

/// One shard's part of the feed; used on that shard's thread only.
class ShardFeed {
public:
    ShardFeed(Feed& feed, Shard& shard, storage::Pool& log, Replayer& replayer);

    /// Takes the subscriptions in, parked, and returns once their homes follow the streams: every event that is
    /// committed after this moment will arrive. Throws DatabaseGone.
    Async<void> listen(std::vector<Subscription*> subscriptions);
    /// Sends what waited with a number above `head`, then lets live events through.
    void release(Subscription& subscription, std::int64_t head);
    void drop(Subscription& subscription);
    /// Returns when everything that was handed to `publish` before has reached this shard's connections.
    Async<void> fence();

    /// As the home of these streams: events just committed by this hub, in any order.
    void arrive(std::vector<Published> events);
    /// As the home: heads that another hub told of, or that a poll found.
    void hint(std::vector<std::pair<std::int64_t, std::int64_t>> heads);
    /// As the home: looks whether something was missed by everybody (safety net).
    Async<void> poll_heads();

    void deliver(const std::vector<Published>& events);
    void whisper(const Whispered& whispered);

    Shard& shard() { return shard_; }
    std::size_t followed() const { return homes_.size(); }

private:
    struct Home {
        StreamId id;
        std::int64_t published = 0;
        std::map<std::int64_t, Published> ahead;
        std::uint64_t shards = 0; ///< a bit for each that listens
        bool filling = false;
    };

    Async<void> ask_homes(std::map<std::size_t, std::vector<std::int64_t>> streams_by_home);
    Async<void> follow(std::size_t listener, std::vector<std::int64_t> streams);
    void unfollow(std::size_t listener, std::int64_t stream);
    /// Publishes what is in order; returns the gap that is left, if any.
    std::optional<storage::log::Range> advance(std::int64_t stream, Home& home,
                                               std::map<std::size_t, std::vector<Published>>& out);
    void post_out(std::map<std::size_t, std::vector<Published>> out);
    void fill_soon(std::vector<storage::log::Range> gaps);
    Async<void> fill(std::vector<storage::log::Range> gaps);

    Feed& feed_;
    Shard& shard_;
    storage::Pool& log_;
    Replayer& replayer_;
    std::unordered_map<std::int64_t, Home> homes_;
    std::unordered_map<std::int64_t, std::vector<Subscription*>> subscriptions_;
};

/// All shards' feeds; its functions may be called from any thread.
class Feed {
public:
    explicit Feed(Shards& shards) : shards_(shards) {}
    void add(ShardFeed& part) { parts_.push_back(&part); }

    /// Events just committed: to their homes, and to the other hubs as a hint.
    void publish(std::vector<Published> events);
    /// Heads heard over the bus.
    void hint(std::vector<std::pair<std::int64_t, std::int64_t>> heads);
    /// To the connections of this hub.
    void whisper_here(Whispered whispered);

    /// Set before anything runs: what tells the other hubs.
    std::function<void(std::vector<std::pair<std::int64_t, std::int64_t>>)> tell_others;

    ShardFeed& home_of(std::int64_t stream) { return *parts_[static_cast<std::uint64_t>(stream) % parts_.size()]; }
    ShardFeed& part(std::size_t shard) { return *parts_[shard]; }
    std::size_t size() const { return parts_.size(); }

private:
    Shards& shards_;
    std::vector<ShardFeed*> parts_;
};

} // namespace splot::feed
