#include "storage/log/log.h"

#include "storage/log/sql.h"

namespace splot::storage::log {
namespace {

using splot::access::Epoch;

struct EpochColumns {
    std::vector<Uuid> ids;
    std::vector<std::int64_t> values;
    explicit EpochColumns(const std::vector<Epoch>& epochs) {
        for (const auto& epoch : epochs)
            ids.push_back(epoch.id), values.push_back(epoch.value);
    }
};

} // namespace

std::size_t queue_events(Transaction& tx, const std::vector<Draft>& drafts, const Origin& origin,
                         const std::vector<Epoch>& epochs) {
    std::vector<std::int64_t> streams;
    std::vector<std::string> kinds;
    std::vector<Uuid> objects;
    std::vector<std::optional<std::int32_t>> revisions;
    std::vector<std::optional<Uuid>> subjects;
    std::vector<std::int32_t> labels;
    for (const auto& draft : drafts) {
        streams.push_back(draft.stream);
        kinds.push_back(draft.kind);
        objects.push_back(draft.object);
        revisions.push_back(draft.revision);
        subjects.push_back(draft.subject);
        labels.push_back(draft.label);
    }
    const EpochColumns decided(epochs);
    return tx.queue(sql::append_events, streams, kinds, objects, revisions, subjects, labels, decided.ids,
                    decided.values, origin.at, origin.author.person, origin.author.mandate, origin.author.institution,
                    origin.author.entered_by, origin.author.way, std::optional(origin.request));
}

std::size_t queue_epoch_check(Transaction& tx, const std::vector<Epoch>& epochs) {
    const EpochColumns decided(epochs);
    return tx.queue(sql::refuse_moved, decided.ids, decided.values);
}

Async<std::optional<KnownRequest>> find_request(Transaction& tx, RequestId id, PersonId person, DeviceId device) {
    return tx.maybe<KnownRequest>(sql::find_request, id, person, device);
}

void queue_request(Transaction& tx, const NewRequest& r) {
    tx.queue(sql::insert_request, r.id, r.person, r.device, r.method, r.params_check, r.made, r.at);
}

Async<std::int64_t> forget_requests(Pool& log, FeedPass, Instant before) {
    auto tx = co_await Transaction::begin(log, Transaction::Mode::read_write_read_committed);
    const auto forgotten = co_await tx.run(sql::forget_requests, before);
    co_await tx.commit();
    co_return forgotten;
}

Async<std::int64_t> make_stream(Transaction& tx, const Grant&, Uuid id, std::string kind, Instant at) {
    return tx.one<std::int64_t>(sql::make_stream, id, kind, at);
}

Async<std::vector<Head>> heads(Pool& log, FeedPass, std::vector<std::int64_t> keys) {
    auto tx = co_await Transaction::begin(log, Transaction::Mode::read_only_repeatable_read);
    auto found = co_await tx.rows<Head>(sql::heads, keys);
    co_await tx.commit();
    co_return found;
}

Async<std::vector<Head>> heads(Transaction& tx, std::vector<std::int64_t> keys) {
    return tx.rows<Head>(sql::heads, keys);
}

Async<std::vector<Head>> heads_of(Transaction& tx, std::vector<Uuid> ids) { return tx.rows<Head>(sql::streams, ids); }

Async<std::vector<Logged>> replay(Transaction& log_tx, FeedPass, std::vector<Range> ranges, std::int64_t most) {
    std::vector<std::int64_t> streams, after, upto;
    for (const auto& range : ranges)
        streams.push_back(range.stream), after.push_back(range.after), upto.push_back(range.upto);
    return log_tx.rows<Logged>(sql::replay, streams, after, upto, most);
}

Async<void> notify(Pool& log, std::string payload) {
    auto lease = co_await log.acquire();
    lease->queue(sql::notify, payload);
    co_await lease->flush();
}

Async<std::optional<WorldKind>> world_kind(Pool& pool) {
    auto lease = co_await pool.acquire();
    lease->queue(sql::world);
    const auto results = co_await lease->flush();
    co_return maybe<WorldKind>(results.front());
}

Async<void> make_world(Pool& app, WorldKind kind, Instant now) {
    auto lease = co_await app.acquire();
    lease->queue(sql::make_world, kind, now);
    co_await lease->flush();
}

} // namespace splot::storage::log
