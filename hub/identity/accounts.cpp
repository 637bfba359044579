// Keeping accounts: lists, closing, technical administrators.
#include "hub/identity/keeping.h"
#include "hub/identity/service.h"

#include <algorithm>

namespace splot::identity {
namespace {

Async<bool> is_last_administrator(Call& call, Grant grant, PersonId person) {
    const auto all = co_await storage::identity::administrators(call.tx(), grant);
    co_return all.size() == 1 && all.front() == person;
}

} // namespace

Async<Result<Accounts>> list_accounts(Call& call, ListAccounts ask) {
    CO_TRY(const Grant grant, co_await admit_keeper(call, ask.institution));
    Accounts answer;
    for (auto& row : co_await storage::identity::accounts(call.tx(), grant, ask.institution))
        answer.accounts.push_back({{row.id, std::move(row.name), std::move(row.post)},
                                   row.institution,
                                   std::move(row.login),
                                   row.administrator,
                                   row.second_factor,
                                   row.last_used_at,
                                   row.closed_at});
    co_return answer;
}

Async<Result<Made>> close_account(Call& call, CloseAccount ask) {
    CO_TRY(const Kept kept, co_await admit_to_account(call, ask.person));
    if (kept.account.administrator) {
        const bool last = co_await is_last_administrator(call, kept.grant, ask.person);
        if (last) co_return refuse(Code::conflict, "A-40", "params.person");
    }
    const bool closed = co_await storage::identity::close_account(call.tx(), kept.grant, ask.person, call.now);
    if (!closed) co_return refuse(Code::conflict);
    call.facts_moved = true;
    co_return Made{{Uuid(ask.person)}, {}};
}

Async<Result<Made>> reopen_account(Call& call, ReopenAccount ask) {
    CO_TRY(const Kept kept, co_await admit_to_account(call, ask.person));
    const bool reopened = co_await storage::identity::reopen_account(call.tx(), kept.grant, ask.person);
    if (!reopened) co_return refuse(Code::conflict);
    call.facts_moved = true;
    co_return Made{{Uuid(ask.person)}, {}};
}

Async<Result<Made>> make_administrator(Call& call, MakeAdministrator ask) {
    CO_TRY(const Grant grant, co_await call.access.admit_administrator());
    const auto account = co_await storage::identity::account_place(call.tx(), grant, ask.person);
    if (!account || !account->login) co_return refuse(Code::not_found);
    const bool made = co_await storage::identity::set_administrator(call.tx(), grant, ask.person, true);
    if (!made) co_return refuse(Code::conflict);
    call.facts_moved = true;
    co_return Made{{Uuid(ask.person)}, {}};
}

Async<Result<Made>> remove_administrator(Call& call, RemoveAdministrator ask) {
    CO_TRY(const Grant grant, co_await call.access.admit_administrator());
    const auto account = co_await storage::identity::account_place(call.tx(), grant, ask.person);
    if (!account || !account->administrator) co_return refuse(Code::not_found);
    const bool last = co_await is_last_administrator(call, grant, ask.person);
    if (last) co_return refuse(Code::conflict, "A-40", "params.person");
    const bool removed = co_await storage::identity::set_administrator(call.tx(), grant, ask.person, false);
    if (!removed) co_return refuse(Code::conflict);
    call.facts_moved = true;
    co_return Made{{Uuid(ask.person)}, {}};
}

} // namespace splot::identity
