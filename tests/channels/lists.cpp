// Channels with a list, channels of one institution, and what a newcomer reads.
#include "tests/world/world.h"

#include "protocol/channels/events.h"
#include "protocol/teams/events.h"

#include <algorithm>

namespace splot::channels {
namespace {

using namespace world;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class Lists : public WorldTest {
protected:
    Place closed() { return given_channel({.name = "Zamknięty", .lane = Lane::listed, .listed = {nina}}); }
};

TEST_F(Lists, T55_only_whoever_is_on_the_list_reads_a_listed_channel) {
    const auto place = closed();
    when(ewa).says(place, "Do listy.");

    EXPECT_THAT(then(nina).texts(place.channel), ElementsAre("Do listy."));
    EXPECT_THAT(when(hanna).lists(place.channel), refused(Code::not_found));
    EXPECT_FALSE(then(hanna).state_of(place.channel));
}

TEST_F(Lists, T55_the_creation_of_a_listed_channel_is_told_to_its_list_only) {
    given_present({nina, hanna});
    const auto place = closed();

    const auto created = [&](Who who) {
        return std::ranges::count_if(then(who).events(), [&](const Event& event) {
            const auto one = client::event_as<teams::ChannelCreated>(event);
            return one && one->channel.id == place.channel;
        });
    };
    EXPECT_EQ(created(hanna), 0);
    EXPECT_EQ(created(ewa), 1);
}

TEST_F(Lists, T45_somebody_added_reads_from_then_on) {
    const auto place = closed();
    when(ewa).says(place, "Przed.");
    world.advance(std::chrono::minutes(5));
    when(ewa).gets(AddMember{place.channel, world.person(hanna)});
    world.advance(std::chrono::minutes(5));
    when(ewa).says(place, "Po.");

    EXPECT_THAT(then(hanna).texts(place.channel), ElementsAre("Po."));
    EXPECT_EQ(then(hanna).state_of(place.channel)->unread, 1);
    EXPECT_THAT(then(nina).texts(place.channel), ElementsAre("Przed.", "Po."));
}

TEST_F(Lists, T09_somebody_removed_reads_no_more) {
    const auto place = closed();
    when(ewa).gets(AddMember{place.channel, world.person(hanna)});
    given_present({hanna});
    then(hanna).hears();

    when(ewa).gets(RemoveMember{place.channel, world.person(hanna)});

    // The team's stream told of the channel too and is opened again, before or after.
    auto wipe = then(hanna).waits_for<streams::Wipe>();
    while (wipe && wipe->stream != stream(place.channel))
        wipe = then(hanna).waits_for<streams::Wipe>();
    ASSERT_TRUE(wipe);
    EXPECT_FALSE(wipe->reopen);
    EXPECT_THAT(when(hanna).lists(place.channel), refused(Code::not_found));
}

TEST_F(Lists, a_member_may_leave_and_may_not_send_another_away) {
    const auto place = closed();
    when(ewa).gets(AddMember{place.channel, world.person(hanna)});

    EXPECT_THAT(when(hanna).asks(RemoveMember{place.channel, world.person(nina)}), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(hanna).asks(RemoveMember{place.channel, world.person(hanna)}), answered());
}

TEST_F(Lists, T07_nobody_without_a_mandate_in_the_team_is_put_on_a_list) {
    const auto place = closed();

    EXPECT_THAT(when(ewa).asks(AddMember{place.channel, world.person(olga)}), refused(Code::invalid, "T-55"));
    EXPECT_THAT(when(ewa).asks(AddMember{place.channel, world.person(hanna)}), answered());
}

TEST_F(Lists, T55_a_list_exists_only_where_the_channel_has_one) {
    EXPECT_THAT(when(ewa).asks(AddMember{daily().channel, world.person(hanna)}), refused(Code::conflict, "T-55"));
}

TEST_F(Lists, A36_animators_make_channels_and_members_do_not) {
    const auto ask = [&](std::string name) {
        return CreateChannel{world.team(), {}, std::move(name), "", Lane::all, false, {}};
    };
    EXPECT_THAT(when(nina).asks(ask("Niny")), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(marta).asks(ask("Marty")), answered());
    EXPECT_THAT(when(marta).asks(ask("marty")), refused(Code::conflict));
}

TEST_F(Lists, T55_an_institutions_channel_is_read_by_its_own_people_only) {
    const auto place = world.place(world.own_channel("GOPS Zaborze"));
    when(teresa).says(place, "Dyżur mam ja.");

    EXPECT_THAT(then(hanna).texts(place.channel), Contains("Dyżur mam ja."));
    for (const auto& who : {ewa, nina, danuta})
        EXPECT_THAT(when(who).lists(place.channel), refused(Code::not_found)) << who.login;
}

TEST_F(Lists, T55_an_institutions_list_never_takes_another_institutions_person) {
    const auto zaborze = world.institution("GOPS Zaborze");
    const auto ask = [&](std::string name, Who who) {
        return CreateChannel{{}, zaborze, std::move(name), "", Lane::listed, false, {world.person(who)}};
    };
    EXPECT_THAT(when(teresa).asks(ask("Z Niną", nina)), refused(Code::invalid, "T-55"));
    EXPECT_THAT(when(teresa).asks(ask("Z Hanną", hanna)), answered());
}

TEST_F(Lists, A37_the_heads_channel_is_read_by_heads_only) {
    const auto place = world.place("Kierownicy");

    EXPECT_THAT(when(rafal).posts(place, "Panie i panowie."), answered());
    for (const auto& who : {nina, ewa})
        EXPECT_THAT(when(who).lists(place.channel), refused(Code::not_found)) << who.login;
    EXPECT_THAT(when(rafal).lists(world.channel("Animatorzy")), refused(Code::not_found));
    EXPECT_THAT(when(marta).lists(world.channel("Animatorzy")), answered());
}

TEST_F(Lists, A40_an_administrator_reads_no_channel) {
    EXPECT_THAT(then(administrator).started().channels, IsEmpty());
    EXPECT_THAT(when(administrator).lists(daily().channel), refused(Code::not_found));
}

TEST_F(Lists, T45_a_newcomer_to_the_team_reads_from_joining) {
    const auto before = when(ewa).says(daily(), "Dawno temu.");
    world.advance(std::chrono::hours(1));
    given_mandate(rafal, world::robert, Role::member); // Robert is new in this team
    world.advance(std::chrono::hours(1));
    const auto after = when(ewa).says(daily(), "Witamy Roberta.");

    EXPECT_THAT(then(robert).texts(daily().channel), ElementsAre("Witamy Roberta."));
    EXPECT_EQ(then(robert).state_of(daily().channel)->unread, 1);
    EXPECT_THAT(then(robert).opened(stream(daily().channel)).snapshot->channel->messages, testing::SizeIs(1));
    EXPECT_THAT(when(robert).asks(ListRevisions{before}), refused(Code::not_found));
    EXPECT_THAT(when(robert).asks(ListRevisions{after}), answered());
    EXPECT_THAT(when(robert).posts(daily(), "Odpowiadam.", {.reply_to = before}), refused(Code::not_found));
}

} // namespace
} // namespace splot::channels
