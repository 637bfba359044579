// The first start of a demonstration is cut off: the second one makes it whole (D-01).
#include "tests/faults/aftermath.h"
#include "tests/faults/talk.h"

#include "hub/demonstration/world.h"

namespace splot::faults {
namespace {

/// Killed once `table` has some rows; then started again.
void cut_off_at(const std::string& table, std::int64_t rows) {
    SCOPED_TRACE(table);
    const auto world = demonstration::read_world();
    Stage stage({.cut_off_when = [&](Stage& half) { return count_rows(half, table) >= rows; }});

    EXPECT_EQ(count_rows(stage, "message"), static_cast<std::int64_t>(world.messages.size()));
    EXPECT_EQ(count_rows(stage, "person"), static_cast<std::int64_t>(world.persons.size()) + 1);
    Talker ewa(stage, animator);
    const auto started = run(stage.io, ewa.client().start());
    ASSERT_TRUE(started);
    EXPECT_FALSE(started->channels.empty());

    stage.hub().kill(); // whole as it is, it is left alone
    stage.start_hub();
    EXPECT_EQ(count_rows(stage, "message"), static_cast<std::int64_t>(world.messages.size()));
}

TEST(FirstStart, D01_a_world_cut_off_among_its_institutions_is_loaded_anew) { cut_off_at("institution", 5); }
TEST(FirstStart, D01_a_world_cut_off_among_its_messages_is_loaded_anew) { cut_off_at("message", 20); }

/// Both find a world that a third one left half done.
TEST(FirstStart, D01_two_hubs_that_start_together_make_one_world) {
    Stage stage({.hubs = 2, .cut_off_when = [](Stage& half) { return count_rows(half, "institution") >= 2; }});
    const auto world = demonstration::read_world();
    EXPECT_EQ(count_rows(stage, "message"), static_cast<std::int64_t>(world.messages.size()));
}

} // namespace
} // namespace splot::faults
