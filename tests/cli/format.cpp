#include "clients/cli/format.h"

#include "clients/cli/calendar.h"
#include "clients/cli/utf8.h"
#include "clients/cli/words.h"

#include <gmock/gmock.h>

using namespace splot;
using namespace splot::cli;
using testing::HasSubstr;
using testing::Not;

namespace {

Instant at(const char* text) { return *parse_instant(text); }

MessageView sample() {
    return {"4f09ac", at("2026-11-24T08:05:00Z"), "Nina Gajda (PUP)", {}, "Terminy", "Jutro o 9:00.\nMoże być?"};
}

} // namespace

TEST(Calendar, shows_Warsaw_in_winter_and_in_summer) {
    EXPECT_EQ(clock_text(at("2026-01-15T12:00:00Z")), "13:00");
    EXPECT_EQ(clock_text(at("2026-07-15T12:00:00Z")), "14:00");
}

TEST(Calendar, changes_the_clocks_on_the_last_Sundays) {
    EXPECT_EQ(clock_text(at("2026-03-29T00:59:59Z")), "1:59");
    EXPECT_EQ(clock_text(at("2026-03-29T01:00:00Z")), "3:00");
    EXPECT_EQ(clock_text(at("2026-10-25T00:59:59Z")), "2:59");
    EXPECT_EQ(clock_text(at("2026-10-25T01:00:00Z")), "2:00");
}

TEST(Calendar, reads_a_day_as_its_midnight_in_Warsaw) {
    EXPECT_EQ(read_moment("2026-11-24"), at("2026-11-23T23:00:00Z"));
    EXPECT_EQ(read_moment("2026-03-29"), at("2026-03-28T23:00:00Z"));
    EXPECT_EQ(read_moment("2026-03-30"), at("2026-03-29T22:00:00Z"));
    EXPECT_EQ(read_moment("2026-10-26"), at("2026-10-25T23:00:00Z"));
    EXPECT_EQ(read_moment("2026-11-24T10:00:00+01:00"), at("2026-11-24T09:00:00Z"));
    EXPECT_EQ(read_moment("jutro"), std::nullopt);
}

TEST(Calendar, names_days_in_Polish) {
    EXPECT_EQ(day_text(warsaw(at("2026-11-24T08:00:00Z")).day), "wtorek, 24 listopada 2026");
    EXPECT_EQ(moment_text(at("2026-11-24T23:30:00Z")), "25.11.2026, 0:30");
}

TEST(Words, numbers_take_their_Polish_form) {
    EXPECT_EQ(counted(1, "nowa", "nowe", "nowych"), "1 nowa");
    EXPECT_EQ(counted(3, "nowa", "nowe", "nowych"), "3 nowe");
    EXPECT_EQ(counted(12, "nowa", "nowe", "nowych"), "12 nowych");
    EXPECT_EQ(counted(21, "nowa", "nowe", "nowych"), "21 nowych");
    EXPECT_EQ(counted(122, "nowa", "nowe", "nowych"), "122 nowe");
    EXPECT_EQ(counted(0, "nowa", "nowe", "nowych"), "0 nowych");
}

TEST(MessageText, says_when_who_where_and_what) {
    EXPECT_EQ(format_message(sample(), {}), " 9:05 Terminy · Nina Gajda (PUP)  4f09ac\n"
                                            "      Jutro o 9:00.\n"
                                            "      Może być?\n");
}

TEST(MessageText, E02_says_who_entered_it_and_A43_who_reads_it) {
    auto message = sample();
    message.author = "Adam Król (PCPR), telefonicznie, zapisała osoba: Ewa Zawadzka";
    message.audience = {"PCPR", "GOPS Lipniki"};
    const auto text = format_message(message, {});
    EXPECT_THAT(text, HasSubstr("telefonicznie, zapisała osoba: Ewa Zawadzka"));
    EXPECT_THAT(text, HasSubstr("      tylko: PCPR, GOPS Lipniki\n"));
}

TEST(MessageText, a_deleted_message_is_a_stub) {
    auto message = sample();
    message.deleted = true;
    EXPECT_THAT(format_message(message, {}), HasSubstr("      (usunięta)\n"));
    EXPECT_THAT(format_message(message, {}), Not(HasSubstr("Jutro")));
}

TEST(MessageText, has_colours_only_where_asked) {
    EXPECT_THAT(format_message(sample(), {}), Not(HasSubstr("\x1b")));
    EXPECT_THAT(format_message(sample(), Look{true, 80}), HasSubstr("\x1b["));
}

TEST(MessageText, a_strangers_escape_codes_do_not_reach_the_terminal) {
    auto message = sample();
    message.text = "\x1b]0;tytuł\x07 \xC2\x9B"
                   "31m \xE2\x80\xAE abc\r";
    const auto text = format_message(message, {});
    EXPECT_EQ(text.find_first_of("\x1b\x07\r"), std::string::npos);
    EXPECT_THAT(text, Not(HasSubstr("\xC2\x9B")));
    EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
}

TEST(Lines, break_between_words_and_keep_long_words_whole) {
    EXPECT_EQ(indented("ala ma kota a kot ma ale i jeszcze", 2, 26), "  ala ma kota a kot ma ale\n  i jeszcze\n");
    EXPECT_EQ(indented("ala ma kota a kot ma aleks", 2, 26), "  ala ma kota a kot ma\n  aleks\n");
    EXPECT_EQ(indented("żółw żółw żółw żółw żółw", 2, 26), "  żółw żółw żółw żółw żółw\n");
    EXPECT_EQ(indented("https://bardzo.dlugi.adres.example/bez/spacji dalej", 0, 30),
              "https://bardzo.dlugi.adres.example/bez/spacji\ndalej\n");
    EXPECT_EQ(indented("a\n\nb", 2, 0), "  a\n\n  b\n");
}

TEST(Lines, are_shortened_by_characters) {
    EXPECT_EQ(shortened("zażółć", 6), "zażółć");
    EXPECT_EQ(shortened("zażółć gęślą", 7), "zażółć…");
    EXPECT_EQ(shortened("dwa\nwiersze", 20), "dwa wiersze");
}

TEST(Tables, align_by_characters) {
    EXPECT_EQ(format_table({{"żółw", "x"}, {"ab", "y"}, {"abcdef", ""}}, 1), " żółw    x\n ab      y\n abcdef\n");
}
