#pragma once
#include "protocol/identity/types.h"
#include "protocol/rpc/method.h"

/// A person's factors. What changes the level of a session, or makes a factor, goes over HTTP (door.h), because the
/// cookie is renewed there and a passkey is bound to the address of the page; the rest are methods.
namespace splot {

using PasskeyId = Id<struct PasskeyTag>;

enum class Factor { password, totp, code_card, recovery_code, passkey, pin };
BOOST_DESCRIBE_ENUM(Factor, password, totp, code_card, recovery_code, passkey, pin)

} // namespace splot

namespace splot::door {

/// An authenticator app to be enrolled; nothing holds until one of its codes came back (ConfirmFactor).
struct TotpOffer {
    Personal<std::string> secret; ///< base32, to be typed where no camera is at hand
    Personal<std::string> uri;    ///< otpauth://…, to be drawn as a QR code
    Instant until;
};
BOOST_DESCRIBE_STRUCT(TotpOffer, (), (secret, uri, until))

/// Codes to be printed or written down; shown this once.
struct CodeSheet {
    std::vector<Personal<std::string>> codes;
};
BOOST_DESCRIBE_STRUCT(CodeSheet, (), (codes))

/// One code of what was offered to this session: `totp` or `code_card`. A code of the card is used up by it.
struct ConfirmFactor {
    Factor way;
    Personal<std::string> code;
};
BOOST_DESCRIBE_STRUCT(ConfirmFactor, (), (way, code))

/// What navigator.credentials.create() needs; bytes are base64url.
struct PasskeyOffer {
    std::string challenge; ///< good once, for 5 minutes, in this session
    std::string rp_id;
    std::string rp_name;
    std::string user_id;
    Personal<std::string> user_name;
    Personal<std::string> user_display_name;
    std::vector<std::string> exclude;     ///< credentials that the person has
    std::vector<std::int32_t> algorithms; ///< COSE numbers, the best first
    std::int32_t timeout_ms;
};
BOOST_DESCRIBE_STRUCT(PasskeyOffer, (),
                      (challenge, rp_id, rp_name, user_id, user_name, user_display_name, exclude, algorithms,
                       timeout_ms))

/// What it gave: response.clientDataJSON and response.getAuthenticatorData(), base64url. Attestation is not asked for.
struct NewPasskey {
    std::string client_data;
    std::string authenticator_data;
    std::string name; ///< "telefon", "klucz USB"; for the list
};
BOOST_DESCRIBE_STRUCT(NewPasskey, (), (client_data, authenticator_data, name))

enum class ChallengeFor { sign_in, step_up };
BOOST_DESCRIBE_ENUM(ChallengeFor, sign_in, step_up)

struct AskPasskeyChallenge {
    ChallengeFor purpose;
};
BOOST_DESCRIBE_STRUCT(AskPasskeyChallenge, (), (purpose))

/// What navigator.credentials.get() needs, with userVerification "required". To sign in `allow` is empty: the
/// authenticator finds the passkey.
struct PasskeyChallenge {
    std::string challenge; ///< good once, for 5 minutes
    std::string rp_id;
    std::vector<std::string> allow;
    std::int32_t timeout_ms;
};
BOOST_DESCRIBE_STRUCT(PasskeyChallenge, (), (challenge, rp_id, allow, timeout_ms))

/// What it gave, base64url.
struct PasskeyAnswer {
    std::string credential; ///< its id
    std::string client_data;
    std::string authenticator_data;
    std::string signature;
};
BOOST_DESCRIBE_STRUCT(PasskeyAnswer, (), (credential, client_data, authenticator_data, signature))

/// Signs in with a passkey alone.
struct PasskeySignIn {
    PasskeyAnswer passkey;
    std::string device;
};
BOOST_DESCRIBE_STRUCT(PasskeySignIn, (), (passkey, device))

/// A factor shown again; the session is fresh for 10 minutes. `password` only where the account has no second factor.
struct StepUp {
    Factor way;
    std::optional<Personal<std::string>> code;
    std::optional<PasskeyAnswer> passkey;
};
BOOST_DESCRIBE_STRUCT(StepUp, (), (way, code, passkey))

} // namespace splot::door

namespace splot::identity {

struct Passkey {
    PasskeyId id;
    std::string name;
    Instant made_at;
    std::optional<Instant> last_used_at;
};
BOOST_DESCRIBE_STRUCT(Passkey, (), (id, name, made_at, last_used_at))

/// Who is signed in here and with what they can.
struct MyFactors {
    Person person;
    std::string login;
    SessionLevel level;
    bool second_factor_required; ///< the hub's setting
    std::optional<Instant> fresh_until;
    bool password;
    bool totp;
    std::int32_t code_card; ///< unused codes
    std::int32_t recovery_codes;
    std::vector<Passkey> passkeys;
    bool pin;
};
BOOST_DESCRIBE_STRUCT(MyFactors, (),
                      (person, login, level, second_factor_required, fresh_until, password, totp, code_card,
                       recovery_codes, passkeys, pin))

struct ListFactors {
    static constexpr Method method{"identity.list_factors", Effect::reads, PerMinute{60}, "the person themselves",
                                   Level::known};
    using Answer = MyFactors;
};
BOOST_DESCRIBE_STRUCT(ListFactors, (), ())

/// Removes a factor: `totp`, `code_card`, `recovery_code` (all of them), or `passkey` with its id. The last second
/// factor stays where the hub demands one: conflict.
struct RemoveFactor {
    static constexpr Method method{"identity.remove_factor", Effect::writes, PerMinute{30}, "the person themselves",
                                   Level::fresh};
    using Answer = Made;
    Factor way;
    std::optional<PasskeyId> passkey;
};
BOOST_DESCRIBE_STRUCT(RemoveFactor, (), (way, passkey))

/// The PIN that unlocks a locked device: 4 to 12 digits, not all alike nor in a row. Absent: no PIN any more, and an
/// idle session ends instead of being locked (E-01).
struct SetPin {
    static constexpr Method method{"identity.set_pin", Effect::writes, PerMinute{10}, "the person themselves",
                                   Level::fresh};
    using Answer = Made;
    std::optional<Personal<std::string>> pin;
};
BOOST_DESCRIBE_STRUCT(SetPin, (), (pin))

/// The person is at the screen: what they read without asking for anything counts as use too (E-01). Once a minute is
/// enough.
struct Touch {
    static constexpr Method method{"session.touch", Effect::live, PerMinute{10}, "anybody signed in"};
    using Answer = Nothing;
};
BOOST_DESCRIBE_STRUCT(Touch, (), ())

} // namespace splot::identity
