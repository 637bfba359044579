#pragma once
#include "hub/rpc/dispatcher.h"
#include "protocol/identity/methods.h"
#include "protocol/teams/methods.h"

/// What other slices ask of this one. The methods stand in institutions.h, teams.h, memberships.h, mandates.h,
/// people.h.
namespace splot {
class Passwords;
}

namespace splot::teams {

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
