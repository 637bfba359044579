#include "hub/rpc/dispatcher.h"

#include "hub/hub.h"
#include "hub/log.h"
#include "hub/rpc/sentences.h"
#include "hub/rpc/session.h"
#include "storage/vault/digest.h"

#include <boost/json/serialize.hpp>

namespace splot {
namespace {

using storage::Transaction;
using storage::log::AppendOutcome;

constexpr int most_attempts = 5;
constexpr auto oldest_request = std::chrono::days(7);

/// What an exception of the database means to the caller.
Problem problem_of(const storage::DatabaseError& error) {
    if (error.is_out_of_resources() || error.is_timeout()) return refuse(Code::unavailable);
    if (error.is_unique_violation()) return refuse(Code::conflict, error.violated_rule());
    if (error.is_check_violation() || error.is_foreign_key_violation())
        return refuse(Code::invalid, error.violated_rule());
    return refuse(Code::internal);
}

/// Tells equal params from others without keeping them.
std::vector<std::byte> check_of(const Desk& desk, std::string_view method, const boost::json::value& params) {
    const auto mac = vault::hmac_sha256(desk.shared.params_key, std::string(method) + boost::json::serialize(params));
    return {mac.begin(), mac.begin() + 16};
}

/// UUIDv7: 48 bits of milliseconds. Older than a week, or not yet: refused, because the memory of it is gone or wrong.
bool is_timely(const RequestId& id, Instant now) {
    std::int64_t milliseconds = 0;
    for (int i = 0; i < 6; ++i)
        milliseconds = milliseconds << 8 | id.value.bytes[static_cast<std::size_t>(i)];
    const Instant made{std::chrono::milliseconds(milliseconds)};
    return made > now - oldest_request && made < now + std::chrono::hours(1);
}

} // namespace

/// What one call keeps over its attempts.
struct Dispatcher::Attempt {
    Desk& desk;
    Session* session;
    access::Actor actor;
    RequestId id;
    Instant now;
    std::vector<std::byte> params_check;
    std::optional<storage::log::AuditRow> refusal{};
    std::vector<std::function<void()>> after{};
};

void Dispatcher::make_counts() {
    for (const auto& [name, entry] : entries_)
        counts_[name] = std::make_unique<MethodCounts>();
}

Async<void> Dispatcher::handle(std::shared_ptr<Session> session, std::string frame) {
    auto& desk = session->desk();
    const auto request = rpc::read_request(frame);
    if (!request) {
        const auto& bad = request.error();
        session->send(rpc::error(bad.id, bad.problem, sentence_for(bad.problem)));
        co_return;
    }
    const auto refuse_with = [&](const Problem& problem, std::optional<std::int32_t> retry_after_ms = {}) {
        session->send(rpc::error(request->id, problem, sentence_for(problem), retry_after_ms));
    };
    const auto found = entries_.find(request->method);
    if (found == entries_.end()) co_return refuse_with(refuse(Code::unknown_method));
    const auto& entry = found->second;
    if (const auto wait = session->spend(entry.method)) co_return refuse_with(refuse(Code::rate_limited), wait);
    if (!session->is_authenticated() && entry.method.name != session_authenticate)
        co_return refuse_with(refuse(Code::unauthenticated));
    session->note_use(entry.method);

    Attempt attempt{desk, session.get(), session->actor(request->as), {}, desk.now(), {}};
    const auto id = RequestId::parse(request->id);
    const bool needs_id = entry.method.effect == Effect::writes || entry.method.effect == Effect::appends;
    if (needs_id && (!id || !is_timely(*id, attempt.now))) co_return refuse_with(Problem{Code::invalid, {}, "id"});
    if (id) attempt.id = *id;
    if (needs_id) attempt.params_check = check_of(desk, request->method, request->params);

    ++desk.calls_under_way;
    auto result = co_await settle(entry, attempt, request->params);
    --desk.calls_under_way;
    if (!result) {
        refuse_with(result.error());
    } else {
        session->send(rpc::answer(request->id, result->made ? json::to_json(*result->made) : result->json));
        for (const auto& follow : attempt.after)
            follow();
    }
    // After the answer, so that a refusal takes no longer than a thing that never was.
    if (attempt.refusal) {
        std::vector<storage::log::AuditRow> rows{*attempt.refusal};
        co_await desk.shared.writer.audit(desk.shard.io(), std::move(rows));
    }
}

Async<Result<Made>> Dispatcher::call_as(Desk& desk, access::Actor actor, RequestId id, Instant now,
                                        std::string_view method, const boost::json::value& params) {
    const auto& entry = entries_.find(method)->second;
    Attempt attempt{desk, nullptr, std::move(actor), id, now, {}};
    attempt.params_check = check_of(desk, method, params);
    CO_TRY(auto reply, co_await settle(entry, attempt, params));
    co_return reply.made.value_or(Made{});
}

/// Runs the call until it is decided from facts that held when it read or wrote.
Async<Result<Dispatcher::Reply>> Dispatcher::settle(const Entry& entry, Attempt& attempt,
                                                    const boost::json::value& params) {
    const auto began = std::chrono::steady_clock::now();
    Result<Reply> result = refuse(Code::unavailable);
    for (int tries = 0; tries < most_attempts; ++tries) {
        bool again = false;
        Call call(attempt.desk, attempt.session, attempt.actor, attempt.id, attempt.now, attempt.desk.kernel);
        call.params_check = attempt.params_check;
        try {
            result = co_await run(entry, call, params);
            // An append decides from copies: a right given a moment ago is looked for once more.
            again = !result && call.access.refusal() && entry.method.effect == Effect::appends && tries == 0;
        } catch (const access::Stale&) {
            again = true;
        } catch (const storage::DatabaseGone& gone) {
            log::warn("the database is away", {{"method", entry.method.name}});
            result = refuse(Code::unavailable);
        } catch (const storage::DatabaseError& error) {
            const bool moved = error.sqlstate() == storage::log::epoch_moved_state;
            if (moved) attempt.desk.kernel.forget(*call.access.facts());
            again = moved || error.is_retryable() || error.constraint() == "request_pkey";
            result = problem_of(error);
            if (!again && result.error().code == Code::internal)
                log::error("a statement failed", {{"method", entry.method.name}, {"why", error.what()}});
        } catch (const vault::KeyHolderGone&) {
            log::warn("the key holder is away", {{"method", entry.method.name}});
            result = refuse(Code::unavailable);
        } catch (const std::exception& error) {
            log::error("a call failed", {{"method", entry.method.name}, {"why", error.what()}});
            result = refuse(Code::internal);
        }
        attempt.refusal = call.access.refusal();
        attempt.after = std::move(call.after);
        if (!again) break;
    }
    if (!result) attempt.after.clear();
    if (const auto counts = counts_.find(entry.method.name); counts != counts_.end()) {
        ++counts->second->calls;
        if (!result) ++counts->second->problems;
        counts->second->microseconds += static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began).count());
    }
    co_return result;
}

Async<Result<Dispatcher::Reply>> Dispatcher::run(const Entry& entry, Call& call, const boost::json::value& params) {
    CO_CHECK(co_await call.access.admit_level(entry.method.level));
    switch (entry.method.effect) {
    case Effect::reads:
    case Effect::looks:
        co_return co_await run_reading(entry, call, params);
    case Effect::writes:
        co_return co_await run_writing(entry, call, params);
    case Effect::appends:
        co_return co_await run_appending(entry, call, params);
    case Effect::live:
        break;
    }
    co_return co_await entry.run(call, params);
}

Async<Result<Dispatcher::Reply>> Dispatcher::run_reading(const Entry& entry, Call& call,
                                                         const boost::json::value& params) {
    Result<Reply> reply = refuse(Code::internal);
    {
        auto tx = co_await Transaction::begin(call.desk.app, Transaction::Mode::read_only_repeatable_read);
        call.transaction = &tx;
        call.access.use(&tx);
        reply = co_await entry.run(call, params);
        call.transaction = nullptr;
    }
    if (reply && !call.looks.empty()) {
        const bool durable = co_await call.desk.shared.writer.audit(call.desk.shard.io(), std::move(call.looks));
        if (!durable) co_return refuse(Code::unavailable);
    }
    co_return reply;
}

Async<Result<Dispatcher::Reply>> Dispatcher::run_writing(const Entry& entry, Call& call,
                                                         const boost::json::value& params) {
    auto tx = co_await Transaction::begin(call.desk.app, Transaction::Mode::read_write_read_committed);
    call.transaction = &tx;
    call.access.use(&tx);
    const auto& actor = call.actor();
    storage::access::widen(tx, actor.person, {});
    const auto known = co_await storage::log::find_request(tx, call.id, actor.person, actor.device);
    if (known) {
        if (known->method != entry.method.name || known->params_check != call.params_check)
            co_return refuse(Code::conflict, {}, "id");
        call.access.stop_when_admitted();
    }
    bool repeated = false;
    Result<Reply> reply = refuse(Code::internal);
    try {
        reply = co_await entry.run(call, params);
    } catch (const access::AlreadyMade&) {
        repeated = true;
    }
    if (repeated) co_return Reply{{}, Made{known->made, {}}};
    if (!reply) co_return reply;
    co_return co_await commit(entry, call, tx, std::move(*reply));
}

/// Heads, events, request and COMMIT as one pipeline; then the events go out.
Async<Result<Dispatcher::Reply>> Dispatcher::commit(const Entry& entry, Call& call, Transaction& tx, Reply reply) {
    const auto& actor = call.actor();
    if (!call.looks.empty()) {
        const bool durable = co_await call.desk.shared.writer.audit(call.desk.shard.io(), std::move(call.looks));
        if (!durable) co_return refuse(Code::unavailable);
    }
    std::vector<storage::log::Draft> drafts;
    for (const auto& out : call.streams.entries())
        drafts.push_back(out.draft);
    std::size_t numbered_at = 0;
    if (drafts.empty()) {
        storage::log::queue_epoch_check(tx, call.access.epochs());
    } else {
        const storage::log::Origin origin{call.author(), call.id, call.now};
        numbered_at = storage::log::queue_events(tx, drafts, origin, call.access.epochs());
    }
    const storage::log::NewRequest request{
        call.id,           actor.person,     actor.device, std::string(entry.method.name),
        call.params_check, reply.made->made, call.now};
    storage::log::queue_request(tx, request);
    const auto results = co_await tx.commit();

    if (!drafts.empty()) {
        const auto numbered = storage::rows<storage::log::Numbered>(results[numbered_at]);
        std::vector<feed::Published> published;
        for (std::size_t i = 0; i < numbered.size(); ++i) {
            const auto& out = call.streams.entries()[i];
            auto cursor = call.desk.cursor(out.draft.stream, numbered[i].number);
            auto frame = feed::event_notice(out.stream, cursor, out.draft.kind, call.author(), numbered[i].at, call.id,
                                            out.payload);
            published.push_back({out.draft.stream, numbered[i].number, numbered[i].at, out.draft.label,
                                 std::make_shared<const std::string>(std::move(frame))});
            if (!reply.made->cursor) reply.made->cursor = std::move(cursor);
        }
        call.desk.shared.feed.publish(std::move(published));
    }
    for (auto& whisper : call.whispers)
        co_await call.desk.shared.hub.whisper_to_self(call.desk, actor.person, std::move(whisper));
    if (call.facts_moved) call.desk.shared.hub.facts_moved();
    co_return reply;
}

Async<Result<Dispatcher::Reply>> Dispatcher::run_appending(const Entry& entry, Call& call,
                                                           const boost::json::value& params) {
    CO_TRY(Append append, co_await entry.append(call, params));
    auto& item = *append.item;
    const auto stream = item.stream;
    item.by = call.actor().person;
    item.device = call.actor().device;
    item.request = call.id;
    item.epochs = call.access.epochs();
    const auto stored = co_await call.desk.shared.writer.append(call.desk.shard.io(), std::move(append.item));
    switch (stored.outcome) {
    case AppendOutcome::made:
        break;
    case AppendOutcome::known:
        co_return Reply{{}, Made{{stored.id}, call.desk.cursor(stream, stored.number)}};
    case AppendOutcome::conflict:
        co_return refuse(Code::conflict, {}, "id");
    case AppendOutcome::moved:
        call.desk.kernel.forget(*call.access.facts());
        throw access::Stale{};
    case AppendOutcome::refused:
        co_return refuse(Code::invalid, stored.rule);
    case AppendOutcome::locked:
    case AppendOutcome::unavailable:
        co_return refuse(Code::unavailable);
    }
    auto cursor = call.desk.cursor(stream, stored.number);
    auto frame = feed::event_notice(append.stream, cursor, append.kind, append.author, stored.at, call.id,
                                    append.payload(stored.number, stored.at));
    std::vector<feed::Published> published;
    published.push_back(
        {stream, stored.number, stored.at, append.label, std::make_shared<const std::string>(std::move(frame))});
    call.desk.shared.feed.publish(std::move(published));
    co_return Reply{{}, Made{{append.made}, std::move(cursor)}};
}

} // namespace splot
