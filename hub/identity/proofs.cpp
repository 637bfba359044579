#include "hub/identity/proofs.h"

#include "hub/identity/codes.h"
#include "hub/identity/totp.h"
#include "hub/log.h"
#include "storage/identity/factors.h"
#include "storage/vault/seal.h"

namespace splot::identity {
namespace {

vault::Aad aad_of(std::string_view table, const Uuid& owner) { return {table, owner, owner, KeyId{}, 0}; }

Async<std::optional<Proof>> prove_totp(Visit& visit, PersonId person, std::string code) {
    const auto row = co_await storage::identity::door_totp(visit.desk.door, person);
    const auto& keeper = visit.keeper();
    // Somebody without an app is measured against one that nobody has.
    const auto sealed = row ? row->secret : seal_secret(keeper, "totp", Uuid(person), std::string(20, 'x'));
    const auto secret = open_secret(keeper, "totp", Uuid(person), sealed);
    const auto step = totp::accepted_step(secret, codes::typed(code), visit.now, row ? row->last_step : 0);
    if (!row || !step) co_return std::nullopt;
    co_return Proof{Factor::totp, *step, {}};
}

/// On the curve, and nobody's: the base point of P-256.
const storage::identity::DoorPasskey& nobodys() {
    static const storage::identity::DoorPasskey passkey = [] {
        storage::identity::DoorPasskey none;
        none.algorithm = -7;
        constexpr unsigned char base[] = {0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63,
                                          0xa4, 0x40, 0xf2, 0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1,
                                          0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96, 0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f,
                                          0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16, 0x2b, 0xce, 0x33, 0x57,
                                          0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5};
        const auto* begin = reinterpret_cast<const std::byte*>(base);
        none.public_key.assign(begin, begin + sizeof base);
        return none;
    }();
    return passkey;
}

} // namespace

storage::Bytes seal_secret(const Keeper& keeper, std::string_view table, Uuid owner, std::string_view secret) {
    return vault::seal(keeper.keys->factors, aad_of(table, owner), secret);
}

std::string open_secret(const Keeper& keeper, std::string_view table, Uuid owner, const storage::Bytes& sealed) {
    return vault::open(keeper.keys->factors, aad_of(table, owner), sealed).value();
}

Async<std::optional<Proof>> prove(Visit& visit, PersonId person, Factor way, Personal<std::string> code) {
    if (way == Factor::totp) co_return co_await prove_totp(visit, person, code.reveal());
    if (way != Factor::code_card && way != Factor::recovery_code) co_return std::nullopt;
    auto mac = codes::mac(visit.keeper().keys->codes, person, way, code.reveal());
    const bool found = co_await storage::identity::door_find_spare_code(visit.desk.door, person, way, mac);
    if (!found) co_return std::nullopt;
    co_return Proof{way, 0, std::move(mac)};
}

Async<bool> use_up(Visit& visit, PersonId person, Proof proof) {
    if (proof.way == Factor::totp)
        co_return co_await storage::identity::door_use_totp(visit.desk.door, person, proof.step);
    co_return co_await storage::identity::door_use_spare_code(visit.desk.door, person, proof.way, std::move(proof.mac),
                                                              visit.now);
}

Async<Result<PersonId>> prove_passkey(Visit& visit, door::PasskeyAnswer answer, std::string purpose) {
    const auto credential = passkeys::from_text(answer.credential).value_or("");
    const auto client_data = passkeys::from_text(answer.client_data).value_or("");
    const auto authenticator_data = passkeys::from_text(answer.authenticator_data).value_or("");
    const auto signature = passkeys::from_text(answer.signature).value_or("");
    const auto site = visit.site();
    const auto* bytes = reinterpret_cast<const std::byte*>(credential.data());
    storage::Bytes id(bytes, bytes + credential.size());
    const auto found = co_await storage::identity::door_passkey(visit.desk.door, std::move(id));
    auto passkey = found ? *found : nobodys();
    if (!found) passkey.rp_id = site.rp_id;
    const auto text = passkeys::challenge_in(client_data, "webauthn.get", site);
    auto challenge = passkeys::read_challenge(visit.keeper().keys->challenge, purpose, text, visit.now);
    const auto counter = passkeys::verify(passkey, client_data, authenticator_data, signature);
    if (!found || !challenge || !counter || passkey.rp_id != site.rp_id)
        co_return refuse(Code::unauthenticated, "E-01", "passkey");
    const bool first =
        co_await storage::identity::door_use_challenge(visit.desk.door, std::move(challenge->bytes), challenge->until);
    if (!first) co_return refuse(Code::unauthenticated, "E-01", "passkey");
    const bool newer = co_await storage::identity::door_use_passkey(visit.desk.door, passkey.id, *counter, visit.now);
    if (!newer) {
        log::warn("a passkey's counter went backwards: there may be a copy of it", {{"passkey", passkey.id}});
        co_return refuse(Code::conflict, "E-01", "passkey");
    }
    co_return passkey.person;
}

} // namespace splot::identity
