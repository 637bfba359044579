// A hub that neither answers nor closes: its clients find out by their pings.
#include "tests/faults/talk.h"

#include <csignal>
#include <cstdlib>
#include <gmock/gmock.h>

namespace splot::faults {
namespace {

TEST(Frozen, a_client_notices_a_frozen_hub_within_45_seconds_and_comes_back) {
    if (!std::getenv("SPLOT_TEST_LONG")) GTEST_SKIP() << "takes as long as a client's patience: tests/run --long";
    Stage stage;
    const auto room = stage.make_rooms(1, 0).front();
    Talker nina(stage, "nina.gajda");

    stage.hub().signal(SIGSTOP);
    const auto notice = run(stage.io, nina.client().next(std::chrono::seconds(45)));

    ASSERT_TRUE(notice) << "not noticed in 45 s";
    EXPECT_TRUE(std::holds_alternative<client::Lost>(*notice));
    stage.hub().signal(SIGCONT);
    EXPECT_TRUE(run(stage.io, nina.client().connect()));
    EXPECT_EQ(outcome_of(nina.post(room, "Piórko po przerwie")), "ok");
}

} // namespace
} // namespace splot::faults
