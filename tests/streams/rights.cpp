// Live rights: what ends is wiped within five seconds, what begins is told.
#include "tests/world/world.h"

#include "protocol/channels/events.h"
#include "protocol/teams/methods.h"

#include <algorithm>
#include <set>

namespace splot::streams {
namespace {

using namespace world;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto five_seconds = std::chrono::seconds(5);

class LiveRights : public WorldTest {
protected:
    using WorldTest::WorldTest;
    /// Ends Nina's mandate in the team; she must have been told to wipe the team's channel within five seconds.
    void expect_wiped(Visitor& nina_there) {
        const auto mandate = nina_there.mandate(world.team()).id;
        nina_there.hears();
        when(grzegorz).gets(teams::EndMandate{mandate});
        const auto began = std::chrono::steady_clock::now();
        const auto id = stream(daily().channel);
        for (;;) {
            const auto wipe = nina_there.waits_for<Wipe>(five_seconds);
            ASSERT_TRUE(wipe);
            if (wipe->stream != id) continue;
            EXPECT_FALSE(wipe->reopen);
            break;
        }
        EXPECT_LT(std::chrono::steady_clock::now() - began, five_seconds);
        when(ewa).says(daily(), "Już bez Niny.");
        EXPECT_THAT(nina_there.events_of(id), IsEmpty());
        EXPECT_THAT(nina_there.lists(daily().channel), refused(Code::not_found));
        EXPECT_THAT(then(ewa).texts(daily().channel), testing::Not(IsEmpty())); // what was written stays
    }
};

TEST_F(LiveRights, T09_when_a_mandate_ends_its_streams_are_wiped) { expect_wiped(when(nina)); }

TEST_F(LiveRights, T09_also_on_another_hub) { expect_wiped(world.another(nina, world.second_hub())); }

TEST_F(LiveRights, T09_other_peoples_streams_go_on) {
    given_present({hanna});
    const auto mandate = when(nina).mandate(world.team()).id;
    when(grzegorz).gets(teams::EndMandate{mandate});
    when(ewa).says(daily(), "Do reszty.");

    EXPECT_THAT(then(hanna).heard<Wipe>(), IsEmpty());
}

TEST_F(LiveRights, T09_what_ends_while_another_stream_is_opened_is_wiped_too) {
    // The opening reads the facts before the notice of their end has come round: the older streams must still hear it.
    given_mandate(rafal, nina, Role::member, ""); // inside the institution: its channel stays
    auto& visitor = when(nina);
    const auto mandate = visitor.mandate(world.team(), world.institution("PUP")).id;
    const auto own = stream(world.own_channel("GOPS Lipniki"));
    visitor.hears();
    const auto ending = when(grzegorz).begins(teams::EndMandate{mandate});
    std::vector<Begun<Opened>> openings;
    for (int i = 0; i < 30; ++i)
        openings.push_back(visitor.begins(Open{own, {}}));
    Visitor::expect(when(grzegorz).ends<Made>(ending), "end_mandate");
    for (const auto& opening : openings)
        Visitor::expect(visitor.ends<Opened>(opening), "open");

    std::set<StreamId> wiped;
    while (!wiped.contains(stream(daily().channel))) {
        const auto wipe = visitor.waits_for<Wipe>(five_seconds);
        ASSERT_TRUE(wipe);
        wiped.insert(wipe->stream);
    }
}

TEST_F(LiveRights, T17_a_mandates_written_end_is_felt_when_the_time_comes) {
    const auto until = world.clock.now() + std::chrono::hours(1);
    given_mandate(rafal, robert, Role::member, pzk, until);
    given_present({robert});
    EXPECT_THAT(when(robert).lists(daily().channel), answered());
    then(robert).hears();

    world.advance(std::chrono::hours(1));

    const auto wipes = then(robert).heard<Wipe>();
    EXPECT_TRUE(std::ranges::any_of(wipes, [&](const Wipe& w) { return w.stream == stream(daily().channel); }));
    EXPECT_THAT(when(robert).lists(daily().channel), refused(Code::not_found));
}

TEST_F(LiveRights, a_new_right_is_told_and_what_it_opens_can_be_opened) {
    given_present({robert});
    then(robert).hears();

    given_mandate(rafal, robert, Role::member);

    EXPECT_TRUE(then(robert).waits_for<Widened>());
    EXPECT_TRUE(then(robert).state_of(daily().channel));
    when(ewa).says(daily(), "Witamy.");
    EXPECT_THAT(then(robert).events_of(stream(daily().channel)), SizeIs(1));
}

TEST_F(LiveRights, A14_a_narrowed_right_may_be_opened_again) {
    // Nina has two mandates in the team; the older one ends, and with it what was there before the younger began.
    world.advance(std::chrono::hours(1));
    given_mandate(rafal, nina, Role::member);
    auto& visitor = world.another(nina);
    visitor.hears();
    when(grzegorz).gets(teams::EndMandate{visitor.mandate(world.team(), world.institution("PUP")).id});

    const auto id = stream(daily().channel);
    std::optional<Wipe> wipe;
    do
        wipe = visitor.waits_for<Wipe>(five_seconds);
    while (wipe && wipe->stream != id);
    ASSERT_TRUE(wipe);
    EXPECT_TRUE(wipe->reopen);
    EXPECT_THAT(visitor.opened(id).snapshot->channel->messages, IsEmpty()); // nothing since joining (T-45)
    when(ewa).says(daily(), "Nowe.");
    EXPECT_THAT(visitor.events_of(id), SizeIs(1));
}

TEST_F(LiveRights, two_hubs_show_each_other_events_and_typing) {
    auto& there = world.another(hanna, world.second_hub());
    given_present({nina});
    there.hears();

    when(nina).says(daily(), "Tu pierwszy hub.");
    ASSERT_TRUE(there.waits_for<Event>());
    const auto answer = there.says(daily(), "Tu drugi.");
    const auto seen = then(nina).waits_for<Event>();
    when(nina).gets(channels::Typing{daily().channel, daily().topic});

    EXPECT_FALSE(answer.is_nil());
    ASSERT_TRUE(seen);
    std::optional<Whisper> typing;
    do
        typing = there.waits_for<Whisper>(five_seconds);
    while (typing && typing->kind != "typing");
    EXPECT_TRUE(typing);
}

/// The safety net: no NOTIFY, so that only polls find what another hub did.
class WithoutNotify : public LiveRights {
protected:
    WithoutNotify() : LiveRights({.adjust = [](Settings& settings) { settings.limits.notify = false; }}) {}
};

TEST_F(WithoutNotify, T09_polls_find_a_mandates_end_on_another_hub) {
    expect_wiped(world.another(nina, world.second_hub()));
}

TEST_F(WithoutNotify, polls_find_events_of_another_hub) {
    auto& there = world.another(hanna, world.second_hub());
    there.hears();
    when(nina).says(daily(), "1");
    when(nina).says(daily(), "2");

    EXPECT_TRUE(there.waits_for<Event>(five_seconds));
    EXPECT_TRUE(there.waits_for<Event>(five_seconds));
}

} // namespace
} // namespace splot::streams
