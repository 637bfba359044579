#include "clients/cli/names.h"

#include <gmock/gmock.h>

using namespace splot;
using namespace splot::cli;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Names, folding_takes_case_marks_and_punctuation_away) {
    EXPECT_EQ(fold("Zażółć GĘŚLĄ jaźń"), "zazolc gesla jazn");
    EXPECT_EQ(fold("PZK Trzyrzecze – Lipniki (demo)"), "pzk trzyrzecze lipniki demo");
    EXPECT_EQ(fold("Stowarzyszenie „Razem”"), "stowarzyszenie razem");
    EXPECT_EQ(fold("  "), "");
}

TEST(Names, bytes_that_are_no_text_do_no_harm) { EXPECT_EQ(fold("ab\xC5"), "ab\xEF\xBF\xBD"); }

TEST(Names, a_query_fits_better_or_worse) {
    EXPECT_EQ(fit("ogolny", "Ogólny"), Fit::same);
    EXPECT_EQ(fit("og", "Ogólny"), Fit::begins);
    EXPECT_EQ(fit("prac kat", "Praca nad katalogiem"), Fit::words_begin);
    EXPECT_EQ(fit("talog", "Praca nad katalogiem"), Fit::within);
    EXPECT_EQ(fit("kat prac", "Praca nad katalogiem"), Fit::not_at_all);
    EXPECT_EQ(fit("", "Ogólny"), Fit::not_at_all);
}

struct Channels : testing::Test {
    std::vector<Candidate> all{{{"Ogólny"}, "0197-a", "PZK Trzyrzecze"},
                               {{"Ogłoszenia"}, "0197-b", "PZK Trzyrzecze"},
                               {{"Ogólny"}, "0197-c", "Partnerstwo Praca"},
                               {{"Kierownicy"}, "0197-d", "PZK Trzyrzecze"}};
};

TEST_F(Channels, a_unique_part_of_a_name_is_enough) { EXPECT_THAT(best_fits("kier", all), ElementsAre(3)); }

TEST_F(Channels, the_same_name_in_two_teams_is_ambiguous) { EXPECT_THAT(best_fits("Ogólny", all), ElementsAre(0, 2)); }

TEST_F(Channels, the_team_before_the_slash_decides) {
    EXPECT_THAT(best_fits("pzk/ogolny", all), ElementsAre(0));
    EXPECT_THAT(best_fits("Partnerstwo Praca/Ogólny", all), ElementsAre(2));
    EXPECT_THAT(best_fits("praca/kier", all), IsEmpty());
}

TEST_F(Channels, a_whole_name_wins_over_a_beginning) {
    all.push_back({{"Ogólny dyżur"}, {}, "Inny"});
    EXPECT_THAT(best_fits("ogólny", all), ElementsAre(0, 2));
    EXPECT_THAT(best_fits("ogólny d", all), ElementsAre(4));
}

TEST_F(Channels, an_id_is_a_name) { EXPECT_THAT(best_fits("0197-b", all), ElementsAre(1)); }

TEST(ShortIds, fit_from_both_ends_with_at_least_four_digits) {
    const auto id = *Uuid::parse("01970b5c-7a11-7c3e-9d2f-3b8c5d4f09ac");
    EXPECT_EQ(short_id(id), "4f09ac");
    EXPECT_TRUE(id_fits(id, "4f09ac"));
    EXPECT_TRUE(id_fits(id, "09AC"));
    EXPECT_TRUE(id_fits(id, "01970b5c-7a11"));
    EXPECT_TRUE(id_fits(id, id.text()));
    EXPECT_FALSE(id_fits(id, "9ac"));
    EXPECT_FALSE(id_fits(id, "7a11"));
}

TEST(Mentions, are_names_after_an_at_sign) {
    const std::vector<std::string> people{"Ewa Zawadzka", "Adam Król", "Ewa"};
    EXPECT_THAT(mentioned("@Adam Król, proszę o numer; @ewa zawadzka też", people), ElementsAre(1, 0));
    EXPECT_THAT(mentioned("@Ewa i @Ewa", people), ElementsAre(2));
    EXPECT_THAT(mentioned("@Ewaryst pisze do adam@krol.example", people), IsEmpty());
}
