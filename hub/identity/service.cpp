#include "hub/identity/service.h"

#include "hub/identity/keeping.h"
#include "hub/rpc/session.h"
#include "storage/identity/queries.h"

#include <algorithm>

namespace splot::identity {

Async<Result<Nothing>> authenticate(Call& call, Tickets& tickets, Authenticate ask) {
    if (!call.session || call.session->is_authenticated()) co_return refuse(Code::conflict);
    const auto holder = tickets.redeem(ask.ticket, call.now);
    if (!holder) co_return refuse(Code::unauthenticated, {}, "params.ticket");
    const auto facts = co_await call.access.kernel().facts(holder->person);
    if (!call.session->is_open()) co_return refuse(Code::unauthenticated);
    if (call.desk.presence.sockets(holder->person) >= call.desk.shared.settings.limits.sockets_per_person)
        co_return refuse(Code::rate_limited);
    call.session->authenticate(holder->person, holder->device);
    call.session->decided_by(facts, call.now);
    co_return Nothing{};
}

Async<Result<Made>> create_person(Call& call, Passwords& passwords, CreatePerson ask) {
    CO_TRY(const Grant grant, co_await admit_keeper(call, ask.institution));
    NewPerson person{ask.institution, std::move(ask.name), std::move(ask.post), std::move(ask.login),
                     std::move(ask.password)};
    CO_TRY(const PersonId id, co_await enter_person(call, passwords, grant, std::move(person)));
    co_return Made{{Uuid(id)}, {}};
}

Async<Result<Devices>> list_devices(Call& call, ListDevices) {
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    Devices answer;
    std::optional<RememberedId> here;
    for (const auto& row : co_await storage::identity::devices(call.tx(), grant, call.now)) {
        const bool current = row.id == grant.device();
        if (current) here = row.remembered;
        answer.devices.push_back({row.id, row.name, row.signed_in_at, row.last_used_at, current, row.level, row.locked,
                                  row.remembered.has_value()});
    }
    for (const auto& row : co_await storage::identity::remembered_devices(call.tx(), grant, call.now))
        answer.remembered.push_back({row.id, row.name, row.made_at, row.last_used_at, row.until, row.id == here});
    co_return answer;
}

Async<Result<Made>> sign_out_device(Call& call, SignOutDevice ask) {
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    const bool ended = co_await storage::identity::end_device(call.tx(), grant, ask.device, call.now);
    if (!ended) co_return refuse(Code::not_found);
    call.facts_moved = true;
    co_return Made{{Uuid(ask.device)}, {}};
}

Async<Result<Made>> sign_out_others(Call& call, SignOutOthers) {
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    Made made;
    for (const auto& device : co_await storage::identity::end_other_devices(call.tx(), grant, call.now))
        made.made.push_back(Uuid(device));
    call.facts_moved = true;
    co_return made;
}

Async<Result<Made>> forget_device(Call& call, ForgetDevice ask) {
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    const bool forgotten =
        co_await storage::identity::end_remembered_device(call.tx(), grant, ask.remembered, call.now);
    if (!forgotten) co_return refuse(Code::not_found);
    co_return Made{{Uuid(ask.remembered)}, {}};
}

Async<Result<Nothing>> touch(Call&, Touch) { co_return Nothing{}; }

void add_handlers(Dispatcher& rpc, Keeper& keeper) {
    rpc.add<Authenticate>(
        [&keeper](Call& call, Authenticate ask) { return authenticate(call, keeper.tickets, std::move(ask)); });
    rpc.add<Start>(start);
    rpc.add<CreatePerson>(
        [&keeper](Call& call, CreatePerson ask) { return create_person(call, keeper.passwords, std::move(ask)); });
    rpc.add<ChangePassword>(
        [&keeper](Call& call, ChangePassword ask) { return change_password(call, keeper, std::move(ask)); });
    rpc.add<ListDevices>(list_devices);
    rpc.add<SignOutDevice>(sign_out_device);
    rpc.add<SignOutOthers>(sign_out_others);
    rpc.add<ForgetDevice>(forget_device);
    rpc.add<Touch>(touch);
    rpc.add<ListFactors>([&keeper](Call& call, ListFactors ask) { return list_factors(call, keeper, ask); });
    rpc.add<RemoveFactor>([&keeper](Call& call, RemoveFactor ask) { return remove_factor(call, keeper, ask); });
    rpc.add<SetPin>([&keeper](Call& call, SetPin ask) { return set_pin(call, keeper, std::move(ask)); });
    rpc.add<InvitePerson>(
        [&keeper](Call& call, InvitePerson ask) { return invite_person(call, keeper, std::move(ask)); });
    rpc.add<ListInvitations>(list_invitations);
    rpc.add<ShowLink>([&keeper](Call& call, ShowLink ask) { return show_link(call, keeper, ask); });
    rpc.add<RevokeInvitation>(revoke_invitation);
    rpc.add<StartRecovery>(start_recovery);
    rpc.add<ConfirmRecovery>(
        [&keeper](Call& call, ConfirmRecovery ask) { return confirm_recovery(call, keeper, ask); });
    rpc.add<ListRecoveries>(list_recoveries);
    rpc.add<ListAccounts>(list_accounts);
    rpc.add<CloseAccount>(close_account);
    rpc.add<ReopenAccount>(reopen_account);
    rpc.add<MakeAdministrator>(make_administrator);
    rpc.add<RemoveAdministrator>(remove_administrator);
}

} // namespace splot::identity
