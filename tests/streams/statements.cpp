// How many statements a first screen costs.
#include "tests/world/world.h"

#include <algorithm>

namespace splot::streams {
namespace {

using namespace world;

/// Nobody looks at heads or epochs meanwhile, so that only what a person asks for is counted.
class Statements : public WorldTest {
protected:
    Statements() :
        WorldTest({.adjust = [](Settings& settings) {
            settings.limits.poll_every = std::chrono::hours(1);
            settings.limits.notify = false;
            settings.hub.shards = 1;
        }}) {}

    std::uint64_t statements() {
        std::uint64_t sum = 0;
        world.hub().run_on(0, [&sum](Desk& desk) -> Async<void> {
            sum = desk.app.statements() + desk.log.statements() + desk.door.statements();
            co_return;
        });
        return sum;
    }
    /// Of the cheapest of three: a look at what moved may still be under way during the first.
    std::uint64_t statements_of_a_start(Visitor& visitor) {
        std::uint64_t least = UINT64_MAX;
        for (int i = 0; i < 3; ++i) {
            const auto before = statements();
            visitor.start();
            visitor.hears(); // what follows the answer has run
            least = std::min(least, statements() - before);
        }
        return least;
    }
};

TEST_F(Statements, a_first_screen_costs_the_same_for_four_channels_and_for_forty) {
    auto& visitor = when(nina);
    const auto few = visitor.started().channels.size();
    const auto for_few = statements_of_a_start(visitor);

    for (int i = 0; i < 36; ++i)
        when(ewa).gets(
            channels::CreateChannel{world.team(), {}, "Nowy " + std::to_string(i), "", Lane::all, false, {}});
    const auto for_many = statements_of_a_start(visitor);

    EXPECT_EQ(visitor.started().channels.size(), few + 36);
    EXPECT_EQ(for_many, for_few);
    EXPECT_LE(for_many, 12u);
}

TEST_F(Statements, T45_the_first_screen_of_a_newcomer_costs_no_more) {
    const auto joined_later = world.query("SELECT count(*) AS n FROM mandate m JOIN channel c ON c.team_id = m.team_id "
                                          "WHERE m.from_at > c.made_at AND m.person_id = '" +
                                          world.person(jan).text() + "'");
    ASSERT_GT(joined_later[0].get<std::int64_t>("n"), 0);

    EXPECT_EQ(statements_of_a_start(when(jan)), statements_of_a_start(when(nina)));
}

} // namespace
} // namespace splot::streams
