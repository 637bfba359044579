#include "hub/server/outbox.h"

#include <gmock/gmock.h>

#include <random>

namespace splot::tests {
namespace {

using Added = Outbox::Added;

Frame frame(std::string text) { return std::make_shared<const std::string>(std::move(text)); }
Frame frame(std::size_t size) { return frame(std::string(size, 'x')); }

class OutboxTest : public ::testing::Test {
protected:
    Limits limits;
    Outbox outbox{limits};
};

TEST_F(OutboxTest, one_object_is_not_copied) {
    const auto one = frame("{}");
    outbox.add(one, FrameKind::event);
    EXPECT_EQ(outbox.take().single, one);
}

TEST_F(OutboxTest, several_objects_are_joined_in_order) {
    outbox.add(frame("1"), FrameKind::event);
    outbox.add(frame("2"), FrameKind::answer);
    outbox.add(frame("3"), FrameKind::whisper);
    const auto batch = outbox.take();
    EXPECT_EQ(batch.joined, "[1,2,3]");
    EXPECT_EQ(batch.objects, 3U);
    EXPECT_TRUE(outbox.is_empty());
}

TEST_F(OutboxTest, a_batch_is_at_most_64_KiB_unless_one_object_is_larger) {
    outbox.add(frame(limits.frame_out / 2), FrameKind::event);
    outbox.add(frame(limits.frame_out / 2 - 3), FrameKind::event);
    outbox.add(frame(2 * limits.frame_out), FrameKind::event);
    EXPECT_LE(outbox.take().joined.size(), limits.frame_out);
    EXPECT_EQ(outbox.take().single->size(), 2 * limits.frame_out);
}

TEST_F(OutboxTest, an_overflow_drops_events_and_keeps_answers) {
    outbox.add(frame("\"answer\""), FrameKind::answer);
    for (std::size_t i = 1; i < limits.queue_frames; ++i)
        EXPECT_EQ(outbox.add(frame("1"), FrameKind::event), Added::queued);
    EXPECT_EQ(outbox.add(frame("1"), FrameKind::event), Added::overflowed);
    EXPECT_EQ(outbox.add(frame("1"), FrameKind::event), Added::dropped);
    EXPECT_EQ(*outbox.take().single, "\"answer\"");
    EXPECT_TRUE(outbox.is_empty());
    outbox.sent();
    outbox.end_overflow();
    EXPECT_EQ(outbox.add(frame("1"), FrameKind::event), Added::queued);
}

TEST_F(OutboxTest, a_whisper_makes_room_for_an_event) {
    for (std::size_t i = 0; i < limits.queue_frames; ++i)
        outbox.add(frame("1"), FrameKind::whisper);
    EXPECT_EQ(outbox.add(frame("2"), FrameKind::event), Added::queued);
    EXPECT_EQ(*outbox.take().single, "2");
}

TEST_F(OutboxTest, what_is_in_flight_counts) {
    outbox.add(frame(limits.queue), FrameKind::event);
    outbox.take();
    outbox.add(frame(1), FrameKind::event);
    EXPECT_EQ(outbox.add(frame(1), FrameKind::event), Added::overflowed);
}

TEST_F(OutboxTest, too_many_answers_exhaust_it) {
    while (outbox.answers() + 100'000 <= limits.answers_most)
        EXPECT_EQ(outbox.add(frame(100'000), FrameKind::answer), Added::queued);
    EXPECT_EQ(outbox.add(frame(100'000), FrameKind::answer), Added::exhausted);
}

TEST_F(OutboxTest, it_never_holds_more_than_2_MiB_of_usual_objects) {
    std::mt19937 random(7);
    std::size_t most = 0;
    for (int i = 0; i < 20'000; ++i) {
        outbox.add(frame(random() % 50'000), static_cast<FrameKind>(random() % 3));
        if (random() % 20 == 0 && !outbox.is_empty()) outbox.take();
        if (random() % 40 == 0) outbox.sent();
        if (outbox.is_empty()) outbox.end_overflow();
        most = std::max(most, outbox.bytes());
    }
    EXPECT_LE(most, 2U * 1024 * 1024);
    EXPECT_GE(most, limits.queue);
}

} // namespace
} // namespace splot::tests
