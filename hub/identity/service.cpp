#include "hub/identity/service.h"

#include "hub/identity/people.h"
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
    const auto facts = co_await call.access.kernel().facts(call.actor().person);
    Result<Grant> admitted = refuse(Code::not_found);
    if (facts->administrator)
        admitted = co_await call.access.admit_administrator();
    else
        admitted = co_await call.access.admit(access::Action::manage_people, ask.institution);
    CO_TRY(const Grant grant, std::move(admitted));
    NewPerson person{ask.institution, std::move(ask.name), std::move(ask.post), std::move(ask.login),
                     std::move(ask.password)};
    CO_TRY(const PersonId id, co_await enter_person(call, passwords, grant, std::move(person)));
    co_return Made{{Uuid(id)}, {}};
}

Async<Result<Made>> change_password(Call& call, Passwords& passwords, ChangePassword ask) {
    if (!Passwords::is_acceptable(ask.new_password)) co_return refuse(Code::invalid, {}, "params.new_password");
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    const auto account = co_await storage::identity::door_account_of(call.desk.door, grant.person());
    std::optional<std::string> stored;
    if (account) stored = account->password_hash;
    const auto matches = co_await passwords.matches(call.desk.shard.io(), ask.old_password, std::move(stored));
    if (!matches) co_return refuse(Code::unavailable);
    if (!*matches) co_return refuse(Code::invalid, {}, "params.old_password");
    const auto hash = co_await passwords.hash(call.desk.shard.io(), ask.new_password);
    if (!hash) co_return refuse(Code::unavailable);
    co_await storage::identity::door_set_password(call.desk.door, grant.person(), *hash);
    co_return Made{{Uuid(grant.person())}, {}};
}

Async<Result<Devices>> list_devices(Call& call, ListDevices) {
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    Devices answer;
    for (const auto& row : co_await storage::identity::devices(call.tx(), grant, call.now))
        answer.devices.push_back({row.id, row.name, row.signed_in_at, row.last_used_at, row.id == grant.device()});
    co_return answer;
}

Async<Result<Made>> sign_out_device(Call& call, SignOutDevice ask) {
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    const bool ended = co_await storage::identity::end_device(call.tx(), grant, ask.device, call.now);
    if (!ended) co_return refuse(Code::not_found);
    call.facts_moved = true;
    co_return Made{{Uuid(ask.device)}, {}};
}

void add_handlers(Dispatcher& rpc, Tickets& tickets, Passwords& passwords) {
    rpc.add<Authenticate>(
        [&tickets](Call& call, Authenticate ask) { return authenticate(call, tickets, std::move(ask)); });
    rpc.add<Start>(start);
    rpc.add<CreatePerson>(
        [&passwords](Call& call, CreatePerson ask) { return create_person(call, passwords, std::move(ask)); });
    rpc.add<ChangePassword>(
        [&passwords](Call& call, ChangePassword ask) { return change_password(call, passwords, std::move(ask)); });
    rpc.add<ListDevices>(list_devices);
    rpc.add<SignOutDevice>(sign_out_device);
}

} // namespace splot::identity
