// Links of invitations and recoveries. Looking at one changes nothing, so a mail scanner uses none up; the token comes
// in the body of a POST, because the fragment of an address reaches no server by itself.
#include "hub/identity/people.h"
#include "hub/identity/proofs.h"
#include "protocol/identity/door.h"
#include "storage/identity/accounts.h"
#include "storage/identity/factors.h"

namespace splot::identity {
namespace {

using namespace splot::door;
using storage::Transaction;
using storage::identity::DoorInvitation;

constexpr std::chrono::hours no_exports{24};

std::string purpose_of(const DoorInvitation& invitation) { return "link:" + invitation.id.text(); }

Async<HttpAnswer> open_invitation(Visit& visit, InvitationToken ask) {
    if (!visit.keeper().sign_ins.spend(visit.request.peer, visit.now))
        co_return problem_answer(refuse(Code::rate_limited));
    const auto found = co_await storage::identity::door_invitation(visit.desk.door, token_hash(ask.token), visit.now);
    if (!found) co_return problem_answer(refuse(Code::not_found));
    InvitationShown shown;
    shown.purpose = found->purpose;
    shown.name = found->name;
    shown.institution = found->institution;
    shown.login = found->login;
    shown.until = found->until;
    shown.second_factor_required = visit.keeper().second_factor_required;
    const Personal<std::string> user(found->login.value_or(found->name.reveal()));
    shown.passkey = co_await offer_for(visit, found->person, user, found->name, purpose_of(*found));
    co_return json_answer(200, json::to_json(shown));
}

/// What is wrong with what was chosen, before anything costs time.
Result<void> check(const AcceptInvitation& ask, const DoorInvitation& invitation) {
    if (!invitation.login && (!ask.login || !is_login(*ask.login))) return refuse(Code::invalid, {}, "login");
    if (invitation.login && ask.login && *ask.login != *invitation.login) return refuse(Code::invalid, {}, "login");
    if (!ask.password && !ask.passkey) return refuse(Code::invalid, {}, "password");
    const auto& login = invitation.login ? *invitation.login : *ask.login;
    if (ask.password && !Passwords::is_acceptable(*ask.password, login)) return refuse(Code::invalid, {}, "password");
    return {};
}

struct Chosen {
    std::string login;
    std::optional<std::string> password_hash = {};
    std::optional<storage::identity::DoorPasskey> passkey = {};
    std::string passkey_name = {};
};

/// Problems: not_found (used or revoked meanwhile), conflict (the login belongs to somebody).
Async<Result<void>> write(Visit& visit, DoorInvitation invitation, Chosen chosen) {
    auto tx = co_await Transaction::begin(visit.desk.door, Transaction::Mode::read_write_read_committed);
    const bool first = co_await storage::identity::door_use_invitation(tx, invitation.id, visit.now);
    if (!first) co_return refuse(Code::not_found);
    std::optional<Instant> exports_from;
    if (invitation.purpose == InvitationPurpose::recovery) exports_from = visit.now + no_exports;
    storage::identity::door_set_account(tx, invitation.person, chosen.login, chosen.password_hash, exports_from);
    storage::identity::door_drop_factors(tx, invitation.person);
    if (chosen.passkey) storage::identity::door_insert_passkey(tx, *chosen.passkey, chosen.passkey_name, visit.now);
    try {
        co_await tx.commit();
    } catch (const storage::DatabaseError& error) {
        if (!error.is_unique_violation()) throw;
        co_return refuse(Code::conflict, {}, error.constraint() == "account_login" ? "login" : "passkey");
    }
    co_return Result<void>{};
}

Async<HttpAnswer> accept_invitation(Visit& visit, AcceptInvitation ask) {
    auto& keeper = visit.keeper();
    if (!keeper.sign_ins.spend(visit.request.peer, visit.now)) co_return problem_answer(refuse(Code::rate_limited));
    const auto found = co_await storage::identity::door_invitation(visit.desk.door, token_hash(ask.token), visit.now);
    if (!found) co_return problem_answer(refuse(Code::not_found));
    if (const auto checked = check(ask, *found); !checked) co_return problem_answer(checked.error());
    Chosen chosen{found->login ? *found->login : *ask.login};
    if (ask.passkey) {
        auto passkey = co_await read_passkey(visit, found->person, *ask.passkey, purpose_of(*found));
        if (!passkey) co_return problem_answer(passkey.error());
        chosen.passkey = *std::move(passkey);
        chosen.passkey_name = ask.passkey->name;
    }
    if (ask.password) {
        chosen.password_hash = co_await keeper.passwords.hash(visit.desk.shard.io(), *ask.password);
        if (!chosen.password_hash) co_return problem_answer(refuse(Code::unavailable));
    }
    const auto subject = subject_of(keeper, chosen.login);
    const bool full = chosen.passkey || !keeper.second_factor_required;
    const auto written = co_await write(visit, *found, std::move(chosen));
    if (!written) co_return problem_answer(written.error());
    co_await storage::identity::door_forget_failures(visit.desk.door, subject);
    keeper.sign_ins.give_back(visit.request.peer);
    visit.hub.facts_moved();
    Entrance entrance{found->person, std::move(ask.device)};
    entrance.level = full ? SessionLevel::full : SessionLevel::first;
    if (full) entrance.fresh_until = visit.now + fresh_lasts;
    co_return co_await enter(visit, std::move(entrance));
}

} // namespace

void add_links(const AddRoute& add, Hub& hub) {
    add("POST /session/open-invitation", outside<InvitationToken>(hub, open_invitation));
    add("POST /session/accept-invitation", outside<AcceptInvitation>(hub, accept_invitation));
}

} // namespace splot::identity
