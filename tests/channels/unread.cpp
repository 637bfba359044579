// What waits unread, how far one has read, who is writing now.
#include "tests/world/world.h"

#include <algorithm>

namespace splot::channels {
namespace {

using namespace world;
using streams::Whisper;
using testing::IsEmpty;
using testing::SizeIs;

class Unread : public WorldTest {
protected:
    static std::size_t count(const std::vector<Whisper>& whispers, std::string_view kind) {
        return static_cast<std::size_t>(std::ranges::count(whispers, kind, &Whisper::kind));
    }
};

TEST_F(Unread, reading_up_to_a_message_leaves_what_came_after_it) {
    const auto place = given_channel();
    const auto first = when(nina).posts(place, "1");
    when(nina).says(place, "2", {.mentions = {world.person(hanna)}});
    EXPECT_EQ(then(hanna).state_of(place.channel)->unread, 2);
    EXPECT_EQ(then(hanna).state_of(place.channel)->mentions, 1);

    EXPECT_THAT(when(hanna).reads_up_to(place.channel, *first->cursor), answered());

    const auto state = then(hanna).state_of(place.channel);
    EXPECT_EQ(state->unread, 1);
    EXPECT_EQ(state->read, first->cursor);
    EXPECT_EQ(then(tomasz).state_of(place.channel)->unread, 2);
}

TEST_F(Unread, a_read_mark_never_moves_back) {
    const auto place = given_channel();
    const auto first = when(nina).posts(place, "1");
    const auto second = when(nina).posts(place, "2");

    EXPECT_THAT(when(hanna).reads_up_to(place.channel, *second->cursor), answered());
    EXPECT_THAT(when(hanna).reads_up_to(place.channel, *first->cursor), answered());

    EXPECT_EQ(then(hanna).state_of(place.channel)->unread, 0);
}

TEST_F(Unread, a_cursor_of_another_channel_is_no_read_mark) {
    const auto place = given_channel();
    const auto there = when(nina).posts(place, "1");
    const auto here = when(nina).posts(daily(), "1");

    EXPECT_THAT(when(hanna).reads_up_to(place.channel, *here->cursor), refused(Code::invalid));
    EXPECT_THAT(when(hanna).reads_up_to(place.channel, *there->cursor), answered());
}

TEST_F(Unread, a_read_mark_is_told_to_the_persons_other_program_only) {
    const auto place = given_channel();
    const auto message = when(nina).posts(place, "1");
    auto& telephone = world.another(hanna);
    given_present({hanna, tomasz});
    telephone.hears();

    EXPECT_THAT(when(hanna).reads_up_to(place.channel, *message->cursor), answered());

    EXPECT_EQ(count(telephone.heard<Whisper>(), "read"), 1u);
    EXPECT_EQ(count(then(tomasz).heard<Whisper>(), "read"), 0u);
}

TEST_F(Unread, A13_typing_is_seen_by_whoever_reads_the_channel_and_by_nobody_else) {
    const auto place = given_channel({.name = "Zamknięty", .lane = Lane::listed, .listed = {nina}});
    given_present({nina, hanna});
    when(ewa).gets(Typing{place.channel, place.topic});

    const auto seen = then(nina).heard<Whisper>();
    ASSERT_EQ(count(seen, "typing"), 1u);
    const auto typing = std::ranges::find(seen, "typing", &Whisper::kind);
    EXPECT_EQ(typing->person, world.person(ewa));
    EXPECT_EQ(typing->topic, place.topic);
    EXPECT_EQ(count(then(hanna).heard<Whisper>(), "typing"), 0u);
    EXPECT_THAT(when(hanna).asks(Typing{place.channel, place.topic}), refused(Code::not_found));
}

TEST_F(Unread, presence_is_told_to_colleagues) {
    given_present({hanna});
    then(hanna).hears();

    when(nina);
    const auto came = then(hanna).waits_for<Whisper>();
    ASSERT_TRUE(came);
    EXPECT_EQ(came->kind, "present");
    EXPECT_EQ(came->person, world.person(nina));
    then(hanna).start();
    EXPECT_THAT(then(hanna).started().present, testing::Contains(world.person(nina)));
}

} // namespace
} // namespace splot::channels
