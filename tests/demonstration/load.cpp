// The loaded demonstration, as people find it.
#include "tests/world/world.h"

#include "hub/demonstration/days.h"

#include <algorithm>
#include <ctime>
#include <set>

namespace splot::demonstration {
namespace {

using namespace world;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

class Demonstration : public WorldTest {};

TEST_F(Demonstration, D09_has_three_weeks_of_talk_in_the_channels_of_two_teams) {
    const auto rows = world.query("SELECT count(*) AS n FROM message");
    EXPECT_EQ(rows[0].get<std::int64_t>("n"), 264);
    EXPECT_THAT(then(ewa).texts(daily().channel), testing::Not(testing::IsEmpty()));
    EXPECT_EQ(then(ewa).expect(then(ewa).lists(daily().channel), "list").has_older, true);
}

TEST_F(Demonstration, D08_one_person_works_in_two_teams) {
    std::set<std::string> teams;
    for (const auto& team : then(sylwia).started().teams)
        teams.insert(team.name);
    EXPECT_EQ(teams, (std::set<std::string>{std::string(pzk), std::string(miasto)}));
}

TEST_F(Demonstration, D02_says_that_it_is_one) { EXPECT_TRUE(then(nina).started().demonstration); }

TEST_F(Demonstration, D03_whoever_has_a_card_can_enter_and_has_somewhere_to_read) {
    const auto doors = Visitor::expect(run(world.io(), world.stranger(world.hub()).client().doors()), "doors");
    ASSERT_TRUE(doors.demonstration);
    auto cards = doors.cards;
    std::erase_if(cards, [](const door::Card& card) { return card.sentence.empty(); }); // "someone else"
    ASSERT_EQ(cards.size(), 5u);
    for (const auto& card : cards) {
        const Who who{card.login};
        EXPECT_FALSE(world.another(who).started().channels.empty()) << card.login;
    }
}

TEST_F(Demonstration, D04_dates_are_relative_to_the_day_of_loading) {
    const auto first = world.query("SELECT min(at) AS first, max(at) AS last FROM message");
    const auto day = day_of_loading(beginning);

    EXPECT_EQ(first[0].get<Instant>("first"), moment(day, -15, "08:42"));
    EXPECT_EQ(first[0].get<Instant>("last"), moment(day, -1, "11:34"));
    EXPECT_THAT(then(ewa).texts(daily().channel), Each(Not(HasSubstr("{"))));
}

TEST_F(Demonstration, D09_an_audience_hides_talk_from_the_rest) {
    const auto has = [](const std::vector<std::string>& texts, std::string_view words) {
        return std::ranges::any_of(texts, [&](const auto& text) { return text.find(words) != std::string::npos; });
    };
    EXPECT_TRUE(has(then(hanna).texts(daily().channel), "Do szkoły, ośrodka i urzędu w Zaborzu"));
    EXPECT_FALSE(has(then(nina).texts(daily().channel), "Do szkoły, ośrodka i urzędu w Zaborzu"));
}

TEST_F(Demonstration, E02_a_telephone_call_is_entered_for_the_one_who_called) {
    const auto page = Visitor::expect(then(ewa).lists(world.channel("Lista aktywności i usług"), 200), "list");
    const auto entered =
        std::ranges::find_if(page.messages, [](const Message& message) { return message.author.way.has_value(); });
    ASSERT_NE(entered, page.messages.end());
    EXPECT_EQ(entered->author.person, world.person(krystyna));
    EXPECT_EQ(entered->author.entered_by, world.person(filip));
}

TEST(DemonstrationLoading, D41_takes_less_than_ten_seconds) {
    const auto database = clone_database();
    const auto began = std::clock(); // this program's own work: others on the machine must not fail it
    load_demonstration(database.conninfo());
    EXPECT_LT((std::clock() - began) / CLOCKS_PER_SEC, 10);
}

} // namespace
} // namespace splot::demonstration
