// What proves that somebody is themselves, without a hub: codes by the clock, codes on paper, counts, passkeys'
// challenges.
#include "hub/access/decide.h"
#include "hub/identity/codes.h"
#include "hub/identity/passkeys.h"
#include "hub/identity/passwords.h"
#include "hub/identity/sign_ins.h"
#include "hub/identity/totp.h"
#include "hub/identity/tries.h"
#include "hub/warsaw.h"

#include <gmock/gmock.h>

#include <set>

namespace splot::identity {
namespace {

using namespace std::chrono;
using testing::SizeIs;
using testing::StartsWith;

Instant at(std::int64_t unix_seconds) { return Instant(seconds(unix_seconds)); }

const std::string rfc_secret = "12345678901234567890";

TEST(Totp, gives_the_codes_of_rfc_6238) {
    const std::pair<std::int64_t, const char*> vectors[] = {{59, "94287082"},         {1111111109, "07081804"},
                                                            {1111111111, "14050471"}, {1234567890, "89005924"},
                                                            {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto& [when, code] : vectors)
        EXPECT_EQ(totp::code_at(rfc_secret, totp::step_at(at(when)), 8), code) << when;
}

TEST(Totp, E01_a_clock_may_be_one_step_off_and_no_more) {
    const auto now = at(1'000'000'020);
    const auto step = totp::step_at(now);
    for (const int off : {-1, 0, 1})
        EXPECT_EQ(totp::accepted_step(rfc_secret, totp::code_at(rfc_secret, step + off), now, 0), step + off);
    for (const int off : {-2, 2})
        EXPECT_EQ(totp::accepted_step(rfc_secret, totp::code_at(rfc_secret, step + off), now, 0), std::nullopt);
    EXPECT_EQ(totp::accepted_step(rfc_secret, "", now, 0), std::nullopt);
}

TEST(Totp, E01_a_code_is_accepted_once_and_never_an_older_one_after_it) {
    const auto now = at(1'000'000'020);
    const auto step = totp::step_at(now);
    EXPECT_EQ(totp::accepted_step(rfc_secret, totp::code_at(rfc_secret, step), now, step), std::nullopt);
    EXPECT_EQ(totp::accepted_step(rfc_secret, totp::code_at(rfc_secret, step - 1), now, step), std::nullopt);
    EXPECT_EQ(totp::accepted_step(rfc_secret, totp::code_at(rfc_secret, step + 1), now, step), step + 1);
}

TEST(Totp, the_uri_is_what_apps_read) {
    EXPECT_EQ(totp::to_base32(rfc_secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    EXPECT_EQ(totp::uri("Splot splot.example", "ewa@pcpr", rfc_secret),
              "otpauth://totp/Splot%20splot.example:ewa%40pcpr?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
              "&issuer=Splot%20splot.example&algorithm=SHA1&digits=6&period=30");
}

TEST(Codes, a_card_has_forty_and_a_recovery_sheet_ten_all_different) {
    for (const auto& [kind, count] : {std::pair{Factor::code_card, 40u}, std::pair{Factor::recovery_code, 10u}}) {
        std::set<std::string> different;
        for (const auto& code : codes::make(kind))
            different.insert(codes::typed(code));
        EXPECT_THAT(different, SizeIs(count));
    }
}

TEST(Codes, people_type_them_as_they_like_and_they_fit_one_person_and_one_sheet) {
    const std::vector<std::byte> key(32, std::byte{7});
    const PersonId nina(Uuid::parse("00000000-0000-4000-8000-000000000001").value());
    const PersonId iza(Uuid::parse("00000000-0000-4000-8000-000000000002").value());
    const auto mac = codes::mac(key, nina, Factor::recovery_code, "k7mp-2wqx-9hde");

    EXPECT_EQ(codes::mac(key, nina, Factor::recovery_code, "K7MP 2wqx9hde"), mac);
    EXPECT_NE(codes::mac(key, iza, Factor::recovery_code, "k7mp-2wqx-9hde"), mac);
    EXPECT_NE(codes::mac(key, nina, Factor::code_card, "k7mp-2wqx-9hde"), mac);
}

TEST(Codes, a_pin_is_no_row_of_digits) {
    for (const char* good : {"1357", "482913", "100200300400"})
        EXPECT_TRUE(codes::is_acceptable_pin(good)) << good;
    for (const char* bad : {"", "123", "1234", "9876", "0000", "12a4", "1234567890123"})
        EXPECT_FALSE(codes::is_acceptable_pin(bad)) << bad;
}

TEST(PasswordList, refuses_what_guessers_try_first) {
    const auto ok = [](std::string text, std::string_view login = {}) {
        return Passwords::is_acceptable(Personal(std::move(text)), login);
    };
    EXPECT_TRUE(ok("dobre haslo 7"));
    EXPECT_TRUE(ok("zażółć gęślą jaźń"));
    for (const char* bad : {"krotkie", "haslo1234", "Gops2026!", "PCPR-2026", "splot splot", "12345678", "Kierownik1"})
        EXPECT_FALSE(ok(bad)) << bad;
    EXPECT_FALSE(ok("ewa.zawadzka1", "ewa.zawadzka"));
}

TEST(Tries, E01_the_pause_grows_to_a_minute_and_the_password_rests_at_a_hundred) {
    const std::vector<int> wanted{0, 1, 2, 4, 8, 16, 32, 60, 60};
    for (std::size_t i = 0; i < wanted.size(); ++i)
        EXPECT_EQ(pause_after(static_cast<std::int32_t>(i)), seconds(wanted[i])) << i;

    const auto now = at(1'000'000'000);
    EXPECT_EQ(judge({0, now}, Guess::password, now), Verdict::allowed);
    EXPECT_EQ(judge({3, now + seconds(1)}, Guess::password, now), Verdict::too_soon);
    EXPECT_EQ(judge({100, now}, Guess::password, now), Verdict::resting);
    EXPECT_EQ(judge({100, now}, Guess::other, now), Verdict::allowed);
}

TEST(Tries, E01_ten_thousand_guesses_in_a_day_come_to_a_hundred) {
    auto now = at(1'000'000'000);
    Failures failures{0, now};
    int looked_at = 0;
    for (int guess = 0; guess < 10'000; ++guess, now += milliseconds(8640)) {
        if (judge(failures, Guess::password, now) != Verdict::allowed) continue;
        failures = charged(failures, now);
        ++looked_at;
    }
    EXPECT_EQ(looked_at, most_failures);
}

TEST(SignInLimits, a_network_is_a_24_or_a_48) {
    EXPECT_EQ(network_of("192.0.2.17"), "192.0.2.0/24");
    EXPECT_EQ(network_of("::ffff:192.0.2.17"), "192.0.2.0/24");
    EXPECT_EQ(network_of("2001:db8:1:2::3"), "20010db80001/48");
    EXPECT_EQ(network_of("?"), "?");
}

TEST(SignInLimits, E01_an_address_a_network_and_all_have_their_measure) {
    SignIns limits(1);
    const auto now = at(1'000'000'000);
    const auto spent = [&](const std::string& peer, int tries) {
        int allowed = 0;
        for (int i = 0; i < tries; ++i)
            allowed += limits.spend(peer, now);
        return allowed;
    };
    EXPECT_EQ(spent("192.0.2.1", 50), 20);
    int of_network = 20;
    for (int host = 2; host < 20; ++host)
        of_network += spent("192.0.2." + std::to_string(host), 20);
    EXPECT_EQ(of_network, 100);
    limits.give_back("192.0.2.1");
    EXPECT_EQ(spent("192.0.2.1", 5), 1);
    int of_all = 100;
    for (int network = 1; network < 30; ++network)
        of_all += spent("198.51." + std::to_string(network) + ".1", 20);
    EXPECT_EQ(of_all, 300);
}

TEST(Challenges, are_good_for_one_purpose_until_their_end) {
    const std::vector<std::byte> key(32, std::byte{1}), other(32, std::byte{2});
    const auto now = at(1'000'000'000);
    const auto text = passkeys::make_challenge(key, "sign_in", now + minutes(5));

    EXPECT_TRUE(passkeys::read_challenge(key, "sign_in", text, now));
    EXPECT_TRUE(passkeys::read_challenge(key, "sign_in", text, now + seconds(299)));
    EXPECT_FALSE(passkeys::read_challenge(key, "sign_in", text, now + minutes(5)));
    EXPECT_FALSE(passkeys::read_challenge(key, "step_up:x", text, now));
    EXPECT_FALSE(passkeys::read_challenge(other, "sign_in", text, now));
    EXPECT_FALSE(passkeys::read_challenge(key, "sign_in", "abc", now));
    EXPECT_NE(text, passkeys::make_challenge(key, "sign_in", now + minutes(5)));
}

TEST(Challenges, client_data_of_another_page_or_frame_or_kind_have_none) {
    const auto site = passkeys::site_of("https://splot.example:8443");
    EXPECT_EQ(site.rp_id, "splot.example");
    const auto data = [](std::string type, std::string origin, std::string more = {}) {
        return R"({"type":")" + type + R"(","challenge":"abc","origin":")" + origin + "\"" + more + "}";
    };
    const auto found = [&](const std::string& text) { return passkeys::challenge_in(text, "webauthn.get", site); };
    EXPECT_EQ(found(data("webauthn.get", "https://splot.example:8443")), "abc");
    EXPECT_EQ(found(data("webauthn.get", "https://splot.example:8443", R"(,"crossOrigin":false)")), "abc");
    EXPECT_EQ(found(data("webauthn.create", "https://splot.example:8443")), "");
    EXPECT_EQ(found(data("webauthn.get", "https://evil.example")), "");
    EXPECT_EQ(found(data("webauthn.get", "https://splot.example:8443", R"(,"crossOrigin":true)")), "");
    EXPECT_EQ(found("not json"), "");
}

TEST(Challenges, base64url_comes_back_as_it_was) {
    for (const std::string bytes : {"", "f", "fo", "foo", "\xff\xfe\xfd"})
        EXPECT_EQ(passkeys::from_text(passkeys::to_text(bytes)), bytes);
    EXPECT_EQ(passkeys::from_text("a b"), std::nullopt);
}

TEST(Days, E01_a_day_ends_at_midnight_in_warsaw) {
    const auto winter = sys_days(year(2026) / 1 / 15), summer = sys_days(year(2026) / 7 / 15);
    EXPECT_EQ(day_in_warsaw(winter - minutes(61)), Date(winter - days(1)));
    EXPECT_EQ(day_in_warsaw(winter - minutes(60)), Date(winter));
    EXPECT_EQ(day_in_warsaw(summer - minutes(121)), Date(summer - days(1)));
    EXPECT_EQ(day_in_warsaw(summer - minutes(120)), Date(summer));
}

/// Each condition of a level, and its neighbour that differs in one thing.
TEST(Levels, E01_each_needs_what_it_says) {
    const auto now = at(1'000'000'000);
    using access::DeviceFact;
    const DeviceFact fresh{{}, {}, now + hours(1), SessionLevel::full, now + minutes(1), false};
    auto full = fresh, first = fresh, locked = fresh, over = fresh;
    full.fresh_until = now;
    first.level = SessionLevel::first;
    locked.locked = true;
    over.until = now;
    const auto reach = [&](const DeviceFact& device, std::optional<Instant> exports_from = {}) {
        std::string reached;
        for (const auto level :
             {Level::nobody, Level::known, Level::enrolling, Level::full, Level::fresh, Level::exporting})
            reached += access::reaches_level(device, exports_from, level, now) ? '1' : '0';
        return reached;
    };
    EXPECT_EQ(reach(fresh), "111111");
    EXPECT_EQ(reach(full), "110100");
    EXPECT_EQ(reach(first), "111000");
    EXPECT_EQ(reach(locked), "100000");
    EXPECT_EQ(reach(over), "100000");
    EXPECT_EQ(reach(fresh, now + hours(1)), "111110");
    EXPECT_EQ(reach(fresh, now), "111111");
}

TEST(Levels, E01_a_refusal_says_what_to_do) {
    const auto now = at(1'000'000'000);
    const auto code = [&](std::optional<SessionLevel> level, Level needed, std::optional<Instant> exports_from = {}) {
        return access::problem_of_level(level, needed, exports_from, now).code;
    };
    EXPECT_EQ(code(std::nullopt, Level::full), Code::unauthenticated);
    EXPECT_EQ(code(SessionLevel::first, Level::full), Code::enrolment_required);
    EXPECT_EQ(code(SessionLevel::first, Level::fresh), Code::enrolment_required);
    EXPECT_EQ(code(SessionLevel::full, Level::fresh), Code::step_up_required);
    EXPECT_EQ(code(SessionLevel::full, Level::enrolling), Code::step_up_required);
    EXPECT_EQ(code(SessionLevel::full, Level::exporting), Code::step_up_required);
    EXPECT_EQ(code(SessionLevel::full, Level::exporting, now + hours(1)), Code::gate_closed);
}

} // namespace
} // namespace splot::identity
