#include "hub/teams/service.h"
#include "storage/teams/queries.h"

#include <algorithm>

namespace splot::teams {
namespace {

template <class Id> std::vector<Id> unique(std::vector<Id> ids) {
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

} // namespace

Async<void> gather_around(Call& call, const Grant& grant, std::vector<TeamId> teams, std::vector<InstitutionId> own,
                          identity::Started& answer) {
    answer.teams = co_await storage::teams::teams(call.tx(), grant, teams);
    answer.memberships = co_await storage::teams::memberships(call.tx(), grant, teams, call.now);
    const auto mandates = co_await storage::teams::mandates_around(call.tx(), grant, teams, own, call.now);
    std::vector<InstitutionId> institutions = std::move(own);
    std::vector<PersonId> people{call.actor().person};
    for (const auto& m : answer.memberships)
        institutions.push_back(m.institution);
    for (const auto& m : mandates) {
        institutions.push_back(m.institution);
        people.push_back(m.person);
        (m.person == call.actor().person ? answer.mandates : answer.colleagues).push_back(m);
    }
    answer.institutions = co_await storage::teams::institutions(call.tx(), grant, unique(std::move(institutions)));
    answer.people = co_await storage::teams::people(call.tx(), grant, unique(std::move(people)));
    const auto self = std::ranges::find(answer.people, call.actor().person, &Person::id);
    if (self != answer.people.end()) answer.person = *self;
}

} // namespace splot::teams
