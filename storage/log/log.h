#pragma once
#include "storage/access/grant.h"
#include "storage/log/types.h"
#include "storage/postgres/transaction.h"

#include <span>

namespace splot::storage::log {

/// Who and under which request: the columns that all events of one call share.
struct Origin {
    Author author;
    RequestId request;
    Instant at;
};

/// Queues the statement that takes numbers for the drafts, compares the epochs and writes the events. Its rows
/// (Numbered, in the drafts' order) come with the commit. A moved epoch fails the transaction: DatabaseError, SQLSTATE
/// SP001.
std::size_t queue_events(Transaction& tx, const std::vector<Draft>& drafts, const Origin& origin,
                         const std::vector<splot::access::Epoch>& epochs);
/// Only the comparison, for a write without events.
std::size_t queue_epoch_check(Transaction& tx, const std::vector<splot::access::Epoch>& epochs);
constexpr const char* epoch_moved_state = "SP001";

Async<std::optional<KnownRequest>> find_request(Transaction& tx, RequestId id, PersonId person, DeviceId device);
struct NewRequest {
    RequestId id;
    PersonId person;
    DeviceId device;
    std::string method;
    std::vector<std::byte> params_check;
    std::vector<Uuid> made;
    Instant at;
};
void queue_request(Transaction& tx, const NewRequest& request);
Async<std::int64_t> forget_requests(Pool& log, FeedPass pass, Instant before);

/// A new stream's key.
Async<std::int64_t> make_stream(Transaction& tx, const Grant& grant, Uuid id, std::string kind, Instant at);

Async<std::vector<Head>> heads(Pool& log, FeedPass pass, std::vector<std::int64_t> keys);
/// In the reader's own snapshot, so that what was listed and the head agree.
Async<std::vector<Head>> heads(Transaction& tx, std::vector<std::int64_t> keys);
Async<std::vector<Head>> heads_of(Transaction& tx, std::vector<Uuid> ids);

/// Events of the ranges, at most `most` of each stream, in order.
Async<std::vector<Logged>> replay(Transaction& log_tx, FeedPass pass, std::vector<Range> ranges, std::int64_t most);

/// Tells the other hubs; outside any transaction.
Async<void> notify(Pool& log, std::string payload);

enum class WorldKind { demonstration, real };
BOOST_DESCRIBE_ENUM(WorldKind, demonstration, real)
Async<std::optional<WorldKind>> world_kind(Pool& pool);
Async<void> make_world(Pool& app, WorldKind kind, Instant now);

} // namespace splot::storage::log
