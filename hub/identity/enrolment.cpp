// Making factors. What was offered holds only once a code of it came back; then the session is full, and fresh.
#include "hub/identity/codes.h"
#include "hub/identity/proofs.h"
#include "hub/identity/totp.h"
#include "hub/make_id.h"
#include "protocol/identity/door.h"
#include "storage/identity/factors.h"

#include <algorithm>

namespace splot::identity {
namespace {

using namespace splot::door;
using storage::Bytes;
using storage::Transaction;

constexpr std::chrono::minutes offer_lasts{10}, challenge_lasts{5};
constexpr std::string_view offers = "factor_offer";

std::string purpose_of(const Inside& inside) { return "enrol:" + inside.id.text(); }

Async<void> keep_offer(Visit& visit, const Inside& inside, Factor kind, std::string_view secret) {
    auto tx = co_await Transaction::begin(visit.desk.door, Transaction::Mode::read_write_read_committed);
    storage::identity::door_set_offer(tx, inside.id, kind, seal_secret(visit.keeper(), offers, Uuid(inside.id), secret),
                                      visit.now + offer_lasts);
    co_await tx.commit();
}

Async<HttpAnswer> offer_totp(Visit& visit, Inside inside, Nothing) {
    const auto account = co_await storage::identity::door_account_of(visit.desk.door, inside.person);
    if (!account) co_return problem_answer(refuse(Code::unauthenticated));
    const auto random = random_bytes<totp::secret_size>();
    const std::string secret(reinterpret_cast<const char*>(random.data()), random.size());
    co_await keep_offer(visit, inside, Factor::totp, secret);
    const TotpOffer answer{Personal(totp::to_base32(secret)),
                           Personal(totp::uri("Splot " + visit.site().rp_id, account->login, secret)),
                           visit.now + offer_lasts};
    co_return json_answer(200, json::to_json(answer));
}

CodeSheet sheet_of(const std::vector<std::string>& codes) {
    CodeSheet sheet;
    for (const auto& code : codes)
        sheet.codes.emplace_back(code);
    return sheet;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

Async<HttpAnswer> offer_code_card(Visit& visit, Inside inside, Nothing) {
    const auto codes = codes::make(Factor::code_card);
    std::string text;
    for (const auto& code : codes)
        text += code + "\n";
    co_await keep_offer(visit, inside, Factor::code_card, text);
    co_return json_answer(200, json::to_json(sheet_of(codes)));
}

std::vector<Bytes> macs_of(const Keeper& keeper, PersonId person, Factor kind, const std::vector<std::string>& codes) {
    std::vector<Bytes> macs;
    for (const auto& code : codes)
        macs.push_back(codes::mac(keeper.keys->codes, person, kind, code));
    return macs;
}

/// Writes one factor, given that nothing else was enrolled meanwhile by a session that knew the password only: whoever
/// comes first ends the other sessions that still had to enrol.
Async<HttpAnswer> hold(Visit& visit, Inside inside, std::function<Async<bool>(Transaction&)> write) {
    const auto token = new_token();
    auto tx = co_await Transaction::begin(visit.desk.door, Transaction::Mode::read_write_read_committed);
    const bool open = co_await storage::identity::door_lock_account(tx, inside.person);
    if (!open) co_return problem_answer(refuse(Code::unauthenticated));
    const bool written = co_await write(tx);
    if (!written) co_return problem_answer(refuse(Code::conflict));
    storage::identity::door_end_first_devices(tx, inside.person, inside.id, visit.now);
    const bool raised = co_await storage::identity::door_raise_device(tx, inside.id, token_hash(token),
                                                                      visit.now + fresh_lasts, visit.now);
    if (!raised) co_return problem_answer(refuse(Code::unauthenticated));
    co_await tx.commit();
    visit.hub.facts_moved();
    co_return renewed(visit, inside, SessionLevel::full, token);
}

/// What a confirmed offer becomes.
struct Confirmed {
    Factor kind;
    std::int64_t step = 0; ///< of the code that confirmed it
    Bytes secret = {};
    std::vector<Bytes> macs = {};
    Bytes used = {};
};

Async<bool> write_confirmed(Transaction& tx, Inside inside, Confirmed what, Instant now) {
    const bool there = co_await storage::identity::door_drop_offer(tx, inside.id, what.kind);
    if (!there) co_return false;
    if (what.kind == Factor::totp)
        storage::identity::door_set_totp(tx, inside.person, what.secret, now, what.step);
    else
        storage::identity::door_replace_spare_codes(tx, inside.person, what.kind, what.macs, what.used, now);
    co_return true;
}

Async<HttpAnswer> confirm_factor(Visit& visit, Inside inside, ConfirmFactor ask) {
    if (ask.way != Factor::totp && ask.way != Factor::code_card)
        co_return problem_answer(refuse(Code::invalid, {}, "way"));
    const auto sealed = co_await storage::identity::door_offer(visit.desk.door, inside.id, ask.way, visit.now);
    if (!sealed) co_return problem_answer(refuse(Code::conflict));
    const auto& keeper = visit.keeper();
    const auto offered = open_secret(keeper, offers, Uuid(inside.id), *sealed);
    const auto code = codes::typed(ask.code.reveal());
    Confirmed what{ask.way};
    if (ask.way == Factor::totp) {
        const auto step = totp::accepted_step(offered, code, visit.now, 0);
        if (!step) co_return problem_answer(refuse(Code::invalid, {}, "code"));
        what.step = *step;
        what.secret = seal_secret(keeper, "totp", Uuid(inside.person), offered);
    } else {
        const auto card = lines_of(offered);
        const bool on_it = std::ranges::any_of(card, [&](const auto& one) { return codes::typed(one) == code; });
        if (!on_it) co_return problem_answer(refuse(Code::invalid, {}, "code"));
        what.macs = macs_of(keeper, inside.person, ask.way, card);
        what.used = codes::mac(keeper.keys->codes, inside.person, ask.way, code);
    }
    const auto write = [&inside, &what, &visit](Transaction& tx) {
        return write_confirmed(tx, inside, std::move(what), visit.now);
    };
    co_return co_await hold(visit, inside, write);
}

Async<HttpAnswer> make_recovery_codes(Visit& visit, Inside inside, Nothing) {
    const auto codes = codes::make(Factor::recovery_code);
    auto tx = co_await Transaction::begin(visit.desk.door, Transaction::Mode::read_write_read_committed);
    storage::identity::door_replace_spare_codes(tx, inside.person, Factor::recovery_code,
                                                macs_of(visit.keeper(), inside.person, Factor::recovery_code, codes),
                                                {}, visit.now);
    co_await tx.commit();
    co_return json_answer(200, json::to_json(sheet_of(codes)));
}

Async<HttpAnswer> offer_passkey(Visit& visit, Inside inside, Nothing) {
    const auto account = co_await storage::identity::door_account_of(visit.desk.door, inside.person);
    if (!account) co_return problem_answer(refuse(Code::unauthenticated));
    const auto name = co_await storage::identity::door_person_name(visit.desk.door, inside.person);
    const auto answer = co_await offer_for(visit, inside.person, Personal(account->login), name, purpose_of(inside));
    co_return json_answer(200, json::to_json(answer));
}

Async<bool> write_passkey(Transaction& tx, storage::identity::DoorPasskey passkey, std::string name, Instant now) {
    storage::identity::door_insert_passkey(tx, passkey, name, now);
    co_return true;
}

Async<HttpAnswer> add_passkey(Visit& visit, Inside inside, NewPasskey ask) {
    auto passkey = co_await read_passkey(visit, inside.person, ask, purpose_of(inside));
    if (!passkey) co_return problem_answer(passkey.error());
    const auto write = [&passkey, &ask, &visit](Transaction& tx) {
        return write_passkey(tx, *passkey, ask.name, visit.now);
    };
    try {
        co_return co_await hold(visit, inside, write);
    } catch (const storage::DatabaseError& error) {
        if (!error.is_unique_violation()) throw;
    }
    co_return problem_answer(refuse(Code::conflict));
}

} // namespace

Async<PasskeyOffer> offer_for(Visit& visit, PersonId person, Personal<std::string> login, Personal<std::string> name,
                              std::string purpose) {
    PasskeyOffer offer;
    offer.rp_id = visit.site().rp_id;
    offer.rp_name = "Splot";
    const auto id = Uuid(person);
    offer.user_id = passkeys::to_text({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
    offer.user_name = std::move(login);
    offer.user_display_name = std::move(name);
    offer.algorithms.assign(std::begin(passkeys::algorithms), std::end(passkeys::algorithms));
    offer.timeout_ms = static_cast<std::int32_t>(std::chrono::milliseconds(challenge_lasts).count());
    offer.challenge = passkeys::make_challenge(visit.keeper().keys->challenge, purpose, visit.now + challenge_lasts);
    for (const auto& credential : co_await storage::identity::door_credentials(visit.desk.door, person, offer.rp_id))
        offer.exclude.push_back(
            passkeys::to_text({reinterpret_cast<const char*>(credential.data()), credential.size()}));
    co_return offer;
}

Async<Result<storage::identity::DoorPasskey>> read_passkey(Visit& visit, PersonId person, NewPasskey ask,
                                                           std::string purpose) {
    constexpr std::size_t longest_name = 60;
    const auto site = visit.site();
    const auto client_data = passkeys::from_text(ask.client_data).value_or("");
    const auto authenticator_data = passkeys::from_text(ask.authenticator_data).value_or("");
    if (ask.name.empty() || ask.name.size() > longest_name) co_return refuse(Code::invalid, {}, "name");
    const auto text = passkeys::challenge_in(client_data, "webauthn.create", site);
    auto challenge = passkeys::read_challenge(visit.keeper().keys->challenge, purpose, text, visit.now);
    auto passkey = passkeys::read_new(authenticator_data, site);
    if (!challenge || !passkey) co_return refuse(Code::invalid, {}, "passkey");
    const bool first =
        co_await storage::identity::door_use_challenge(visit.desk.door, std::move(challenge->bytes), challenge->until);
    if (!first) co_return refuse(Code::invalid, {}, "passkey");
    passkey->id = PasskeyId(make_id(visit.now));
    passkey->person = person;
    co_return *std::move(passkey);
}

void add_enrolment(const AddRoute& add, Hub& hub) {
    add("POST /session/offer-totp", inside<Nothing>(hub, Level::enrolling, offer_totp));
    add("POST /session/offer-code-card", inside<Nothing>(hub, Level::enrolling, offer_code_card));
    add("POST /session/confirm-factor", inside<ConfirmFactor>(hub, Level::enrolling, confirm_factor));
    add("POST /session/make-recovery-codes", inside<Nothing>(hub, Level::fresh, make_recovery_codes));
    add("POST /session/offer-passkey", inside<Nothing>(hub, Level::enrolling, offer_passkey));
    add("POST /session/add-passkey", inside<NewPasskey>(hub, Level::enrolling, add_passkey));
}

} // namespace splot::identity
