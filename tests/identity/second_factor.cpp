// Password and second factor, levels, step-up: over real HTTP and WebSocket.
#include "tests/identity/demanding.h"

#include "protocol/teams/methods.h"

namespace splot::identity {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

TEST_F(Demanding, E01_a_password_alone_opens_a_session_that_may_only_enrol) {
    given_account(login, password);

    const auto reply = sign_in(login, password);

    EXPECT_EQ(answer_of(reply).session->level, SessionLevel::first);
    const auto there = program(cookie_of(reply));
    EXPECT_THAT(there->asks(Start{}), refused(Code::enrolment_required));
    EXPECT_THAT(there->asks(teams::ShowRoles{}), refused(Code::enrolment_required));
    EXPECT_THAT(there->asks(SetPin{Personal<std::string>("1357")}), refused(Code::enrolment_required));
    EXPECT_EQ(there->gets(ListFactors{}).level, SessionLevel::first);
}

TEST_F(Demanding, E01_the_session_becomes_full_by_the_code_that_proves_the_app_and_its_socket_goes_on) {
    const auto cookie = given_first();
    const auto there = program(cookie);
    const auto offer = value_of<door::TotpOffer>(post("/session/offer-totp", "{}", with(cookie)));
    EXPECT_THAT(offer.uri.reveal(), HasSubstr("secret=" + offer.secret.reveal()));
    secret = from_base32(offer.secret.reveal());

    EXPECT_EQ(post_as(cookie, "/session/confirm-factor", confirm(Factor::totp, "000000")).status, 400u);
    EXPECT_THAT(there->asks(Start{}), refused(Code::enrolment_required));
    const auto confirmed = post_as(cookie, "/session/confirm-factor", confirm(Factor::totp, code()));

    EXPECT_EQ(value_of<door::SignedIn>(confirmed).level, SessionLevel::full);
    EXPECT_THAT(there->asks(Start{}), answered());
    EXPECT_THAT(there->asks(SetPin{Personal<std::string>("1357")}), answered());
    EXPECT_NE(cookie_of(confirmed), cookie);
    EXPECT_EQ(ticket(cookie), "") << "the cookie from before the second factor is worth nothing";
    EXPECT_NE(ticket(cookie_of(confirmed)), "");
}

TEST_F(Demanding, E01_whoever_enrols_first_ends_the_other_sessions_that_still_had_to) {
    const auto one = given_first();
    const auto other = cookie_of(sign_in(login, password));
    const auto offer = value_of<door::TotpOffer>(post("/session/offer-totp", "{}", with(one)));
    const auto theirs = value_of<door::TotpOffer>(post("/session/offer-totp", "{}", with(other)));
    secret = from_base32(offer.secret.reveal());
    EXPECT_EQ(post_as(one, "/session/confirm-factor", confirm(Factor::totp, code())).status, 200u);

    secret = from_base32(theirs.secret.reveal());
    EXPECT_EQ(post_as(other, "/session/confirm-factor", confirm(Factor::totp, code())).status, 401u);
}

TEST_F(Demanding, E01_password_and_code_open_a_full_session) {
    given_app();

    const auto reply = show(attempt(), Factor::totp, code());

    EXPECT_EQ(value_of<door::SignedIn>(reply).level, SessionLevel::full);
    EXPECT_THAT(program(cookie_of(reply))->asks(Start{}), answered());
}

TEST_F(Demanding, E01_a_code_is_taken_once) {
    given_app();
    const auto same = code();

    EXPECT_EQ(show(attempt(), Factor::totp, same).status, 200u);
    const auto again = show(attempt(), Factor::totp, same);
    EXPECT_EQ(again.status, 401u);

    world.clock.move(30s);
    EXPECT_EQ(show(attempt(), Factor::totp, code()).status, 200u);
}

TEST_F(Demanding, E01_an_attempt_is_good_for_five_minutes_once_and_on_every_hub) {
    given_app();
    const auto late = attempt();
    world.clock.move(5min);
    EXPECT_EQ(show(late, Factor::totp, code()).status, 401u);

    const auto begun = attempt();
    const door::SecondFactor ask_{begun, Factor::totp, Personal(code()), false};
    const auto elsewhere =
        run(world.io(), client::request(world.endpoint(world.second_hub()), "POST", "/session/second-factor",
                                        {{"content-type", "application/json"}, {"x-splot", "1"}}, json::to_json(ask_)));
    EXPECT_EQ(elsewhere.status, 200u) << elsewhere.body;
    world.clock.move(30s);
    EXPECT_EQ(show(begun, Factor::totp, code()).status, 401u);
}

/// Bytes as they go out; the attempt's token differs from call to call.
std::string shape(const HttpReply& reply) {
    std::string text = std::to_string(reply.status) + "\n";
    for (const auto& [name, value] : reply.headers)
        text += name + ": " + value + "\n";
    const auto at = reply.body.find("\"attempt\":\"");
    return text + (at == std::string::npos ? reply.body : reply.body.substr(0, at + 11) + reply.body.substr(at + 54));
}

TEST_F(Demanding, A62_right_and_wrong_passwords_of_known_and_unknown_people_answer_in_the_same_bytes) {
    given_app();
    given_first("bez.kodu");
    world.clock.move(1min);

    const auto right = sign_in(login, password);
    const auto unknown = sign_in("nikt.taki", "zle haslo 777");
    const auto wrong = sign_in("bez.kodu", "zle haslo 777");
    const auto without = sign_in("nina.gajda", "zle haslo 777"); // an account without a password

    EXPECT_EQ(shape(unknown), shape(right));
    EXPECT_EQ(shape(wrong), shape(right));
    EXPECT_EQ(shape(without), shape(right));
    const auto attempt_in = [](const HttpReply& reply) { return value_of<SignInAnswer>(reply).second_step->attempt; };
    const auto refusal = show(attempt_in(right), Factor::totp, "000000");
    EXPECT_EQ(refusal.status, 401u);
    EXPECT_EQ(shape(show(attempt_in(unknown), Factor::totp, "000000")), shape(refusal));
    EXPECT_EQ(shape(show(attempt_in(wrong), Factor::recovery_code, "000000")), shape(refusal));
    // The second code of an attempt waits, whoever it is for.
    const auto wait = show(attempt_in(right), Factor::totp, "000001");
    EXPECT_EQ(wait.status, 429u);
    EXPECT_EQ(shape(show(attempt_in(unknown), Factor::totp, "000001")), shape(wait));
}

TEST_F(Demanding, E01_a_right_code_does_not_help_a_wrong_password_and_is_not_used_up_by_it) {
    given_app();

    EXPECT_EQ(show(attempt(login, "zle haslo 777"), Factor::totp, code()).status, 401u);
    world.clock.move(1s);
    EXPECT_EQ(show(attempt(), Factor::totp, code()).status, 200u);
}

TEST_F(Demanding, E01_a_code_of_the_card_is_good_once_and_a_new_card_replaces_the_old_one) {
    const auto cookie = given_app();
    const auto card = value_of<door::CodeSheet>(post("/session/offer-code-card", "{}", with(cookie))).codes;
    ASSERT_THAT(card, SizeIs(40));
    EXPECT_EQ(show(attempt(), Factor::code_card, card[1].reveal()).status, 401u) << "only offered so far";
    world.clock.move(1min);
    const auto held = post_as(cookie, "/session/confirm-factor", confirm(Factor::code_card, card[0].reveal()));
    EXPECT_EQ(held.status, 200u) << held.body;

    EXPECT_EQ(show(attempt(), Factor::code_card, card[0].reveal()).status, 401u) << "used to confirm";
    world.clock.move(1min);
    EXPECT_EQ(show(attempt(), Factor::code_card, card[1].reveal()).status, 200u);
    EXPECT_EQ(show(attempt(), Factor::code_card, card[1].reveal()).status, 401u);
    world.clock.move(1min);

    const auto fresh = cookie_of(held);
    const auto next = value_of<door::CodeSheet>(post("/session/offer-code-card", "{}", with(fresh))).codes;
    EXPECT_EQ(show(attempt(), Factor::code_card, card[2].reveal()).status, 200u) << "the old one holds until then";
    EXPECT_EQ(post_as(fresh, "/session/confirm-factor", confirm(Factor::code_card, next[0].reveal())).status, 200u);
    EXPECT_EQ(show(attempt(), Factor::code_card, card[3].reveal()).status, 401u);
    world.clock.move(1min);
    EXPECT_EQ(show(attempt(), Factor::code_card, next[1].reveal()).status, 200u);
}

TEST_F(Demanding, E01_each_recovery_code_opens_once_and_new_ones_replace_them) {
    const auto cookie = given_app();
    const auto sheet = value_of<door::CodeSheet>(post("/session/make-recovery-codes", "{}", with(cookie))).codes;
    ASSERT_THAT(sheet, SizeIs(10));

    EXPECT_EQ(show(attempt(), Factor::recovery_code, sheet[0].reveal()).status, 200u);
    EXPECT_EQ(show(attempt(), Factor::recovery_code, sheet[0].reveal()).status, 401u);
    world.clock.move(1min);
    EXPECT_EQ(post("/session/make-recovery-codes", "{}", with(cookie)).status, 200u);
    EXPECT_EQ(show(attempt(), Factor::recovery_code, sheet[1].reveal()).status, 401u);
}

TEST_F(Demanding, E01_what_is_important_asks_for_a_factor_that_is_ten_minutes_old_at_most) {
    const auto cookie = given_app();
    const auto there = program(cookie);
    const auto set_pin = [&] { return there->asks(SetPin{Personal<std::string>("1357")}); };
    EXPECT_THAT(set_pin(), answered());
    EXPECT_EQ(post("/session/offer-totp", "{}", with(cookie)).status, 200u);

    world.advance(10min);
    EXPECT_THAT(set_pin(), refused(Code::step_up_required));
    EXPECT_EQ(code_of(post("/session/offer-totp", "{}", with(cookie))), "step_up_required");
    EXPECT_THAT(there->asks(Start{}), answered());

    EXPECT_EQ(step_up(cookie, Factor::totp, "000000").status, 401u);
    EXPECT_EQ(code_of(step_up(cookie, Factor::password, password)), "rate_limited");
    world.clock.move(5s);
    EXPECT_EQ(code_of(step_up(cookie, Factor::password, password)), "invalid");
    const auto up = step_up(cookie, Factor::totp, code());
    EXPECT_EQ(up.status, 200u) << up.body;
    EXPECT_THAT(set_pin(), answered());
    EXPECT_EQ(ticket(cookie), "") << "a step-up renews the cookie";
    EXPECT_NE(ticket(cookie_of(up)), "");
}

TEST_F(Demanding, E01_a_step_up_at_one_hub_is_known_at_the_other_at_once) {
    const auto cookie = given_app();
    const auto there = program(cookie, world.second_hub());
    world.advance(11min);
    EXPECT_THAT(there->asks(SetPin{Personal<std::string>("1357")}), refused(Code::step_up_required));

    EXPECT_EQ(step_up(cookie, Factor::totp, code()).status, 200u);

    EXPECT_THAT(there->asks(SetPin{Personal<std::string>("1357")}), answered());
}

TEST_F(Demanding, E01_the_last_second_factor_stays) {
    const auto there = program(given_app());

    EXPECT_THAT(there->asks(RemoveFactor{Factor::totp, {}}), refused(Code::invalid, "E-01"));
    EXPECT_THAT(there->asks(RemoveFactor{Factor::code_card, {}}), refused(Code::not_found));
    EXPECT_TRUE(there->gets(ListFactors{}).totp);
}

TEST_F(Demanding, E01_secrets_and_codes_lie_in_the_database_sealed_or_as_macs) {
    const auto cookie = given_app();
    const auto sheet = value_of<door::CodeSheet>(post("/session/make-recovery-codes", "{}", with(cookie))).codes;
    program(cookie)->gets(SetPin{Personal<std::string>("1357")});
    const auto everything = [&](const std::string& table) {
        const auto rows = world.query("SELECT string_agg(t::text, ' ') AS rows FROM " + table + " t");
        return rows[0].get<std::string>("rows");
    };
    const auto hex = [](const std::string& bytes) {
        std::string text;
        for (const unsigned char byte : bytes)
            text += "0123456789abcdef"[byte >> 4], text += "0123456789abcdef"[byte & 15];
        return text;
    };
    EXPECT_THAT(everything("totp"), testing::Not(HasSubstr(hex(secret))));
    for (const auto& code_ : sheet) {
        EXPECT_THAT(everything("spare_code"), testing::Not(HasSubstr(code_.reveal())));
        EXPECT_THAT(everything("spare_code"), testing::Not(HasSubstr(hex(code_.reveal()))));
    }
    EXPECT_THAT(everything("pin"), testing::Not(HasSubstr(hex("1357"))));
}

} // namespace
} // namespace splot::identity
