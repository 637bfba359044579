// Being in: the ticket for the socket, step-up, lock and PIN, going out.
#include "hub/identity/codes.h"
#include "hub/identity/proofs.h"
#include "hub/identity/tries.h"
#include "protocol/identity/door.h"
#include "storage/vault/digest.h"

namespace splot::identity {
namespace {

using namespace splot::door;
using storage::Transaction;

constexpr std::int32_t most_pins = 5;

Async<HttpAnswer> ticket(Visit& visit, Inside inside, Nothing) {
    const Ticket answer{visit.keeper().tickets.issue({inside.person, inside.id}, visit.now)};
    co_return json_answer(200, json::to_json(answer));
}

Async<HttpAnswer> state(Hub& hub, Desk& desk, const HttpRequest& request) {
    Visit visit{hub, desk, request, {}, desk.now()};
    SessionState answer{};
    answer.second_factor_required = visit.keeper().second_factor_required;
    if (const auto device = co_await session_of(visit)) {
        answer.signed_in = true;
        answer.locked = device->locked;
        answer.level = device->level;
        answer.fresh_until = device->fresh_until;
        answer.name = co_await storage::identity::door_person_name(desk.door, device->person);
    }
    const auto remembered = co_await remembered_here(visit);
    answer.remembered = remembered.has_value();
    co_return json_answer(200, json::to_json(answer));
}

/// A password counts only where there is nothing better to show.
Async<Result<void>> prove_password(Visit& visit, storage::identity::DoorAccount account, StepUp ask) {
    if (account.second_factor || account.passkey || visit.keeper().second_factor_required)
        co_return refuse(Code::invalid, {}, "way");
    const auto matches =
        co_await visit.keeper().passwords.matches(visit.desk.shard.io(), *ask.code, account.password_hash);
    if (!matches) co_return refuse(Code::unavailable);
    if (!*matches) co_return refuse(Code::unauthenticated, "E-01", "code");
    co_return Result<void>{};
}

Async<Result<void>> prove_code(Visit& visit, PersonId person, StepUp ask) {
    auto proof = co_await prove(visit, person, ask.way, *std::move(ask.code));
    if (!proof) co_return refuse(Code::unauthenticated, "E-01", "code");
    const bool used = co_await use_up(visit, person, *std::move(proof));
    if (!used) co_return refuse(Code::unauthenticated, "E-01", "code");
    co_return Result<void>{};
}

Async<HttpAnswer> raise(Visit& visit, Inside inside) {
    const auto token = new_token();
    auto tx = co_await Transaction::begin(visit.desk.door, Transaction::Mode::read_write_read_committed);
    const bool raised = co_await storage::identity::door_raise_device(tx, inside.id, token_hash(token),
                                                                      visit.now + fresh_lasts, visit.now);
    if (!raised) co_return problem_answer(refuse(Code::unauthenticated));
    co_await tx.commit();
    visit.hub.facts_moved();
    if (inside.remembered)
        co_await storage::identity::door_use_remembered(visit.desk.door, *inside.remembered, visit.now, visit.now);
    co_return renewed(visit, inside, SessionLevel::full, token);
}

Async<HttpAnswer> step_up(Visit& visit, Inside inside, StepUp ask) {
    if (ask.way == Factor::passkey) {
        if (!ask.passkey) co_return problem_answer(refuse(Code::invalid, {}, "passkey"));
        const auto person = co_await prove_passkey(visit, *std::move(ask.passkey), "step_up:" + inside.id.text());
        if (!person) co_return problem_answer(person.error());
        if (*person != inside.person) co_return problem_answer(refuse(Code::unauthenticated, "E-01", "passkey"));
        co_return co_await raise(visit, std::move(inside));
    }
    if (!ask.code) co_return problem_answer(refuse(Code::invalid, {}, "code"));
    const auto account = co_await storage::identity::door_account_of(visit.desk.door, inside.person);
    if (!account) co_return problem_answer(refuse(Code::unauthenticated));
    const auto subject = subject_of(visit.keeper(), account->login);
    const bool by_password = ask.way == Factor::password;
    const auto charged = co_await charge(visit.desk, subject, by_password ? Guess::password : Guess::other);
    if (charged.refusal) co_return problem_answer(*charged.refusal, charged.wait_ms);
    Result<void> proved = refuse(Code::internal);
    if (by_password)
        proved = co_await prove_password(visit, *account, std::move(ask));
    else
        proved = co_await prove_code(visit, inside.person, std::move(ask));
    const bool guessed = !proved && proved.error().code == Code::unauthenticated;
    if (!guessed) co_await take_back(visit.desk, subject, charged);
    if (!proved) co_return problem_answer(proved.error());
    co_return co_await raise(visit, std::move(inside));
}

Async<HttpAnswer> lock(Visit& visit, Inside inside, Nothing) {
    const auto locked = co_await storage::identity::door_lock_device(visit.desk.door, inside.id, visit.now);
    visit.hub.facts_moved();
    const Locked done{locked.value_or(true)};
    auto answer = json_answer(200, json::to_json(done));
    if (!done.locked) clear_cookie(visit, answer);
    co_return answer;
}

Async<HttpAnswer> end_session(Visit& visit, DeviceId device, HttpAnswer answer) {
    co_await storage::identity::door_end_device(visit.desk.door, device, visit.now);
    visit.hub.facts_moved();
    clear_cookie(visit, answer);
    co_return answer;
}

/// A PIN is tried five times on one device, so nobody else's failures hold it up; its failures count with the others.
Async<HttpAnswer> unlock(Visit& visit, Unlock ask) {
    const auto device = co_await session_of(visit);
    if (!device) co_return problem_answer(refuse(Code::unauthenticated));
    if (!device->locked) co_return problem_answer(refuse(Code::conflict));
    const auto account = co_await storage::identity::door_account_of(visit.desk.door, device->person);
    const auto stored = co_await storage::identity::door_pin(visit.desk.door, device->person);
    const auto tries = co_await storage::identity::door_count_pin_failure(visit.desk.door, device->id);
    const auto wrong = refuse(Code::unauthenticated, "E-01", "pin");
    if (!account || !stored || tries > most_pins)
        co_return co_await end_session(visit, device->id, problem_answer(refuse(Code::unauthenticated)));
    const auto mac = codes::pin_mac(visit.keeper().keys->codes, device->person, ask.pin.reveal());
    if (!vault::equal_in_constant_time(mac, *stored)) {
        co_await count_failure(visit.desk, subject_of(visit.keeper(), account->login));
        if (tries < most_pins) co_return problem_answer(wrong);
        co_return co_await end_session(visit, device->id, problem_answer(refuse(Code::unauthenticated)));
    }
    const auto token = new_token();
    const bool unlocked =
        co_await storage::identity::door_unlock_device(visit.desk.door, device->id, token_hash(token), visit.now);
    if (!unlocked) co_return problem_answer(refuse(Code::conflict));
    visit.hub.facts_moved();
    co_return renewed(visit, *device, device->level, token);
}

Async<HttpAnswer> sign_out(Visit& visit, Nothing) {
    const auto device = co_await session_of(visit);
    auto answer = json_answer(200, "{}");
    if (device) co_return co_await end_session(visit, device->id, std::move(answer));
    clear_cookie(visit, answer);
    co_return answer;
}

} // namespace

void add_session(const AddRoute& add, Hub& hub) {
    add("GET /session/state", [&hub](Desk& desk, const HttpRequest& request) { return state(hub, desk, request); });
    add("POST /session/ticket", inside<Nothing>(hub, Level::known, ticket));
    add("POST /session/step-up", inside<StepUp>(hub, Level::full, step_up));
    add("POST /session/lock", inside<Nothing>(hub, Level::known, lock));
    add("POST /session/unlock", outside<Unlock>(hub, unlock));
    add("POST /session/sign-out", outside<Nothing>(hub, sign_out));
}

} // namespace splot::identity
