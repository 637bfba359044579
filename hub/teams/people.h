#pragma once
#include "hub/rpc/dispatcher.h"
#include "protocol/teams/methods.h"

/// People of institutions. Who may call stands with each method in protocol/teams.
namespace splot::teams {

Async<Result<PeopleList>> list_people(Call& call, ListPeople ask);

void add_people(Dispatcher& rpc);

} // namespace splot::teams
