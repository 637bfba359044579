#pragma once
#include "hub/rpc/dispatcher.h"
#include "protocol/identity/methods.h"
#include "protocol/teams/methods.h"

/// Institutions, teams, memberships, mandates. Who may call stands with each method in protocol/teams/methods.h.
namespace splot {
class Passwords;
}

namespace splot::teams {

Async<Result<Made>> create_institution(Call& call, Passwords& passwords, CreateInstitution ask);
Async<Result<Made>> create_team(Call& call, CreateTeam ask);
Async<Result<Made>> admit_institution(Call& call, AdmitInstitution ask);
Async<Result<Made>> give_mandate(Call& call, GiveMandate ask);
Async<Result<Made>> end_mandate(Call& call, EndMandate ask);
Async<Result<TeamSnapshot>> show_team(Call& call, ShowTeam ask);
Async<Result<InstitutionList>> list_institutions(Call& call, ListInstitutions ask);
Async<Result<PeopleList>> list_people(Call& call, ListPeople ask);
Async<Result<RoleTable>> show_roles(Call& call, ShowRoles ask);

/// A team or an institution for `streams.open`, within the reader's rights.
Async<TeamSnapshot> snapshot(Call& call, const Grant& grant);

/// The institution that leads the team, for whoever reads the team.
Async<std::optional<InstitutionId>> lead_of(Call& call, const Grant& grant, TeamId team);

/// Teams, institutions, colleagues and names around the person, for their first screen; after `admit_to_own`.
Async<void> gather_around(Call& call, const Grant& grant, std::vector<TeamId> teams, std::vector<InstitutionId> own,
                          identity::Started& answer);

void add_handlers(Dispatcher& dispatcher, Passwords& passwords);
void add_replay(Desk& desk);

} // namespace splot::teams
