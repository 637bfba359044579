// Idle sessions, lock and PIN, and office devices that are remembered (E-01).
#include "tests/identity/demanding.h"

namespace splot::identity {
namespace {

using testing::SizeIs;

class Away : public Demanding {
protected:
    HttpReply unlock(const std::string& cookie, std::string pin) {
        return post_as(cookie, "/session/unlock", door::Unlock{Personal(std::move(pin))});
    }
    door::SessionState state(const std::string& cookie) {
        return value_of<door::SessionState>(ask("GET", "/session/state", "", {{"cookie", cookie}}));
    }
    std::string given_pin() {
        const auto cookie = given_app();
        program(cookie)->gets(SetPin{Personal<std::string>("1357")});
        return cookie;
    }
};

TEST_F(Away, E01_a_session_that_nobody_uses_is_locked_its_sockets_are_told_and_the_pin_opens_it) {
    const auto cookie = given_pin();
    const auto there = program(cookie);
    there->start();

    world.advance(29min);
    EXPECT_NE(ticket(cookie), "");
    world.advance(2min);

    const auto ended = there->waits_for<streams::Ended>();
    ASSERT_TRUE(ended);
    EXPECT_TRUE(ended->locked);
    EXPECT_TRUE(there->waits_for<client::Lost>());
    EXPECT_EQ(code_of(post("/session/ticket", "{}", with(cookie))), "locked");
    EXPECT_TRUE(state(cookie).locked);
    const auto opened = unlock(cookie, "1357");
    EXPECT_EQ(opened.status, 200u) << opened.body;
    EXPECT_FALSE(state(cookie_of(opened)).locked);
    EXPECT_THAT(program(cookie_of(opened))->asks(Start{}), answered());
    EXPECT_EQ(ticket(cookie), "") << "unlocking renews the cookie";
}

TEST_F(Away, E01_without_a_pin_it_ends) {
    const auto cookie = given_app();
    const auto there = program(cookie);
    there->start();

    world.advance(31min);

    const auto ended = there->waits_for<streams::Ended>();
    ASSERT_TRUE(ended);
    EXPECT_FALSE(ended->locked);
    EXPECT_EQ(code_of(post("/session/ticket", "{}", with(cookie))), "unauthenticated");
}

TEST_F(Away, E01_what_is_done_by_hand_counts_as_use_and_what_a_program_does_by_itself_does_not) {
    const auto by_hand = given_pin();
    const auto busy = program(by_hand);
    busy->start();
    const auto by_itself = given_app("inna.osoba");
    const auto open = program(by_itself);
    open->start();
    for (int i = 0; i < 4; ++i) {
        world.advance(20min);
        EXPECT_THAT(busy->asks(Touch{}), answered());
        if (i == 0) open->gets(streams::Sync{});
    }

    EXPECT_THAT(busy->asks(ListDevices{}), answered());
    EXPECT_TRUE(open->waits_for<streams::Ended>());
}

TEST_F(Away, E01_use_at_one_hub_keeps_the_device_open_at_the_other) {
    const auto cookie = given_pin();
    const auto quiet = program(cookie, world.hub());
    const auto busy = program(cookie, world.second_hub());
    for (int i = 0; i < 3; ++i) {
        world.advance(20min);
        EXPECT_THAT(busy->asks(Touch{}), answered());
        world.advance(1min); // the second hub has written it down before the first one looks
    }
    EXPECT_THAT(quiet->asks(ListDevices{}), answered());
}

TEST_F(Away, E01_one_can_lock_at_once_and_a_socket_on_another_hub_hears_it) {
    const auto cookie = given_pin();
    const auto there = program(cookie, world.second_hub());
    there->start();

    EXPECT_TRUE(value_of<door::Locked>(post("/session/lock", "{}", with(cookie))).locked);

    const auto ended = there->waits_for<streams::Ended>();
    ASSERT_TRUE(ended);
    EXPECT_TRUE(ended->locked);
    EXPECT_EQ(code_of(post("/session/offer-totp", "{}", with(cookie))), "locked");
}

TEST_F(Away, E01_the_fifth_wrong_pin_ends_the_session) {
    const auto cookie = given_pin();
    post("/session/lock", "{}", with(cookie));
    for (int i = 0; i < 4; ++i)
        EXPECT_THAT(unlock(cookie, "2468").body, testing::HasSubstr("\"pin\"")) << i;

    const auto last = unlock(cookie, "2468");

    EXPECT_EQ(last.status, 401u);
    EXPECT_THAT(std::string(last.header("set-cookie")), testing::HasSubstr("Max-Age=0"));
    EXPECT_EQ(unlock(cookie, "1357").status, 401u);
    EXPECT_FALSE(state(cookie).signed_in);
}

TEST_F(Away, E01_four_wrong_pins_are_forgotten_by_a_right_one) {
    auto cookie = given_pin();
    for (int round = 0; round < 2; ++round) {
        post("/session/lock", "{}", with(cookie));
        for (int i = 0; i < 4; ++i)
            unlock(cookie, "2468");
        const auto opened = unlock(cookie, "1357");
        ASSERT_EQ(opened.status, 200u) << opened.body;
        cookie = cookie_of(opened);
    }
}

class OfficeDevice : public Away {
protected:
    /// Both cookies of a sign-in that is to be remembered.
    std::pair<std::string, std::string> given_remembered() {
        given_app();
        const auto reply = show(attempt(), Factor::totp, code(), true);
        EXPECT_EQ(reply.status, 200u) << reply.body;
        std::string device;
        for (const auto& [name, value] : reply.headers)
            if (name == "set-cookie" && value.starts_with("splot-device=")) device = value.substr(0, value.find(';'));
        return {cookie_of(reply), device};
    }
    HttpReply sign_in_here(const std::string& device, std::string password_ = password) {
        const door::SignIn ask_{login, Personal(std::move(password_)), "biuro"};
        return post("/session/sign-in", json::to_json(ask_), with(device));
    }
};

TEST_F(OfficeDevice, E01_the_second_factor_is_asked_for_once_a_day_until_midnight_in_warsaw) {
    const auto [session, device] = given_remembered(); // about ten in the morning
    ASSERT_NE(device, "");
    world.clock.move(13h + 50min); // ten to midnight
    EXPECT_EQ(value_of<SignInAnswer>(sign_in_here(device)).session->level, SessionLevel::full);

    world.clock.move(15min);
    const auto next_day = value_of<SignInAnswer>(sign_in_here(device));
    ASSERT_TRUE(next_day.second_step);
    EXPECT_EQ(show(next_day.second_step->attempt, Factor::totp, code()).status, 200u);
}

TEST_F(OfficeDevice, E01_what_is_important_asks_for_a_factor_there_as_well) {
    const auto [session, device] = given_remembered();
    world.clock.move(11min);
    const auto there = program(cookie_of(sign_in_here(device)));

    EXPECT_THAT(there->asks(SetPin{Personal<std::string>("1357")}), refused(Code::step_up_required));
    EXPECT_THAT(there->asks(Start{}), answered());
}

TEST_F(OfficeDevice, E01_a_wrong_password_is_told_there_and_only_there) {
    const auto [session, device] = given_remembered();
    EXPECT_EQ(sign_in_here(device, "zle haslo 777").status, 401u);
    world.clock.move(1min);
    EXPECT_EQ(sign_in_here("splot-device=forged", "zle haslo 777").status, 200u);
}

TEST_F(OfficeDevice, E01_it_is_forgotten_by_whoever_it_belongs_to_and_when_all_others_are_signed_out) {
    const auto [session, device] = given_remembered();
    const auto there = program(session);
    const auto listed = there->gets(ListDevices{});
    ASSERT_THAT(listed.remembered, SizeIs(1));
    EXPECT_TRUE(listed.remembered[0].current);
    EXPECT_THAT(when(nina).asks(ForgetDevice{listed.remembered[0].id}), refused(Code::not_found));
    EXPECT_THAT(there->asks(ForgetDevice{listed.remembered[0].id}), answered());
    EXPECT_TRUE(value_of<SignInAnswer>(sign_in_here(device)).second_step);
}

TEST_F(OfficeDevice, E01_all_others_are_signed_out_at_once) {
    const auto [session, device] = given_remembered();
    world.clock.move(30s);
    const auto other = program(cookie_of(show(attempt(), Factor::totp, code())));
    other->start();

    EXPECT_THAT(other->asks(SignOutOthers{}), answered());

    EXPECT_EQ(ticket(session), "");
    EXPECT_TRUE(value_of<SignInAnswer>(sign_in_here(device)).second_step) << "nor is that one remembered";
    EXPECT_THAT(other->gets(ListDevices{}).devices, SizeIs(1));
}

TEST_F(OfficeDevice, E01_a_list_tells_of_each_device_what_it_is) {
    const auto [session, device] = given_remembered();
    const auto there = program(session);
    const auto devices = there->gets(ListDevices{}).devices;
    ASSERT_THAT(devices, SizeIs(2)) << "the one that enrolled, and this";
    const auto here = std::ranges::find_if(devices, [](const Device& one) { return one.current; });
    ASSERT_NE(here, devices.end());
    EXPECT_TRUE(here->remembered);
    EXPECT_FALSE(here->locked);
    EXPECT_EQ(here->level, SessionLevel::full);
}

} // namespace
} // namespace splot::identity
