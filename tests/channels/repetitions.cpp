// The same call twice: done once.
#include "tests/world/world.h"

#include "clients/cli/request_id.h"
#include "protocol/teams/methods.h"

namespace splot::channels {
namespace {

using namespace world;
using testing::SizeIs;

class Repetitions : public WorldTest {};

TEST_F(Repetitions, a_repeated_post_is_the_first_one) {
    const auto place = given_channel();
    const auto id = when(nina).new_id();

    const auto first = when(nina).posts(place, "Raz.", {}, {}, id);
    const auto second = when(nina).posts(place, "Raz.", {}, {}, id);

    ASSERT_THAT(second, answered());
    EXPECT_EQ(first->made, second->made);
    EXPECT_EQ(first->cursor, second->cursor);
    EXPECT_THAT(then(nina).texts(place.channel), SizeIs(1));
}

TEST_F(Repetitions, the_same_id_with_another_text_is_a_conflict) {
    const auto id = when(nina).new_id();

    EXPECT_THAT(when(nina).posts(daily(), "Raz.", {}, {}, id), answered());
    EXPECT_THAT(when(nina).posts(daily(), "Dwa.", {}, {}, id), refused(Code::conflict));
    EXPECT_THAT(when(hanna).posts(daily(), "Dwa.", {}, {}, id), answered()); // an id belongs to one person's device
}

TEST_F(Repetitions, a_repeated_write_is_the_first_one_and_another_one_a_conflict) {
    const auto id = when(ewa).new_id();
    const CreateTopic topic{daily().channel, "Nowy"}, other{daily().channel, "Inny"};

    const auto first = when(ewa).asks(topic, {}, id);
    const auto second = when(ewa).asks(topic, {}, id);

    ASSERT_THAT(second, answered());
    EXPECT_EQ(first->made, second->made);
    EXPECT_THAT(when(ewa).asks(other, {}, id), refused(Code::conflict));
}

TEST_F(Repetitions, two_at_once_make_one_thing) {
    const auto place = given_channel();
    const auto id = when(nina).new_id();
    const PostMessage ask{place.channel, place.topic, Personal<std::string>("Raz."), {}, {}, {}, {}, {}};

    const auto one = when(nina).begins(ask, {}, id);
    auto& telephone = when(nina); // the same device: an id is repeated by whoever made it
    const auto two = telephone.posts(place, "Raz.", {}, {}, id);
    const auto first = when(nina).ends<Made>(one);

    EXPECT_TRUE(first || two);
    EXPECT_THAT(then(nina).texts(place.channel), SizeIs(1));
}

TEST_F(Repetitions, T09_a_repetition_runs_access_again) {
    const auto place = given_channel();
    const auto id = when(nina).new_id();
    EXPECT_THAT(when(nina).posts(place, "Raz.", {}, {}, id), answered());
    const auto mandate = when(nina).mandate(world.team()).id;
    when(grzegorz).gets(teams::EndMandate{mandate});
    ASSERT_TRUE(then(nina).waits_for<streams::Wipe>()); // the end has come round

    EXPECT_THAT(when(nina).posts(place, "Raz.", {}, {}, id), refused(Code::not_found));
}

TEST_F(Repetitions, an_id_older_than_a_week_or_of_tomorrow_is_refused) {
    const auto id_at = [&](std::chrono::hours ahead) {
        return RequestId(client::uuid_at(
            std::chrono::floor<std::chrono::milliseconds>((world.clock.now() + ahead).time_since_epoch()), 7, 7));
    };
    EXPECT_THAT(when(nina).posts(daily(), "Dawno.", {}, {}, id_at(std::chrono::hours(-7 * 24 - 1))),
                refused(Code::invalid));
    EXPECT_THAT(when(nina).posts(daily(), "Jutro.", {}, {}, id_at(std::chrono::hours(24))), refused(Code::invalid));
    EXPECT_THAT(when(nina).posts(daily(), "Wczoraj.", {}, {}, id_at(std::chrono::hours(-24))), answered());
}

} // namespace
} // namespace splot::channels
