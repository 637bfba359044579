// A hub that goes, in order or at once, and another that stays.
#include "tests/faults/aftermath.h"

#include "storage/async/run.h"

#include <csignal>

namespace splot::faults {
namespace {

constexpr Fleet::Size small{6, 1, 1};

/// The notices of a client until the connection ends.
Async<std::vector<client::Notice>> until_lost(client::Client& client) {
    std::vector<client::Notice> heard;
    for (;;) {
        const auto notice = co_await client.next(std::chrono::seconds(30));
        if (!notice || std::holds_alternative<client::Lost>(*notice)) co_return heard;
        heard.push_back(*notice);
    }
}

TEST(Leaving, a_hub_told_to_stop_says_so_finishes_and_leaves_within_10_seconds) {
    SCOPED_TRACE("SPLOT_TEST_SEED=" + std::to_string(seed()));
    Stage stage;
    Ordeal ordeal(stage, stage.make_rooms(2, 1), small);
    const auto bystander = stage.connect(animator);
    ASSERT_TRUE(ordeal.fleet().await_acknowledged(60));

    stage.hub().signal(SIGTERM);
    EXPECT_EQ(stage.hub().wait(std::chrono::seconds(10)), 0);

    const auto heard = run(stage.io, until_lost(*bystander));
    const auto drain =
        std::ranges::find_if(heard, [](const client::Notice& n) { return std::holds_alternative<streams::Drain>(n); });
    ASSERT_NE(drain, heard.end()) << "no drain notice";
    EXPECT_GE(std::get<streams::Drain>(*drain).retry_after_ms, 0);
    stage.start_hub();
    EXPECT_TRUE(ordeal.fleet().await_acknowledged(30));
    ordeal.expect_every_promise_kept();
}

TEST(Leaving, a_second_hub_takes_over_from_a_killed_one) {
    SCOPED_TRACE("SPLOT_TEST_SEED=" + std::to_string(seed()));
    Stage stage({.hubs = 2});
    Ordeal ordeal(stage, stage.make_rooms(2, 1), small); // half of them at each hub
    ASSERT_TRUE(ordeal.fleet().await_acknowledged(60));

    stage.hub(0).kill();
    EXPECT_TRUE(ordeal.fleet().await_acknowledged(60)) << "the second hub does not serve alone";
    stage.start_hub(0);
    EXPECT_TRUE(ordeal.fleet().await_acknowledged(30));
    ordeal.expect_every_promise_kept();
}

} // namespace
} // namespace splot::faults
