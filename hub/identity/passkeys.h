#pragma once
#include "protocol/identity/factors.h"
#include "protocol/problem.h"
#include "storage/identity/factors.h"

#include <span>
#include <string>
#include <string_view>

/// WebAuthn, user verification demanded: what a browser sends is read and verified here (libfido2), without a database.
namespace splot::identity::passkeys {

using storage::Bytes;

/// Where the page came from; a passkey belongs to its host.
struct Site {
    std::string origin; ///< https://splot.powiat.example
    std::string rp_id;  ///< splot.powiat.example
};
Site site_of(std::string origin);

/// A challenge that proves itself: 16 random bytes, its end, and an HMAC over both and what it is for, so that none is
/// kept until it was answered, and nobody can use up somebody else's.
std::string make_challenge(std::span<const std::byte> key, std::string_view purpose, Instant until);
struct Challenge {
    Bytes bytes; ///< to be remembered as used
    Instant until;
};
std::optional<Challenge> read_challenge(std::span<const std::byte> key, std::string_view purpose, std::string_view text,
                                        Instant now);

/// The challenge in client data that are of this type ("webauthn.create", "webauthn.get") and of this site. Empty:
/// none.
std::string challenge_in(std::string_view client_data, std::string_view type, const Site& site);

/// What an authenticator made. Nothing: not for this site, without user verification, or no key that we know.
std::optional<storage::identity::DoorPasskey> read_new(std::string_view authenticator_data, const Site& site);

/// The counter that came with a right signature. Nothing: wrong.
std::optional<std::int64_t> verify(const storage::identity::DoorPasskey& passkey, std::string_view client_data,
                                   std::string_view authenticator_data, std::string_view signature);

/// COSE numbers of the signatures that we take, the best first: EdDSA, ES256, RS256.
inline constexpr std::int32_t algorithms[] = {-8, -7, -257};

std::string to_text(std::string_view bytes);
/// Nothing: no base64url.
std::optional<std::string> from_text(std::string_view text);

} // namespace splot::identity::passkeys
