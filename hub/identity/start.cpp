#include "hub/channels/service.h"
#include "hub/identity/service.h"
#include "hub/streams/service.h"
#include "hub/teams/service.h"

#include <map>

namespace splot::identity {
namespace {

/// What the person may open, sorted by what it is.
struct Sorted {
    std::vector<Session::Opening> openings; ///< sealed channels are left out: they are opened by a look
    std::vector<access::ObjectFact> channels, rooms;
    std::vector<TeamId> teams;
    std::vector<InstitutionId> institutions;
    std::vector<std::int64_t> keys;
};

Sorted sort(const std::vector<streams::Candidate>& candidates) {
    Sorted sorted;
    for (const auto& candidate : candidates) {
        const auto& object = candidate.object;
        sorted.keys.push_back(object.stream);
        if (!object.key) sorted.openings.push_back(candidate.opening);
        if (candidate.opening.lane) {
            sorted.channels.push_back(object);
            continue;
        }
        sorted.rooms.push_back(object);
        if (object.team) sorted.teams.push_back(*object.team);
        if (object.institution) sorted.institutions.push_back(*object.institution);
    }
    return sorted;
}

std::vector<PersonId> present_among(const Call& call, const std::vector<Person>& people) {
    std::vector<PersonId> ids;
    for (const auto& person : people)
        ids.push_back(person.id);
    return call.desk.presence.among(ids);
}

} // namespace

/// Listens first, then reads: what is committed in between follows the answer.
Async<Result<Started>> start(Call& call, Start) {
    if (!call.session) co_return refuse(Code::conflict);
    const auto mine = sort(co_await streams::candidates(call));
    auto held = co_await call.session->listen(mine.openings);

    const Grant grant = co_await call.access.admit_to_own();
    std::map<std::int64_t, std::int64_t> heads;
    for (const auto& head : co_await storage::log::heads(call.tx(), mine.keys))
        heads[head.key] = head.head;
    Started answer;
    answer.now = call.now;
    answer.device = call.actor().device;
    answer.administrator = call.access.facts()->administrator;
    answer.demonstration = call.desk.shared.demonstration;
    co_await teams::gather_around(call, grant, mine.teams, mine.institutions, answer);
    answer.channels = co_await channels::states(call, grant, mine.channels, heads);
    for (const auto& room : mine.rooms)
        answer.streams.push_back({StreamId(room.id), call.desk.cursor(room.stream, heads.at(room.stream))});
    answer.present = present_among(call, answer.people);

    std::vector<std::int64_t> at;
    for (const auto& one : held)
        at.push_back(heads.at(one->stream));
    streams::adopt_after(call, std::move(held), std::move(at));
    co_return answer;
}

} // namespace splot::identity
