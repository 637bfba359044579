#pragma once
#include "protocol/identity/types.h"

/// The door: what goes over HTTP before a socket exists. Every POST carries JSON (`content-type: application/json`)
/// and the header `x-splot: 1`; a browser's Origin must be the hub's own. Answers other than 2xx carry the same error
/// object as JSON-RPC: `{"code":…,"message":"…","data":{"code":"…"}}`.
///
///   POST /session/sign-in   SignIn  -> SignedIn, sets the cookie
///   POST /session/enter-as  EnterAs -> SignedIn, sets the cookie; the demonstration's door only, loopback only (D-03)
///   POST /session/ticket    {}      -> Ticket; needs the cookie
///   POST /session/sign-out  {}      -> {}; needs the cookie, clears it
///   POST /session/setup     Setup   -> {}; once, with the code that the hub printed at its first start
///   POST /session/start-anew {}     -> {}; the demonstration's door only: everything said in it goes (D-41)
///   GET  /session/doors             -> Doors; whom a newcomer can enter as
/// The cookie is `__Host-splot` over TLS, `splot` over plain loopback.
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
};
BOOST_DESCRIBE_STRUCT(SignedIn, (), (person, device, until))

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
