#pragma once
#include "hub/rpc/dispatcher.h"
#include "protocol/teams/methods.h"

/// Mandates. Who may call stands with each method in protocol/teams.
namespace splot::teams {

Async<Result<Made>> give_mandate(Call& call, GiveMandate ask);
Async<Result<Made>> end_mandate(Call& call, EndMandate ask);

void add_mandates(Dispatcher& rpc);
void add_mandate_replay(Desk& desk);

} // namespace splot::teams
