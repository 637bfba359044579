#pragma once
#include "hub/identity/passwords.h"
#include "hub/identity/sign_ins.h"
#include "hub/identity/tickets.h"
#include "storage/vault/secret.h"

#include <optional>

namespace splot::identity {

/// Keys that the database does not know, the same in every hub and after every restart: derived by the key holder.
struct SignInKeys {
    vault::DataKey factors;           ///< seals secrets of authenticator apps
    std::vector<std::byte> codes;     ///< HMAC of codes on paper and PINs
    std::vector<std::byte> challenge; ///< proves that a passkey's challenge is one of ours
    std::vector<std::byte> logins;    ///< names an account in the count of failures
    std::vector<std::byte> links;     ///< makes the tokens of invitations
};

/// What the door and the methods of accounts have in common. Any thread.
struct Keeper {
    explicit Keeper(double rate_factor) : sign_ins(rate_factor) {}

    Tickets tickets;
    Passwords passwords;
    SignIns sign_ins;
    std::optional<SignInKeys> keys;           ///< set before the doors open
    bool second_factor_required = true;       ///< else a password alone gives a full session
    std::optional<std::int32_t> idle_minutes; ///< none: sessions are never idle
};

} // namespace splot::identity
