#pragma once
#include "hub/identity/visit.h"

/// Whether a factor that somebody shows is right. Nobody (a nil person) costs what somebody costs.
namespace splot::identity {

/// A right code, to be used up.
struct Proof {
    Factor way = Factor::totp;
    std::int64_t step = 0;
    storage::Bytes mac = {};
};
/// `totp`, `code_card` or `recovery_code`. Nothing: wrong, or used before. It is not used up yet, so that a code is not
/// wasted on a wrong password.
Async<std::optional<Proof>> prove(Visit& visit, PersonId person, Factor way, Personal<std::string> code);
/// False: somebody else was quicker.
Async<bool> use_up(Visit& visit, PersonId person, Proof proof);

/// A signature over one of our challenges. Problems: unauthenticated; conflict (E-01: the counter went backwards).
Async<Result<PersonId>> prove_passkey(Visit& visit, door::PasskeyAnswer answer, std::string purpose);

/// A passkey to be made, for whoever it will belong to; the challenge is good for this purpose only.
Async<door::PasskeyOffer> offer_for(Visit& visit, PersonId person, Personal<std::string> login,
                                    Personal<std::string> name, std::string purpose);
/// The one that was made, to be written. Problems: invalid.
Async<Result<storage::identity::DoorPasskey>> read_passkey(Visit& visit, PersonId person, door::NewPasskey ask,
                                                           std::string purpose);

/// Secrets of authenticator apps as they are stored.
storage::Bytes seal_secret(const Keeper& keeper, std::string_view table, Uuid owner, std::string_view secret);
std::string open_secret(const Keeper& keeper, std::string_view table, Uuid owner, const storage::Bytes& sealed);

} // namespace splot::identity
