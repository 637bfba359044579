// Labels: what is within what, and how the audience of a message is settled.
#include "hub/channels/audience.h"
#include "tests/access/facts.h"

#include <gmock/gmock.h>

namespace splot::access {
namespace {

using namespace given;
using channels::settle_audience;
using testing::ElementsAre;
using testing::IsEmpty;

const auto school = id<InstitutionId>(13);
const auto adam = id<PersonId>(3);
const Author iza_of_office{iza, id<MandateId>(41), office, {}, {}};

std::optional<Audience> asked(std::vector<InstitutionId> institutions, std::vector<PersonId> persons = {}) {
    return Audience{std::move(institutions), std::move(persons)};
}
const Problem wider = refuse(Code::invalid, "A-43", "params.audience");

TEST(IsWithin, A43_fewer_institutions_are_within_more) {
    EXPECT_TRUE(is_within(only(std::vector{centre}), only(std::vector{centre, office})));
    EXPECT_FALSE(is_within(only(std::vector{centre, office}), only(std::vector{centre})));
    EXPECT_FALSE(is_within(only(std::vector{school}), only(std::vector{centre, office})));
}

TEST(IsWithin, A43_a_list_is_within_everybody_and_not_the_other_way_round) {
    EXPECT_TRUE(is_within(only(std::vector{nina}), everybody()));
    EXPECT_FALSE(is_within(everybody(), only(std::vector{nina})));
    EXPECT_TRUE(is_within(everybody(), everybody()));
}

TEST(IsWithin, A43_persons_are_not_within_institutions_unless_those_are_named_too) {
    EXPECT_FALSE(is_within(only(std::vector{nina}), only(std::vector{office})));
    Label both = only(std::vector{nina});
    both.institutions = {office};
    EXPECT_TRUE(is_within(both, only(std::vector{office})));
}

TEST(IsWithin, A43_never_across_lanes) {
    Label elsewhere = everybody();
    elsewhere.lane = 2;
    EXPECT_FALSE(is_within(elsewhere, everybody()));
    EXPECT_TRUE(is_within(everybody(), everybody()));
}

TEST(SettleAudience, A43_nothing_asked_is_all_of_the_lane_or_what_is_answered) {
    EXPECT_EQ(settle_audience({}, nullptr, iza_of_office).value(), Audience{});
    const auto narrow = only(std::vector{centre, office});
    EXPECT_THAT(settle_audience({}, &narrow, iza_of_office).value().institutions, ElementsAre(centre, office));
}

TEST(SettleAudience, A43_the_authors_own_are_always_among_them_sorted_and_once) {
    const auto settled = settle_audience(asked({school, centre}, {nina, nina}), nullptr, iza_of_office).value();
    EXPECT_THAT(settled.institutions, ElementsAre(centre, office, school));
    EXPECT_THAT(settled.persons, ElementsAre(nina, iza));
    const auto to_all = settle_audience(asked({}), nullptr, iza_of_office).value();
    EXPECT_THAT(to_all.institutions, IsEmpty()) << "everybody stays everybody";
}

TEST(SettleAudience, A43_a_reply_may_be_narrower) {
    const auto answered = only(std::vector{centre, office, school});
    EXPECT_THAT(settle_audience(asked({centre}), &answered, iza_of_office).value().institutions,
                ElementsAre(centre, office));
    const auto all = everybody();
    EXPECT_THAT(settle_audience(asked({centre}), &all, iza_of_office).value().institutions,
                ElementsAre(centre, office));
}

TEST(SettleAudience, A43_a_reply_is_never_wider) {
    const auto answered = only(std::vector{centre, office});
    EXPECT_EQ(settle_audience(asked({school}), &answered, iza_of_office).error(), wider);
    EXPECT_EQ(settle_audience(asked({}), &answered, iza_of_office).error(), wider) << "asks for everybody";
    const auto to_persons = only(std::vector{nina, iza});
    EXPECT_EQ(settle_audience(asked({}, {adam}), &to_persons, iza_of_office).error(), wider);
    EXPECT_THAT(settle_audience(asked({}, {nina}), &to_persons, iza_of_office).value().persons, ElementsAre(nina, iza));
}

TEST(SettleAudience, A43_a_list_that_a_reply_does_not_speak_of_stays) {
    const auto answered = only(std::vector{centre, office});
    const auto settled = settle_audience(asked({}, {nina}), &answered, iza_of_office).value();
    EXPECT_THAT(settled.institutions, ElementsAre(centre, office));
    EXPECT_THAT(settled.persons, ElementsAre(nina, iza));
}

} // namespace
} // namespace splot::access
