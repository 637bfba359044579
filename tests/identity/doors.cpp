// The door: sign-in, cookies, tickets, sockets, devices.
#include "tests/identity/doors.h"

#include "hub/identity/setup.h"

#include <boost/asio/ip/tcp.hpp>

#include <algorithm>

namespace splot::identity {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

TEST_F(Doors, a_right_password_opens_and_a_wrong_one_says_nothing_about_the_login) {
    given_account("nowa.osoba", "dobre haslo 7");

    const auto right = sign_in("nowa.osoba", "dobre haslo 7");
    const auto wrong = sign_in("nowa.osoba", "zle haslo 777");
    const auto unknown = sign_in("nikt.taki", "zle haslo 777");
    const auto without = sign_in("nina.gajda", "zle haslo 777"); // an account without a password

    EXPECT_EQ(right.status, 200u);
    EXPECT_EQ(wrong.status, 401u);
    EXPECT_EQ(unknown.status, wrong.status);
    EXPECT_EQ(unknown.body, wrong.body);
    EXPECT_EQ(without.body, wrong.body);
    EXPECT_EQ(wrong.header("set-cookie"), "");
}

TEST_F(Doors, the_cookie_is_out_of_reach_of_scripts_and_other_sites) {
    const auto plain = enter(nina);

    EXPECT_THAT(std::string(plain.header("set-cookie")), HasSubstr("HttpOnly"));
    EXPECT_THAT(std::string(plain.header("set-cookie")), HasSubstr("SameSite=Strict"));
    EXPECT_THAT(std::string(plain.header("set-cookie")), testing::StartsWith("splot="));
    EXPECT_EQ(plain.header("cache-control"), "no-store");
}

TEST_F(Doors, over_tls_the_cookie_is_secure_and_of_this_host) {
    auto there = world.endpoint(world.hub());
    there.port = world.hub().port();
    there.tls = true;
    there.insecure_loopback = true;
    const Headers headers{{"content-type", "application/json"}, {"x-splot", "1"}};
    const auto body = json::to_json(door::EnterAs{std::string(nina.login), "test"});

    const auto reply = run(world.io(), client::request(there, "POST", "/session/enter-as", headers, body));

    EXPECT_THAT(std::string(reply.header("set-cookie")), testing::StartsWith("__Host-splot="));
    EXPECT_THAT(std::string(reply.header("set-cookie")), HasSubstr("Secure"));
}

TEST_F(Doors, a_foreign_page_is_refused) {
    const auto body = json::to_json(door::EnterAs{std::string(nina.login), "test"});
    const auto own = world.endpoint(world.hub()).origin();

    EXPECT_EQ(post("/session/enter-as", body, {{"origin", "https://evil.example"}}).status, 403u);
    EXPECT_EQ(post("/session/enter-as", body, {{"sec-fetch-site", "cross-site"}}).status, 403u);
    EXPECT_EQ(ask("POST", "/session/enter-as", body, {{"content-type", "application/json"}}).status, 400u);
    EXPECT_EQ(ask("POST", "/session/enter-as", body, {{"content-type", "text/plain"}, {"x-splot", "1"}}).status, 400u);
    EXPECT_EQ(post("/session/enter-as", body, {{"origin", own}}).status, 200u);
}

TEST_F(Doors, a_socket_with_a_foreign_origin_is_refused) {
    const auto open = [&](std::string origin) {
        run(world.io(), client::Socket::open(world.endpoint(world.hub()), "", std::move(origin)));
    };
    EXPECT_THROW(open("https://evil.example"), client::UpgradeRefused);
    EXPECT_NO_THROW(open(world.endpoint(world.hub()).origin()));
}

TEST_F(Doors, a_ticket_is_good_once) {
    const auto good = ticket(cookie_of(enter(nina)));
    const auto first = socket(), second = socket();

    EXPECT_THAT(talk(*first, authenticate("1", good)), HasSubstr("\"result\""));
    EXPECT_THAT(talk(*second, authenticate("1", good)), HasSubstr("unauthenticated"));
}

TEST_F(Doors, a_ticket_is_good_for_half_a_minute) {
    const auto cookie = cookie_of(enter(nina));
    const auto late = ticket(cookie), later = ticket(cookie);
    const auto first = socket(), second = socket();

    world.advance(std::chrono::seconds(29));
    EXPECT_THAT(talk(*first, authenticate("1", late)), HasSubstr("\"result\""));
    world.advance(std::chrono::seconds(2));
    EXPECT_THAT(talk(*second, authenticate("1", later)), HasSubstr("unauthenticated"));
}

TEST_F(Doors, a_cookie_that_was_signed_out_or_is_old_gets_no_ticket) {
    const auto one = cookie_of(enter(nina)), other = cookie_of(enter(nina));
    EXPECT_NE(ticket(one), "");

    EXPECT_EQ(post("/session/sign-out", "{}", with(one)).status, 200u);

    EXPECT_EQ(ticket(one), "");
    EXPECT_NE(ticket(other), "");
    world.advance(std::chrono::hours(13));
    EXPECT_EQ(ticket(other), "");
    EXPECT_EQ(ticket("splot=forged"), "");
}

TEST_F(Doors, before_the_ticket_nothing_else_is_answered) {
    const auto there = socket();

    EXPECT_THAT(talk(*there, rpc::request("1", "session.start", "{}")), HasSubstr("unauthenticated"));
    EXPECT_THAT(talk(*there, authenticate("2", ticket(cookie_of(enter(nina))))), HasSubstr("\"result\""));
    EXPECT_THAT(talk(*there, rpc::request("3", "session.start", "{}")), HasSubstr("\"result\""));
}

TEST_F(Doors, T09_a_device_that_is_signed_out_loses_its_socket) {
    auto& telephone = world.another(nina);
    given_present({nina});
    telephone.hears();
    EXPECT_THAT(then(nina).gets(ListDevices{}).devices, SizeIs(2));

    EXPECT_THAT(when(nina).asks(SignOutDevice{telephone.device()}), answered());

    EXPECT_TRUE(telephone.waits_for<streams::Ended>());
    EXPECT_TRUE(telephone.waits_for<client::Lost>());
    EXPECT_THAT(then(nina).gets(ListDevices{}).devices, SizeIs(1));
    EXPECT_THAT(when(nina).asks(SignOutDevice{when(hanna).device()}), refused(Code::not_found));
}

TEST_F(Doors, a_session_ends_after_twelve_hours) {
    given_present({nina});
    then(nina).hears();

    world.advance(std::chrono::hours(12));

    EXPECT_TRUE(then(nina).waits_for<streams::Ended>());
}

TEST_F(Doors, a_password_is_changed_by_whoever_knows_the_old_one) {
    given_account("nowa.osoba", "dobre haslo 7");
    auto& there = world.stranger(world.hub());
    door::SignIn with{"nowa.osoba", Personal<std::string>("dobre haslo 7"), "test"};
    Visitor::expect(run(world.io(), there.client().sign_in(std::move(with))), "sign-in");
    there.connect();
    there.start();
    const auto change = [&](std::string from, std::string to) {
        ChangePassword ask;
        ask.old_password = Personal(std::move(from));
        ask.new_password = Personal(std::move(to));
        return there.asks(std::move(ask));
    };

    EXPECT_THAT(change("zle haslo 777", "nowe haslo 8"), refused(Code::invalid));
    world.clock.move(std::chrono::seconds(1)); // after a wrong one
    EXPECT_THAT(change("dobre haslo 7", "krotkie"), refused(Code::invalid));
    EXPECT_THAT(change("dobre haslo 7", "nowe haslo 8"), answered());

    EXPECT_EQ(sign_in("nowa.osoba", "dobre haslo 7").status, 401u);
    world.clock.move(std::chrono::seconds(1));
    EXPECT_EQ(sign_in("nowa.osoba", "nowe haslo 8").status, 200u);
}

TEST_F(Doors, T10_a_head_enters_people_of_their_institution_only) {
    const auto person = [&](std::string_view institution) {
        return CreatePerson{world.institution(institution), Personal<std::string>("Nowa Osoba"), "", {}, {}};
    };
    EXPECT_THAT(when(grzegorz).asks(person("PUP")), answered());
    EXPECT_THAT(when(grzegorz).asks(person("PCPR")), refused(Code::not_found));
    EXPECT_THAT(when(nina).asks(person("PUP")), refused(Code::gate_closed, "A-36"));
}

TEST_F(Doors, a_login_belongs_to_one_person) {
    given_account("nowa.osoba", "dobre haslo 7");
    CreatePerson again{world.institution("PUP"), Personal<std::string>("Inna"), "", "NOWA.osoba", {}};

    EXPECT_THAT(when(grzegorz).asks(std::move(again)), refused(Code::conflict));
}

class FewSockets : public Doors {
protected:
    FewSockets() : Doors({.adjust = [](Settings& settings) { settings.limits.sockets_per_person = 2; }}) {}
};

TEST_F(FewSockets, one_more_than_allowed_is_refused) {
    given_present({nina, hanna});
    world.another(nina);
    const auto ninas = ticket(cookie_of(enter(nina))), hannas = ticket(cookie_of(enter(hanna)));
    const auto third = socket(); // last, because its time to authenticate runs

    EXPECT_THAT(talk(*third, authenticate("1", ninas)), HasSubstr("rate_limited"));
    EXPECT_THAT(talk(*third, authenticate("2", hannas)), HasSubstr("\"result\""));
}

class Impatient : public Doors {
protected:
    Impatient() :
        Doors({.adjust = [](Settings& settings) {
            settings.limits.authenticate_within = std::chrono::milliseconds(300);
        }}) {}
};

TEST_F(Impatient, whoever_does_not_say_who_they_are_is_closed) {
    const auto silent = socket();

    EXPECT_EQ(code_of_close(*silent), 4401);
}

/// A hub of an office, where nothing is a demonstration.
class Office : public Doors {
protected:
    Office() :
        Doors({.content = WorldOptions::Content::nothing, .adjust = [](Settings& settings) {
                   settings.hub.demonstration = false;
                   settings.listen.plain_port = free_port();
               }}) {}

    /// The listener takes a port of its own choice only where the demonstration is on.
    static std::uint16_t free_port() {
        boost::asio::io_context io;
        const boost::asio::ip::tcp::endpoint any{boost::asio::ip::make_address("127.0.0.1"), 0};
        return boost::asio::ip::tcp::acceptor(io, any).local_endpoint().port();
    }
    door::Setup setup(std::string code) {
        return {std::move(code),
                Personal<std::string>("Anna Admin"),
                "anna.admin",
                Personal<std::string>("haslo anny 11"),
                "Ośrodek w Testowie",
                "OPS",
                "welfare_centre",
                "Testów",
                Personal<std::string>("Jan Kierownik"),
                "jan.kierownik",
                Personal<std::string>("haslo jana 11")};
    }
};

TEST_F(Office, D03_nobody_enters_by_a_card) {
    EXPECT_EQ(enter(nina).status, 404u);
    EXPECT_THAT(ask("GET", "/session/doors", "", {}).body, HasSubstr("\"demonstration\":false"));
}

TEST_F(Office, the_code_of_the_first_start_sets_up_once) {
    std::optional<std::string> code;
    world.hub().run_on(0, [&code](Desk& desk) -> Async<void> { code = co_await make_setup_code(desk); });
    ASSERT_TRUE(code);

    EXPECT_EQ(post("/session/setup", json::to_json(setup("zgaduje"))).status, 401u);
    EXPECT_EQ(post("/session/setup", json::to_json(setup(*code))).status, 200u);
    EXPECT_EQ(post("/session/setup", json::to_json(setup(*code))).status, 401u);
    EXPECT_EQ(sign_in("jan.kierownik", "haslo jana 11").status, 200u);
    EXPECT_EQ(sign_in("anna.admin", "haslo anny 11").status, 200u);
}

} // namespace
} // namespace splot::identity
