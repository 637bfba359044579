// One count of failures over everything that can be guessed (E-01).
#include "tests/identity/demanding.h"

#include "hub/identity/tries.h"

namespace splot::identity {
namespace {

class Guesses : public Demanding {
protected:
    /// The status of a sign-in with a wrong password, and how long it says to wait.
    std::pair<unsigned, std::int32_t> guess(std::string login_ = login) {
        const auto reply = sign_in(std::move(login_), "zle haslo 777");
        if (reply.status == 200) return {200, 0};
        const auto error = json::decode<rpc::WireError>(json::parse(reply.body).value(), "error").value();
        return {reply.status, error.data.retry_after_ms.value_or(0)};
    }
    std::int32_t failures() {
        const auto rows = world.query("SELECT coalesce(max(failures), 0)::int AS n FROM sign_in_failure");
        return rows[0].get<std::int32_t>("n");
    }
    /// As many wrong guesses as can be looked at.
    void exhaust() {
        while (failures() < most_failures) {
            const auto [status, wait] = guess();
            world.clock.move(std::chrono::milliseconds(std::max(wait, 1)));
        }
    }
};

TEST_F(Guesses, E01_each_wrong_guess_waits_longer) {
    given_app();
    world.clock.move(1min);
    std::vector<std::int32_t> waits;
    for (int i = 0; i < 8; ++i) {
        EXPECT_EQ(guess().first, 200u) << "looked at";
        const auto [status, wait] = guess();
        EXPECT_EQ(status, 429u);
        waits.push_back(wait);
        world.clock.move(std::chrono::milliseconds(wait));
    }
    EXPECT_EQ(waits, (std::vector<std::int32_t>{1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000}));
}

TEST_F(Guesses, E01_two_hubs_count_together_and_many_at_once_gain_nothing) {
    given_app();
    world.clock.move(1min);
    const std::vector<client::Endpoint> hubs{world.endpoint(world.hub()), world.endpoint(world.second_hub())};
    const door::SignIn ask_{login, Personal<std::string>("zle haslo 777"), "test"};
    const Headers headers{{"content-type", "application/json"}, {"x-splot", "1"}};
    int looked_at = 0, answered_ = 0;
    constexpr int at_once = 20;
    for (int i = 0; i < at_once; ++i)
        boost::asio::co_spawn(world.io(),
                              client::request(hubs[static_cast<std::size_t>(i) % 2], "POST", "/session/sign-in",
                                              headers, json::to_json(ask_)),
                              [&](std::exception_ptr failed, const HttpReply& reply) {
                                  ++answered_;
                                  if (!failed && reply.status == 200) ++looked_at;
                              });
    run_until(world.io(), [&] { return answered_ == at_once; });

    EXPECT_EQ(looked_at, 1);
}

TEST_F(Guesses, E01_a_hundred_make_the_password_rest_and_the_owners_passkey_works) {
    const Authenticator telephone;
    const auto cookie = given_app();
    const auto with_passkey = add_passkey(cookie, telephone);
    ASSERT_EQ(with_passkey.status, 200u);
    world.clock.move(1min);
    const auto half_done = attempt();
    world.clock.move(1min);
    exhaust();

    EXPECT_EQ(show(half_done, Factor::totp, code()).status, 401u) << "half-done sign-ins end";
    world.clock.move(24h);
    const auto resting = sign_in(login, password);
    EXPECT_EQ(resting.status, 429u) << "also the right one";
    EXPECT_THAT(resting.body, testing::HasSubstr("E-01"));
    EXPECT_EQ(enter_with(telephone).status, 200u);
}

TEST_F(Guesses, A62_the_password_of_an_unknown_login_rests_too) {
    for (int i = 0; i < most_failures; ++i) {
        EXPECT_EQ(guess("nikt.taki").first, 200u);
        world.clock.move(1min);
    }
    EXPECT_EQ(guess("nikt.taki").first, 429u);
}

TEST_F(Guesses, E01_a_new_password_ends_the_rest) {
    const Authenticator telephone;
    add_passkey(given_app(), telephone);
    world.clock.move(1min);
    exhaust();
    const auto there = program(cookie_of(enter_with(telephone)));
    ChangePassword change;
    change.new_password = Personal<std::string>("nowe haslo 8");

    EXPECT_THAT(there->asks(change), answered());

    world.clock.move(1min);
    EXPECT_EQ(show(attempt(login, "nowe haslo 8"), Factor::totp, code()).status, 200u);
    EXPECT_EQ(failures(), 0);
}

TEST_F(Guesses, E01_codes_step_ups_and_pins_count_with_passwords) {
    const auto cookie = given_app();
    program(cookie)->gets(SetPin{Personal<std::string>("1357")});
    world.clock.move(1min);
    const auto begun = attempt();
    EXPECT_EQ(failures(), 1);
    EXPECT_EQ(show(begun, Factor::totp, "000000").status, 401u); // counted with its password
    EXPECT_EQ(failures(), 1);
    world.clock.move(2s);
    EXPECT_EQ(show(begun, Factor::code_card, "0000 0000").status, 401u);
    EXPECT_EQ(failures(), 2);
    world.clock.move(4s);
    EXPECT_EQ(step_up(cookie, Factor::recovery_code, "aaaa-aaaa-aaaa").status, 401u);
    EXPECT_EQ(failures(), 3);
    EXPECT_EQ(value_of<door::Locked>(post("/session/lock", "{}", with(cookie))).locked, true);
    EXPECT_EQ(post_as(cookie, "/session/unlock", door::Unlock{Personal<std::string>("2468")}).status, 401u);
    EXPECT_EQ(failures(), 4);
    EXPECT_EQ(post_as(cookie, "/session/unlock", door::Unlock{Personal<std::string>("1357")}).status, 200u);
    EXPECT_EQ(failures(), 4) << "a PIN proves less than a sign-in";

    world.clock.move(1min);
    EXPECT_EQ(show(attempt(), Factor::totp, code()).status, 200u);
    EXPECT_EQ(failures(), 0);
}

TEST_F(Guesses, E01_an_attempt_takes_five_codes) {
    given_app();
    const auto begun = attempt();
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(show(begun, Factor::totp, "000000").status, 401u) << i;
        world.clock.move(30s);
    }
    EXPECT_EQ(show(begun, Factor::totp, code()).status, 401u);
}

} // namespace
} // namespace splot::identity
