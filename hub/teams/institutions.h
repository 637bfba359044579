#pragma once
#include "hub/rpc/dispatcher.h"
#include "protocol/teams/methods.h"

/// Institutions. Who may call stands with each method in protocol/teams.
namespace splot {
class Passwords;
}

namespace splot::teams {

Async<Result<Made>> create_institution(Call& call, Passwords& passwords, CreateInstitution ask);
Async<Result<InstitutionList>> list_institutions(Call& call, ListInstitutions ask);

} // namespace splot::teams
