#include "hub/teams/institutions.h"
#include "hub/teams/mandates.h"
#include "hub/teams/memberships.h"
#include "hub/teams/people.h"
#include "hub/teams/service.h"
#include "hub/teams/teams.h"
#include "protocol/teams/events.h"
#include "storage/teams/queries.h"

#include <algorithm>

namespace splot::teams {
namespace {

using feed::Replayed;
using storage::Transaction;

Async<void> load_memberships(Transaction& tx, std::vector<Replayed*> wanted) {
    std::vector<TeamId> teams;
    std::vector<InstitutionId> ids;
    for (const auto* one : wanted)
        teams.emplace_back(one->event.object), ids.emplace_back(one->event.subject.value_or(Uuid{}));
    const auto institutions = co_await storage::teams::replay_institutions(tx, GrantMaker::pass(), ids);
    const auto memberships = co_await storage::teams::replay_memberships(tx, GrantMaker::pass(), teams);
    for (auto* one : wanted) {
        const auto institution =
            std::ranges::find(institutions, InstitutionId(one->event.subject.value_or(Uuid{})), &Institution::id);
        if (institution == institutions.end()) continue;
        const auto membership = std::ranges::find_if(memberships, [&](const Membership& m) {
            return m.institution == institution->id && Uuid(m.team) == one->event.object;
        });
        if (membership != memberships.end())
            one->payload = json::to_json(InstitutionAdmitted{*institution, *membership});
    }
}

} // namespace

void add_replay(Desk& desk) {
    add_mandate_replay(desk);
    desk.replayer.add({InstitutionAdmitted::kind}, load_memberships);
}

void add_handlers(Dispatcher& rpc, Passwords& passwords) {
    rpc.add<CreateInstitution>([&passwords](Call& call, CreateInstitution ask) {
        return create_institution(call, passwords, std::move(ask));
    });
    rpc.add<ListInstitutions>(list_institutions);
    rpc.add<CreateTeam>(create_team);
    rpc.add<ShowTeam>(show_team);
    rpc.add<ShowRoles>(show_roles);
    rpc.add<AdmitInstitution>(admit_institution);
    add_mandates(rpc);
    add_people(rpc);
}

} // namespace splot::teams
