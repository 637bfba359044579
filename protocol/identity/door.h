#pragma once
#include "protocol/identity/factors.h"
#include "protocol/identity/invitations.h"

/// The door: what goes over HTTP before a socket exists. Every POST carries JSON (`content-type: application/json`)
/// and the header `x-splot: 1`; a browser's Origin must be the hub's own. Answers other than 2xx carry the same error
/// object as JSON-RPC: `{"code":…,"message":"…","data":{"code":"…"}}`.
///
/// Coming in (each answer that has a SignedIn sets the cookie):
///   POST /session/sign-in            SignIn              -> SignInAnswer: the session, or what comes next
///   POST /session/second-factor      SecondFactor        -> SignedIn
///   POST /session/passkey-challenge  AskPasskeyChallenge -> PasskeyChallenge; `step_up` needs the cookie
///   POST /session/passkey            PasskeySignIn       -> SignedIn; no login, no password
///   POST /session/open-invitation    InvitationToken     -> InvitationShown
///   POST /session/accept-invitation  AcceptInvitation    -> SignedIn
///   POST /session/enter-as           EnterAs  -> SignedIn; the demonstration's door only, loopback only (D-03)
/// Being in (all need the cookie; what a factor changes renews it):
///   GET  /session/state                       -> SessionState; 200 also for whoever is not signed in
///   POST /session/ticket             {}       -> Ticket; 423 `locked` on a locked device
///   POST /session/step-up            StepUp   -> SignedIn, fresh for 10 minutes
///   POST /session/lock               {}       -> Locked
///   POST /session/unlock             Unlock   -> SignedIn; the fifth wrong PIN ends the session
///   POST /session/sign-out           {}       -> {}; clears the cookie
/// Factors (Level::enrolling):
///   POST /session/offer-totp         {}       -> TotpOffer
///   POST /session/offer-code-card    {}       -> CodeSheet
///   POST /session/confirm-factor     ConfirmFactor -> SignedIn: from now on this factor holds
///   POST /session/offer-passkey      {}       -> PasskeyOffer
///   POST /session/add-passkey        NewPasskey    -> SignedIn
///   POST /session/make-recovery-codes {}      -> CodeSheet; earlier ones stop to hold; a fresh session
/// The rest:
///   POST /session/setup              Setup    -> {}; once, with the code that the hub printed at its first start
///   POST /session/start-anew         {}       -> {}; the demonstration's door only: everything said in it goes (D-41)
///   GET  /session/doors                       -> Doors; whom a newcomer can enter as
/// The cookie is `__Host-splot` over TLS, `splot` over plain loopback; that of a remembered device has `-device` after
/// it. `hub/identity/README.md` tells the ways through these.
namespace splot::door {

struct SignIn {
    std::string login;
    Personal<std::string> password;
    std::string device; ///< what to call this browser or program in the list of devices
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (login, password, device))

struct SignedIn {
    PersonId person;
    DeviceId device;
    Instant until;
    SessionLevel level; ///< `first`: enrol a second factor now; nothing else is open
};
BOOST_DESCRIBE_STRUCT(SignedIn, (), (person, device, until, level))

/// Asked of everybody, whatever login and password were: whether they were right is told together with the second
/// factor. Every way may be tried, also one that the person does not have.
struct SecondStep {
    std::string attempt; ///< good for 5 minutes and 5 codes
    Instant until;
    std::vector<Factor> ways;
};
BOOST_DESCRIBE_STRUCT(SecondStep, (), (attempt, until, ways))

/// One of the two.
struct SignInAnswer {
    std::optional<SignedIn> session;
    std::optional<SecondStep> second_step;
};
BOOST_DESCRIBE_STRUCT(SignInAnswer, (), (session, second_step))

struct SecondFactor {
    std::string attempt;
    Factor way; ///< `totp`, `code_card` or `recovery_code`
    Personal<std::string> code;
    bool remember; ///< this is an office device: until midnight the password alone is enough here (E-01)
};
BOOST_DESCRIBE_STRUCT(SecondFactor, (), (attempt, way, code, remember))

/// For the first screen: what to show.
struct SessionState {
    bool signed_in;
    bool locked;
    std::optional<SessionLevel> level;
    std::optional<Personal<std::string>> name; ///< of whoever is signed in here
    std::optional<Instant> fresh_until;
    bool second_factor_required; ///< the hub's setting
    bool remembered;             ///< this device asks for a second factor once a day
};
BOOST_DESCRIBE_STRUCT(SessionState, (),
                      (signed_in, locked, level, name, fresh_until, second_factor_required, remembered))

struct Locked {
    bool locked; ///< false: there is no PIN, so the session ended
};
BOOST_DESCRIBE_STRUCT(Locked, (), (locked))

struct Unlock {
    Personal<std::string> pin;
};
BOOST_DESCRIBE_STRUCT(Unlock, (), (pin))

struct EnterAs {
    std::string login;
    std::string device;
};
BOOST_DESCRIBE_STRUCT(EnterAs, (), (login, device))

struct Ticket {
    std::string ticket; ///< single use, 30 s; for the first frame (session.authenticate)
};
BOOST_DESCRIBE_STRUCT(Ticket, (), (ticket))

struct Setup {
    std::string code;
    Personal<std::string> administrator_name;
    std::string administrator_login;
    Personal<std::string> administrator_password;
    std::string institution_name;
    std::string institution_short_name;
    std::string institution_kind;
    std::string institution_town;
    Personal<std::string> head_name;
    std::string head_login;
    Personal<std::string> head_password;
};
BOOST_DESCRIBE_STRUCT(Setup, (),
                      (code, administrator_name, administrator_login, administrator_password, institution_name,
                       institution_short_name, institution_kind, institution_town, head_name, head_login,
                       head_password))

struct Card {
    std::string login;
    Personal<std::string> name;
    std::string post;
    std::string institution;
    std::string sentence; ///< what that person will see; empty for "someone else"
};
BOOST_DESCRIBE_STRUCT(Card, (), (login, name, post, institution, sentence))

struct Doors {
    bool demonstration;
    std::vector<Card> cards;
};
BOOST_DESCRIBE_STRUCT(Doors, (), (demonstration, cards))

} // namespace splot::door
