#pragma once
#include "hub/rpc/dispatcher.h"
#include "protocol/teams/methods.h"

/// Teams. Who may call stands with each method in protocol/teams.
namespace splot::teams {

Async<Result<Made>> create_team(Call& call, CreateTeam ask);
Async<Result<TeamSnapshot>> show_team(Call& call, ShowTeam ask);
Async<Result<RoleTable>> show_roles(Call& call, ShowRoles ask);

} // namespace splot::teams
