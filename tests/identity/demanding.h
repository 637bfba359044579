#pragma once
#include "hub/identity/totp.h"
#include "tests/identity/authenticator.h"
#include "tests/identity/doors.h"

namespace splot::identity {

using namespace std::chrono_literals;
using door::SignInAnswer;

inline std::string from_base32(const std::string& text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    unsigned pending = 0, bits = 0;
    for (const char c : text) {
        pending = pending << 5 | static_cast<unsigned>(letters.find(c));
        if ((bits += 5) < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(pending >> bits & 255);
    }
    return bytes;
}

/// A hub that demands a second factor, in the demonstration's world.
class Demanding : public Doors {
protected:
    Demanding() : Doors({.adjust = [](Settings& settings) { settings.sign_in.second_factor = "required"; }}) {}

    static constexpr const char *login = "nowa.osoba", *password = "dobre haslo 7";

    std::string code() const { return totp::code_at(secret, totp::step_at(world.clock.now())); }
    static SignInAnswer answer_of(const HttpReply& reply) { return value_of<SignInAnswer>(reply); }
    /// A session that still has to enrol.
    std::string given_first(std::string login_ = login) {
        given_account(login_, password);
        return cookie_of(sign_in(login_, password));
    }
    /// An account with an app; the cookie of the session in which it was enrolled.
    std::string given_app(std::string login_ = login) {
        const auto cookie = given_first(login_);
        secret =
            from_base32(value_of<door::TotpOffer>(post("/session/offer-totp", "{}", with(cookie))).secret.reveal());
        const auto reply = post_as(cookie, "/session/confirm-factor", confirm(Factor::totp, code()));
        EXPECT_EQ(reply.status, 200u) << reply.body;
        world.clock.move(30s); // the code that confirmed it is used up
        return cookie_of(reply);
    }
    static door::ConfirmFactor confirm(Factor way, std::string text) { return {way, Personal(std::move(text))}; }
    std::string attempt(std::string login_ = login, std::string password_ = password, Headers more = {}) {
        const door::SignIn ask_{std::move(login_), Personal(std::move(password_)), "biuro"};
        const auto answer = answer_of(post("/session/sign-in", json::to_json(ask_), std::move(more)));
        return answer.second_step ? answer.second_step->attempt : "";
    }
    HttpReply show(std::string attempt_, Factor way, std::string text, bool remember = false) {
        const door::SecondFactor ask_{std::move(attempt_), way, Personal(std::move(text)), remember};
        return post("/session/second-factor", json::to_json(ask_));
    }
    HttpReply step_up(const std::string& cookie, Factor way, std::string text) {
        const door::StepUp ask_{way, Personal(std::move(text)), {}};
        return post_as(cookie, "/session/step-up", ask_);
    }
    /// A program with this session.
    std::unique_ptr<Visitor> program(const std::string& cookie, Hub& hub) {
        client::ClientSettings settings{world.endpoint(hub)};
        settings.cookie = cookie;
        auto visitor = std::make_unique<Visitor>(world.io(), world.clock, std::move(settings));
        visitor->connect();
        return visitor;
    }
    std::unique_ptr<Visitor> program(const std::string& cookie) { return program(cookie, world.hub()); }

    // ---- passkeys
    Authenticator::Says says(std::string challenge, std::uint32_t counter = 0) const {
        return {world_origin(), "127.0.0.1", std::move(challenge), true, counter};
    }
    std::string world_origin() const { return origin_; }
    /// A passkey of this session.
    HttpReply add_passkey(const std::string& cookie, const Authenticator& telephone) {
        const auto offer = value_of<door::PasskeyOffer>(post("/session/offer-passkey", "{}", with(cookie)));
        return post_as(cookie, "/session/add-passkey", telephone.make(says(offer.challenge)));
    }
    std::string challenge(door::ChallengeFor purpose, Headers more = {}) {
        const door::AskPasskeyChallenge ask_{purpose};
        return value_of<door::PasskeyChallenge>(
                   post("/session/passkey-challenge", json::to_json(ask_), std::move(more)))
            .challenge;
    }
    HttpReply enter_with(const Authenticator& telephone, const Authenticator::Says& what) {
        const door::PasskeySignIn ask_{telephone.answer(what), "telefon"};
        return post("/session/passkey", json::to_json(ask_));
    }
    HttpReply enter_with(const Authenticator& telephone, std::uint32_t counter = 0) {
        return enter_with(telephone, says(challenge(door::ChallengeFor::sign_in), counter));
    }

    std::string secret;
    std::string origin_ = world.endpoint(world.hub()).origin();
};

} // namespace splot::identity
