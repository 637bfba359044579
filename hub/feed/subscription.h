#pragma once
#include "hub/feed/published.h"
#include "hub/feed/read_set.h"

#include <vector>

namespace splot::feed {

/// One connection's hold on one stream, on the connection's shard. While it is parked, live events wait: the snapshot
/// or the missed events come first.
class Subscription {
public:
    virtual ~Subscription() = default;

    std::int64_t stream = 0;
    StreamId id;
    Uuid scope;            ///< the team or institution whose labels decide
    ReadSetPtr rights;     ///< none until they were decided
    std::int32_t lane = 0; ///< 0: every lane of the scope, as for a team's own stream
    bool parked = true;
    std::vector<Published> waiting;

    virtual void send(const Published& event) = 0;
    /// Too much waited while parked: what waited is gone, the client must resume.
    virtual void fell_behind() = 0;
    /// A label came that nobody judged yet; the subscription is parked until `ShardFeed::release`.
    virtual void judge(std::int32_t label) = 0;

    bool reads(std::int32_t label, Instant at) const { return rights && rights->reads(label, at); }
    bool is_judged(std::int32_t label) const { return rights && rights->is_judged(label); }
};

} // namespace splot::feed
