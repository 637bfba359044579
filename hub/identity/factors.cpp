// A person's own factors, as methods: what there is, taking one away, the PIN, the password.
#include "storage/identity/factors.h"
#include "hub/identity/codes.h"
#include "hub/identity/service.h"
#include "hub/identity/tries.h"
#include "hub/identity/visit.h"
#include "storage/identity/queries.h"

#include <algorithm>

namespace splot::identity {
namespace {

const access::DeviceFact* device_in(const Call& call) {
    const auto& devices = call.access.facts()->devices;
    const auto found = std::ranges::find(devices, call.actor().device, &access::DeviceFact::id);
    return found == devices.end() ? nullptr : &*found;
}

bool is_second_factor(Factor way) { return way == Factor::totp || way == Factor::code_card || way == Factor::passkey; }

/// What would be left of the ways to prove that one is oneself.
bool something_remains(const storage::identity::FactorRow& row, std::size_t passkeys, Factor without) {
    const bool totp = row.totp && without != Factor::totp;
    const bool card = row.code_card > 0 && without != Factor::code_card;
    return totp || card || passkeys > (without == Factor::passkey ? 1u : 0u);
}

Async<bool> remove(Call& call, Grant grant, RemoveFactor ask) {
    switch (ask.way) {
    case Factor::totp:
        co_return co_await storage::identity::remove_totp(call.tx(), grant);
    case Factor::code_card:
    case Factor::recovery_code:
        co_return co_await storage::identity::remove_spare_codes(call.tx(), grant, ask.way);
    case Factor::passkey:
        co_return co_await storage::identity::remove_passkey(call.tx(), grant, ask.passkey.value_or(PasskeyId{}));
    case Factor::password:
    case Factor::pin:
        break;
    }
    co_return false;
}

} // namespace

Async<Result<MyFactors>> list_factors(Call& call, const Keeper& keeper, ListFactors) {
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    const auto row = co_await storage::identity::my_factors(call.tx(), grant);
    if (!row) co_return refuse(Code::not_found);
    MyFactors answer;
    answer.person = co_await storage::identity::person(call.tx(), grant, grant.person());
    answer.login = row->login;
    if (const auto* device = device_in(call)) {
        answer.level = device->level;
        answer.fresh_until = device->fresh_until;
    }
    answer.second_factor_required = keeper.second_factor_required;
    answer.password = row->password;
    answer.totp = row->totp;
    answer.code_card = row->code_card;
    answer.recovery_codes = row->recovery_codes;
    answer.passkeys = co_await storage::identity::my_passkeys(call.tx(), grant);
    answer.pin = row->pin;
    co_return answer;
}

Async<Result<Made>> remove_factor(Call& call, const Keeper& keeper, RemoveFactor ask) {
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    const auto row = co_await storage::identity::my_factors(call.tx(), grant);
    if (!row) co_return refuse(Code::not_found);
    const auto passkeys = co_await storage::identity::my_passkeys(call.tx(), grant);
    const bool last_way_in = ask.way == Factor::passkey && passkeys.size() <= 1 && !row->password;
    if (last_way_in || (keeper.second_factor_required && is_second_factor(ask.way) &&
                        !something_remains(*row, passkeys.size(), ask.way)))
        co_return refuse(Code::invalid, "E-01", "params.way");
    const bool removed = co_await remove(call, grant, ask);
    if (!removed) co_return refuse(Code::not_found);
    co_return Made{{Uuid(grant.person())}, {}};
}

Async<Result<Made>> set_pin(Call& call, const Keeper& keeper, SetPin ask) {
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    if (!ask.pin) {
        const bool removed = co_await storage::identity::remove_pin(call.tx(), grant);
        if (!removed) co_return refuse(Code::not_found);
    } else {
        if (!codes::is_acceptable_pin(ask.pin->reveal())) co_return refuse(Code::invalid, {}, "params.pin");
        const auto mac = codes::pin_mac(keeper.keys->codes, grant.person(), ask.pin->reveal());
        storage::identity::set_pin(call.tx(), grant, mac, call.now);
    }
    co_return Made{{Uuid(grant.person())}, {}};
}

Async<Result<Made>> change_password(Call& call, Keeper& keeper, ChangePassword ask) {
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    const auto account = co_await storage::identity::door_account_of(call.desk.door, grant.person());
    if (!account) co_return refuse(Code::not_found);
    if (!Passwords::is_acceptable(ask.new_password, account->login))
        co_return refuse(Code::invalid, {}, "params.new_password");
    const auto subject = subject_of(keeper, account->login);
    if (ask.old_password) {
        const auto charged = co_await charge(call.desk, subject, Guess::other);
        if (charged.refusal) co_return *charged.refusal;
        const auto matches =
            co_await keeper.passwords.matches(call.desk.shard.io(), *ask.old_password, account->password_hash);
        if (!matches || *matches) co_await take_back(call.desk, subject, charged);
        if (!matches) co_return refuse(Code::unavailable);
        if (!*matches) co_return refuse(Code::invalid, {}, "params.old_password");
    } else {
        CO_CHECK(co_await call.access.admit_level(Level::fresh));
    }
    const auto hash = co_await keeper.passwords.hash(call.desk.shard.io(), ask.new_password);
    if (!hash) co_return refuse(Code::unavailable);
    co_await storage::identity::door_set_password(call.desk.door, grant.person(), *hash);
    co_await storage::identity::door_forget_failures(call.desk.door, subject);
    co_return Made{{Uuid(grant.person())}, {}};
}

} // namespace splot::identity
