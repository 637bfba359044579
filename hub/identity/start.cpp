#include "hub/channels/messages.h"
#include "hub/identity/service.h"
#include "hub/streams/opening.h"
#include "storage/channels/queries.h"
#include "storage/identity/queries.h"
#include "storage/log/log.h"
#include "storage/teams/queries.h"

#include <algorithm>
#include <map>

namespace splot::identity {
namespace {

using streams::Candidate;

bool is_channel(const Candidate& candidate) { return candidate.opening.lane != 0; }

template <class Id> std::vector<Id> unique(std::vector<Id> ids) {
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

/// Which labels of which channel count, from which number on.
struct Counted {
    std::vector<ChannelId> channels, of;
    std::vector<std::int32_t> labels;
    std::vector<std::int64_t> floors;
    std::vector<std::int64_t> streams; ///< rows whose floor must be looked up
    std::vector<Instant> since;
    std::vector<std::size_t> at;
};

Counted count_what(const Call& call, const Grant& grant, const std::vector<Candidate>& candidates) {
    Counted counted;
    for (const auto& candidate : candidates) {
        if (!is_channel(candidate)) continue;
        const auto& channel = candidate.object;
        counted.channels.emplace_back(channel.id);
        for (const auto& scope : call.access.scopes()) {
            if (!scope->room || scope->room->id != candidate.opening.scope) continue;
            for (const auto& label : scope->labels) {
                const auto since = grant.since(label.id);
                if (label.lane != channel.lane || !since) continue;
                if (*since > channel.made_at) {
                    counted.streams.push_back(channel.stream);
                    counted.since.push_back(*since);
                    counted.at.push_back(counted.floors.size());
                }
                counted.of.emplace_back(channel.id);
                counted.labels.push_back(label.id);
                counted.floors.push_back(0);
            }
        }
    }
    return counted;
}

Async<std::vector<ChannelState>> channel_states(Call& call, const Grant& grant,
                                                const std::vector<Candidate>& candidates,
                                                const std::map<std::int64_t, std::int64_t>& heads) {
    auto counted = count_what(call, grant, candidates);
    const auto first = co_await storage::channels::first_since(call.tx(), counted.streams, counted.since);
    for (std::size_t i = 0; i < first.size(); ++i)
        counted.floors[counted.at[i]] = first[i].number;
    const auto channels = co_await storage::channels::channels(call.tx(), grant, counted.channels);
    const auto rows = co_await storage::channels::channel_states(call.tx(), grant, counted.channels, counted.of,
                                                                 counted.labels, counted.floors);
    std::vector<ChannelState> states;
    for (const auto& channel : channels) {
        const auto row = std::ranges::find(rows, channel.id, &storage::channels::ChannelStateRow::channel);
        const auto candidate =
            std::ranges::find(candidates, Uuid(channel.id), [](const auto& c) { return c.object.id; });
        if (row == rows.end() || candidate == candidates.end()) continue;
        const auto stream = candidate->object.stream;
        std::optional<std::string> read;
        if (row->read) read = call.desk.cursor(stream, *row->read);
        states.push_back({channel, call.desk.cursor(stream, heads.at(stream)), read, row->unread, row->mentions});
    }
    co_return states;
}

/// Names and mandates around the person: teams, institutions, colleagues.
Async<void> gather_around(Call& call, const Grant& grant, const std::vector<Candidate>& candidates, Started& answer) {
    std::vector<TeamId> teams;
    std::vector<InstitutionId> own;
    for (const auto& candidate : candidates) {
        if (is_channel(candidate)) continue;
        if (candidate.object.team) teams.push_back(*candidate.object.team);
        if (candidate.object.institution) own.push_back(*candidate.object.institution);
    }
    answer.teams = co_await storage::teams::teams(call.tx(), grant, teams);
    answer.memberships = co_await storage::teams::memberships(call.tx(), grant, teams, call.now);
    const auto mandates = co_await storage::teams::mandates_around(call.tx(), grant, teams, own, call.now);
    std::vector<InstitutionId> institutions = own;
    std::vector<PersonId> people{call.actor().person};
    for (const auto& m : answer.memberships)
        institutions.push_back(m.institution);
    for (const auto& m : mandates) {
        institutions.push_back(m.institution);
        people.push_back(m.person);
        (m.person == call.actor().person ? answer.mandates : answer.colleagues).push_back(m);
    }
    // Mandates that reach no room (a guest's in an institution) are the person's own all the same.
    answer.institutions = co_await storage::teams::institutions(call.tx(), grant, unique(std::move(institutions)));
    answer.people = co_await storage::teams::people(call.tx(), grant, unique(std::move(people)));
    const auto self = std::ranges::find(answer.people, call.actor().person, &Person::id);
    if (self != answer.people.end()) answer.person = *self;
}

} // namespace

Async<Result<Started>> start(Call& call, Start) {
    if (!call.session) co_return refuse(Code::conflict);
    const auto candidates = co_await streams::candidates(call);
    std::vector<Session::Opening> openings;
    std::vector<std::int64_t> keys;
    for (const auto& candidate : candidates) {
        keys.push_back(candidate.object.stream);
        if (!candidate.object.key) openings.push_back(candidate.opening); // sealed ones are opened by a look
    }
    auto held = co_await call.session->listen(openings);

    const Grant grant = co_await call.access.admit_to_own();
    std::map<std::int64_t, std::int64_t> heads;
    for (const auto& head : co_await storage::log::heads(call.tx(), keys))
        heads[head.key] = head.head;
    Started answer;
    answer.now = call.now;
    answer.device = call.actor().device;
    answer.administrator = call.access.facts()->administrator;
    answer.demonstration = call.desk.shared.demonstration;
    co_await gather_around(call, grant, candidates, answer);
    answer.channels = co_await channel_states(call, grant, candidates, heads);
    for (const auto& candidate : candidates)
        if (!is_channel(candidate))
            answer.streams.push_back(
                {candidate.opening.id, call.desk.cursor(candidate.object.stream, heads.at(candidate.object.stream))});
    std::vector<PersonId> people;
    for (const auto& person : answer.people)
        people.push_back(person.id);
    answer.present = call.desk.presence.among(people);

    std::vector<std::int64_t> at;
    for (const auto& one : held)
        at.push_back(heads.at(one->stream));
    streams::adopt_after(call, std::move(held), std::move(at));
    co_return answer;
}

} // namespace splot::identity
