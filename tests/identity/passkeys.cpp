// Passkeys: as the first way in, as the second factor, as a step-up; and everything that is wrong with them.
#include "tests/identity/demanding.h"

namespace splot::identity {
namespace {

class Passkeys : public Demanding {};

TEST_F(Passkeys, E01_a_passkey_enrols_and_then_opens_without_login_or_password) {
    const Authenticator telephone;
    const auto first = given_first();
    const auto added = add_passkey(first, telephone);
    EXPECT_EQ(value_of<door::SignedIn>(added).level, SessionLevel::full);

    const auto reply = enter_with(telephone);

    EXPECT_EQ(value_of<door::SignedIn>(reply).level, SessionLevel::full);
    const auto there = program(cookie_of(reply));
    EXPECT_THAT(there->asks(SetPin{Personal<std::string>("1357")}), answered()) << "fresh at once";
    const auto mine = there->gets(ListFactors{});
    ASSERT_THAT(mine.passkeys, testing::SizeIs(1));
    EXPECT_EQ(mine.passkeys[0].name, "telefon");
    EXPECT_TRUE(mine.passkeys[0].last_used_at);
}

TEST_F(Passkeys, E01_a_challenge_is_answered_once_within_five_minutes_and_on_every_hub) {
    const Authenticator telephone;
    add_passkey(given_first(), telephone);
    const auto asked = challenge(door::ChallengeFor::sign_in);

    EXPECT_EQ(enter_with(telephone, says(asked)).status, 200u);
    EXPECT_EQ(enter_with(telephone, says(asked)).status, 401u) << "again";
    const auto late = challenge(door::ChallengeFor::sign_in);
    world.clock.move(5min);
    EXPECT_EQ(enter_with(telephone, says(late)).status, 401u);
    EXPECT_EQ(enter_with(telephone, says("bm90IG91cnM")).status, 401u);

    const door::PasskeySignIn elsewhere{telephone.answer(says(challenge(door::ChallengeFor::sign_in))), "telefon"};
    const auto second = world.endpoint(world.second_hub());
    const Headers headers{{"content-type", "application/json"}, {"x-splot", "1"}, {"origin", origin_}};
    EXPECT_EQ(
        run(world.io(), client::request(second, "POST", "/session/passkey", headers, json::to_json(elsewhere))).status,
        403u)
        << "a page of another address";
}

TEST_F(Passkeys, E01_each_spoilt_part_is_refused) {
    const Authenticator telephone, strange;
    add_passkey(given_first(), telephone);
    const auto with_ = [&](auto spoil) {
        auto what = says(challenge(door::ChallengeFor::sign_in));
        spoil(what);
        return enter_with(telephone, what).status;
    };
    EXPECT_EQ(with_([](auto&) {}), 200u);
    EXPECT_EQ(with_([](auto& what) { what.origin = "https://evil.example"; }), 401u);
    EXPECT_EQ(with_([](auto& what) { what.rp_id = "evil.example"; }), 401u);
    EXPECT_EQ(with_([](auto& what) { what.verified = false; }), 401u) << "nobody showed a finger or a PIN";
    EXPECT_EQ(with_([](auto& what) { what.challenge += "A"; }), 401u);
    EXPECT_EQ(enter_with(strange).status, 401u) << "a passkey that nobody enrolled";
    auto forged = strange.answer(says(challenge(door::ChallengeFor::sign_in)));
    forged.credential = telephone.answer(says("x")).credential;
    EXPECT_EQ(post("/session/passkey", json::to_json(door::PasskeySignIn{forged, "telefon"})).status, 401u)
        << "another key's signature";
}

TEST_F(Passkeys, A62_an_unknown_passkey_and_a_wrong_signature_answer_in_the_same_bytes) {
    const Authenticator telephone, strange;
    add_passkey(given_first(), telephone);
    auto wrong = telephone.answer(says(challenge(door::ChallengeFor::sign_in)));
    wrong.signature = strange.answer(says("x")).signature;

    EXPECT_EQ(post("/session/passkey", json::to_json(door::PasskeySignIn{wrong, "t"})).body, enter_with(strange).body);
}

TEST_F(Passkeys, E01_a_counter_that_goes_backwards_is_refused_and_told) {
    const Authenticator telephone;
    add_passkey(given_first(), telephone);

    EXPECT_EQ(enter_with(telephone, 7).status, 200u);
    EXPECT_EQ(enter_with(telephone, 8).status, 200u);
    const auto copy = enter_with(telephone, 8);
    EXPECT_EQ(copy.status, 409u);
    EXPECT_THAT(copy.body, testing::HasSubstr("E-01"));
    EXPECT_EQ(enter_with(telephone, 3).status, 409u);
    EXPECT_EQ(enter_with(telephone, 9).status, 200u);
}

TEST_F(Passkeys, E01_a_new_one_needs_this_sessions_challenge_and_a_verified_user) {
    const Authenticator telephone;
    const auto cookie = given_first();
    const auto other = given_first("inna.osoba");
    const auto offer = value_of<door::PasskeyOffer>(post("/session/offer-passkey", "{}", with(cookie)));
    EXPECT_EQ(offer.rp_id, "127.0.0.1");

    EXPECT_EQ(post_as(other, "/session/add-passkey", telephone.make(says(offer.challenge))).status, 400u);
    auto unverified = says(offer.challenge);
    unverified.verified = false;
    EXPECT_EQ(post_as(cookie, "/session/add-passkey", telephone.make(unverified)).status, 400u);
    auto foreign = says(offer.challenge);
    foreign.rp_id = "evil.example";
    EXPECT_EQ(post_as(cookie, "/session/add-passkey", telephone.make(foreign)).status, 400u);
    const auto good = post_as(cookie, "/session/add-passkey", telephone.make(says(offer.challenge)));
    EXPECT_EQ(good.status, 200u) << good.body;
    EXPECT_EQ(post_as(cookie_of(good), "/session/add-passkey", telephone.make(says(offer.challenge))).status, 400u)
        << "the challenge is used up";
    EXPECT_EQ(add_passkey(cookie_of(good), telephone).status, 409u) << "the same passkey again";
}

TEST_F(Passkeys, E01_a_passkey_steps_up_its_own_session_only) {
    const Authenticator telephone, theirs;
    const auto cookie = cookie_of(add_passkey(given_first(), telephone));
    add_passkey(given_first("inna.osoba"), theirs);
    world.advance(10min);
    const auto step_up_with = [&](const std::string& session, const Authenticator& which, const std::string& text) {
        door::StepUp ask_;
        ask_.way = Factor::passkey;
        ask_.passkey = which.answer(says(text));
        return post_as(session, "/session/step-up", ask_);
    };
    const auto asked = [&] { return challenge(door::ChallengeFor::step_up, with(cookie)); };
    const auto there = program(cookie);
    EXPECT_THAT(there->asks(SetPin{Personal<std::string>("1357")}), refused(Code::step_up_required));

    EXPECT_EQ(step_up_with(cookie, theirs, asked()).status, 401u);
    EXPECT_EQ(step_up_with(cookie, telephone, challenge(door::ChallengeFor::sign_in)).status, 401u);
    EXPECT_EQ(step_up_with(cookie, telephone, asked()).status, 200u);
    EXPECT_THAT(there->asks(SetPin{Personal<std::string>("1357")}), answered());
}

TEST_F(Passkeys, E01_one_is_taken_away_but_not_the_last_factor) {
    const Authenticator telephone, key;
    const auto cookie = cookie_of(add_passkey(given_first(), telephone));
    const auto there = program(cookie);
    const auto first = there->gets(ListFactors{}).passkeys[0].id;
    EXPECT_THAT(there->asks(RemoveFactor{Factor::passkey, first}), refused(Code::invalid, "E-01"));
    EXPECT_EQ(add_passkey(cookie, key).status, 200u);

    EXPECT_THAT(there->asks(RemoveFactor{Factor::passkey, PasskeyId{}}), refused(Code::not_found));
    EXPECT_THAT(there->asks(RemoveFactor{Factor::passkey, first}), answered());

    EXPECT_EQ(enter_with(telephone).status, 401u);
    EXPECT_EQ(enter_with(key).status, 200u);
}

} // namespace
} // namespace splot::identity
