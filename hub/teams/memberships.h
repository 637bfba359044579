#pragma once
#include "hub/rpc/dispatcher.h"
#include "protocol/teams/methods.h"

/// Memberships of institutions in teams. Who may call stands with each method in protocol/teams.
namespace splot::teams {

Async<Result<Made>> admit_institution(Call& call, AdmitInstitution ask);

} // namespace splot::teams
