#include "hub/streams/service.h"

#include "hub/channels/messages.h"
#include "hub/channels/service.h"
#include "hub/streams/opening.h"
#include "hub/teams/service.h"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace splot::streams {
namespace {

constexpr std::size_t most_resumed = 200;

using storage::log::Range;

/// Missed events that the rights let through, as the live ones would have come.
std::vector<Event> readable_events(Call& call, const StreamId& id, const std::vector<feed::Replayed>& missed,
                                   std::int64_t stream, const Grant& grant) {
    std::vector<Event> events;
    for (const auto& one : missed) {
        const auto& e = one.event;
        const auto since = grant.since(e.label);
        if (e.stream != stream || one.payload.empty() || !since || e.at < *since) continue;
        events.push_back({id, call.desk.cursor(stream, e.number), e.kind, e.author(), e.at, e.request,
                          boost::json::parse(one.payload)});
    }
    return events;
}

Async<Result<Grant>> admit(Call& call, const Candidate& candidate) {
    if (candidate.opening.lane)
        co_return co_await call.access.admit(access::Action::read, ChannelId(candidate.object.id));
    if (candidate.object.team) co_return co_await call.access.admit(access::Action::read, *candidate.object.team);
    if (!candidate.object.institution) co_return co_await call.access.admit_to_own();
    co_return co_await call.access.admit(access::Action::read, *candidate.object.institution);
}

} // namespace

Async<Result<Opened>> open(Call& call, Open ask) {
    if (!call.session) co_return refuse(Code::conflict);
    const auto candidate = co_await streams::candidate(call, ask.stream);
    if (!candidate) {
        // The same way as for a channel that is not there, with its audit.
        CO_CHECK(co_await call.access.admit(access::Action::read, ChannelId(Uuid(ask.stream))));
        co_return refuse(Code::not_found);
    }
    std::vector<Session::Opening> openings{candidate->opening};
    auto held = co_await call.session->listen(std::move(openings));
    CO_TRY(const Grant grant, co_await admit(call, *candidate));
    const auto stream = candidate->object.stream;
    const auto heads = co_await storage::log::heads(call.tx(), just(stream));
    const auto head = heads.front().head;
    Opened answer{ask.stream, call.desk.cursor(stream, head), {}, {}};

    std::optional<std::int64_t> after;
    if (ask.cursor) {
        after = call.desk.replayer.number(stream, *ask.cursor);
        if (!after) co_return refuse(Code::invalid, {}, "params.cursor");
    }
    const auto horizon = call.desk.shared.settings.limits.horizon;
    if (after && head - *after <= horizon) {
        std::vector<Range> ranges{{stream, *after, head}};
        const auto missed = co_await call.desk.replayer.load(std::move(ranges), horizon);
        answer.events = readable_events(call, ask.stream, missed, stream, grant);
    } else if (candidate->opening.lane) {
        answer.snapshot.emplace();
        answer.snapshot->channel = co_await channels::snapshot(call, grant);
    } else if (candidate->object.team || candidate->object.institution) {
        answer.snapshot.emplace();
        answer.snapshot->team = co_await teams::snapshot(call, grant);
    }
    if (candidate->object.key) call.looks.push_back(channels::look(call, "open", candidate->object.id));
    std::vector<std::int64_t> at{head};
    adopt_after(call, std::move(held), std::move(at));
    co_return answer;
}

/// All of a client's streams with one decision, one look at the heads and one replay.
Async<Result<ResumeAnswer>> resume(Call& call, Resume ask) {
    if (!call.session) co_return refuse(Code::conflict);
    if (ask.streams.size() > most_resumed) co_return refuse(Code::invalid, {}, "params.streams");
    std::map<StreamId, Candidate> mine;
    for (auto& candidate : co_await candidates(call))
        mine.emplace(candidate.opening.id, candidate);
    std::vector<Session::Opening> openings;
    std::vector<std::int64_t> keys;
    for (const auto& position : ask.streams) {
        const auto found = mine.find(position.stream);
        if (found == mine.end() || std::ranges::find(keys, found->second.object.stream) != keys.end()) continue;
        openings.push_back(found->second.opening);
        keys.push_back(found->second.object.stream);
    }
    auto held = co_await call.session->listen(std::move(openings));
    const Grant grant = co_await call.access.admit_to_own();
    std::map<std::int64_t, std::int64_t> heads;
    for (const auto& head : co_await storage::log::heads(call.tx(), keys))
        heads[head.key] = head.head;

    const auto horizon = call.desk.shared.settings.limits.horizon;
    std::vector<Range> ranges;
    for (const auto& position : ask.streams) {
        const auto found = mine.find(position.stream);
        if (found == mine.end() || !position.cursor) continue;
        const auto stream = found->second.object.stream;
        const auto after = call.desk.replayer.number(stream, *position.cursor);
        if (after && *after < heads[stream] && heads[stream] - *after <= horizon)
            ranges.push_back({stream, *after, heads[stream]});
    }
    std::vector<feed::Replayed> missed;
    if (!ranges.empty()) missed = co_await call.desk.replayer.load(std::move(ranges), horizon);

    ResumeAnswer answer;
    std::set<std::int64_t> resumed;
    for (const auto& position : ask.streams) {
        const auto found = mine.find(position.stream);
        if (found == mine.end()) {
            answer.streams.push_back({position.stream, {}, std::string(name_of(Code::not_found))});
            continue;
        }
        const auto& object = found->second.object;
        const auto after = position.cursor ? call.desk.replayer.number(object.stream, *position.cursor) : std::nullopt;
        if (!after || heads[object.stream] - *after > horizon) {
            answer.streams.push_back({position.stream, {}, "snapshot"}); // streams.open gives it
            continue;
        }
        Opened opened{position.stream,
                      call.desk.cursor(object.stream, heads[object.stream]),
                      {},
                      readable_events(call, position.stream, missed, object.stream, grant)};
        answer.streams.push_back({position.stream, std::move(opened), {}});
        resumed.insert(object.stream);
        if (!object.key) continue;
        auto row = channels::look(call, "resume", object.id);
        row.chain = object.id;
        row.ground = "lane=" + std::to_string(object.lane);
        call.looks.push_back(std::move(row));
    }
    std::erase_if(held, [&](const auto& one) { return !resumed.contains(one->stream); });
    std::vector<std::int64_t> at;
    for (const auto& one : held)
        at.push_back(heads[one->stream]);
    adopt_after(call, std::move(held), std::move(at));
    co_return answer;
}

Async<Result<Nothing>> close(Call& call, Close ask) {
    if (call.session) call.session->drop_stream(ask.stream);
    co_return Nothing{};
}

Async<Result<Nothing>> sync(Call& call, Sync) {
    co_await call.desk.feed.fence();
    if (call.session) co_await call.session->judged();
    co_return Nothing{};
}

void add_handlers(Dispatcher& rpc) {
    rpc.add<Open>(open);
    rpc.add<Resume>(resume);
    rpc.add<Close>(close);
    rpc.add<Sync>(sync);
}

} // namespace splot::streams
