#pragma once
#include "hub/access/kernel.h"
#include "hub/clock.h"
#include "hub/feed/bus.h"
#include "hub/feed/feed.h"
#include "hub/feed/presence.h"
#include "hub/feed/read_set.h"
#include "hub/feed/replay.h"
#include "hub/server/shard.h"
#include "hub/settings.h"
#include "storage/log/writer.h"
#include "storage/postgres/pool.h"
#include "storage/vault/bodies.h"
#include "storage/vault/key_client.h"

#include <unordered_set>

namespace splot {

class Hub;
class Session;
class Dispatcher;

/// What all desks share; each part says itself from which threads it may be used.
struct Shared {
    Hub& hub;
    const Settings& settings;
    const Clock& clock;
    storage::log::Writer& writer;
    feed::Feed& feed;
    feed::Bus& bus;
    vault::CursorKey cursor_key;
    std::vector<std::byte> params_key; ///< for the HMAC of a writing call's params
    bool demonstration;
};

/// What one shard has at hand. Everything in it belongs to the shard's thread.
struct Desk {
    Desk(Shared& shared, Shard& shard);
    Desk(const Desk&) = delete;

    Instant now() const { return shared.clock.now(); }
    std::string cursor(std::int64_t stream, std::int64_t number) const { return replayer.cursor(stream, number); }

    Shared& shared;
    Shard& shard;
    storage::Pool app;  ///< role splot_app: what people ask for, under row-level security
    storage::Pool log;  ///< role splot_log: facts, replay
    storage::Pool door; ///< role splot_door: sign-in
    access::Kernel kernel;
    vault::KeyClient keys;
    vault::KeyCache key_cache;
    vault::Bodies bodies;
    feed::Replayer replayer;
    feed::ShardFeed feed;
    feed::Presence presence;
    feed::ReadSets read_sets;
    std::unordered_set<Session*> sessions;
    std::unordered_map<TopicId, ChannelId> topics; ///< a topic's channel, which never changes
    std::size_t calls_under_way = 0;
};

} // namespace splot
