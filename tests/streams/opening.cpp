// Opening and resuming a stream: a snapshot or what was missed, then live events, without a hole.
#include "tests/world/world.h"

#include "protocol/channels/events.h"

#include <algorithm>
#include <set>

namespace splot::streams {
namespace {

using namespace world;
using client::event_as;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> texts(const std::vector<Event>& events) {
    std::vector<std::string> texts;
    for (const auto& event : events)
        if (const auto posted = event_as<channels::MessagePosted>(event))
            texts.push_back(posted->message.text.reveal());
    return texts;
}

class Opening : public WorldTest {};

TEST_F(Opening, a_first_screen_opens_everything_that_is_not_sealed) {
    const auto open = given_channel();
    const auto sealed = given_channel({.name = "Pod kluczem", .sealed = true});
    given_present({hanna});
    const auto& started = then(hanna).started();
    EXPECT_THAT(started.streams,
                testing::Contains(testing::Field(&identity::StreamHead::stream, stream(world.team()))));

    when(ewa).says(open, "Jawnie.");
    when(ewa).says(sealed, "Po cichu.");
    when(ewa).gets(channels::CreateChannel{world.team(), {}, "Nowy", "", Lane::all, false, {}});

    const auto events = then(hanna).events();
    std::set<StreamId> from;
    for (const auto& event : events)
        from.insert(event.stream);
    EXPECT_EQ(from, (std::set<StreamId>{stream(open.channel), stream(world.team())}));
}

TEST_F(Opening, a_cursor_gives_exactly_what_was_missed) {
    const auto place = given_channel();
    when(nina).says(place, "1");
    const auto cursor = then(hanna).opened(stream(place.channel)).cursor;
    when(nina).says(place, "2");
    when(nina).says(place, "3");

    const auto opened = then(hanna).opened(stream(place.channel), cursor);

    EXPECT_FALSE(opened.snapshot);
    EXPECT_THAT(texts(opened.events), ElementsAre("2", "3"));
    EXPECT_THAT(then(hanna).opened(stream(place.channel), opened.cursor).events, IsEmpty());
}

TEST_F(Opening, a_resume_of_many_streams_gives_each_its_own) {
    const auto one = given_channel(), two = given_channel({.name = "Druga"});
    const auto at = [&](const Place& place) {
        return StreamPosition{stream(place.channel), then(hanna).state_of(place.channel)->cursor};
    };
    Resume ask{{at(one), at(two), {stream(world.own_channel("PUP")), {}}, {stream(world.team()), {}}}};
    when(nina).says(one, "1");
    when(nina).says(two, "2");

    const auto answer = then(hanna).gets(std::move(ask));

    ASSERT_THAT(answer.streams, SizeIs(4));
    EXPECT_THAT(texts(answer.streams[0].opened->events), ElementsAre("1"));
    EXPECT_THAT(texts(answer.streams[1].opened->events), ElementsAre("2"));
    EXPECT_EQ(answer.streams[2].code, "not_found");
    EXPECT_EQ(answer.streams[3].code, "snapshot");
}

TEST_F(Opening, a_forged_cursor_and_one_of_another_stream_are_refused) {
    const auto other = then(hanna).state_of(world.channel("Ogłoszenia"))->cursor;
    auto forged = then(hanna).state_of(daily().channel)->cursor;
    EXPECT_THAT(then(hanna).opens(stream(daily().channel), forged), answered());
    forged[3] = forged[3] == 'A' ? 'B' : 'A';

    EXPECT_THAT(when(hanna).opens(stream(daily().channel), forged), refused(Code::invalid));
    EXPECT_THAT(when(hanna).opens(stream(daily().channel), other), refused(Code::invalid));
    EXPECT_THAT(when(hanna).opens(stream(daily().channel), ""), refused(Code::invalid));
}

TEST_F(Opening, A62_a_stream_one_may_not_read_is_not_found) {
    EXPECT_THAT(when(hanna).opens(stream(world.own_channel("PUP"))), refused(Code::not_found));
    EXPECT_THAT(when(hanna).opens(stream(world.team(miasto))), refused(Code::not_found));
    EXPECT_THAT(when(nina).opens(stream(world.own_channel("PUP"))), answered());
}

TEST_F(Opening, a_closed_stream_is_silent_and_an_opened_one_speaks_again) {
    given_present({hanna});
    then(hanna).gets(Close{stream(daily().channel)});
    when(nina).says(daily(), "1");
    EXPECT_THAT(then(hanna).events(), IsEmpty());

    then(hanna).opened(stream(daily().channel));
    when(nina).says(daily(), "2");
    EXPECT_THAT(texts(then(hanna).events()), ElementsAre("2"));
}

TEST_F(Opening, opened_twice_it_speaks_once) {
    given_present({hanna});
    then(hanna).opened(stream(daily().channel));
    then(hanna).start();

    when(nina).says(daily(), "1");

    EXPECT_THAT(texts(then(hanna).events()), ElementsAre("1"));
}

/// While Nina writes without a pause, Hanna opens again and again: with a snapshot or from her cursor, she has every
/// message once and in order.
TEST_F(Opening, nothing_is_lost_or_doubled_between_what_is_shown_and_what_comes_live) {
    const auto place = given_channel();
    const auto id = stream(place.channel);
    std::vector<std::string> written, seen;
    std::string cursor = then(hanna).opened(id).cursor;
    then(hanna).gets(Close{id});
    then(hanna).hears();
    for (int round = 0; round < 25; ++round) {
        std::vector<Begun<Made>> posts;
        for (int i = 0; i < 6; ++i) {
            written.push_back(std::to_string(written.size()));
            channels::PostMessage ask{place.channel, place.topic, Personal(written.back()), {}, {}, {}, {}, {}};
            posts.push_back(when(nina).begins(std::move(ask)));
            if (i == round % 6) {
                // In the midst of it.
                const auto opening = when(hanna).begins(Open{id, cursor});
                const auto opened = Visitor::expect(when(hanna).ends<Opened>(opening), "open");
                for (const auto& text : texts(opened.events))
                    seen.push_back(text);
                cursor = opened.cursor;
            }
        }
        for (const auto& post : posts)
            Visitor::expect(when(nina).ends<Made>(post), "post");
        for (const auto& event : then(hanna).events_of(id)) {
            seen.push_back(event_as<channels::MessagePosted>(event)->message.text.reveal());
            cursor = event.cursor;
        }
        then(hanna).gets(Close{id});
        then(hanna).hears();
    }
    // Six at once may be numbered in any order: what counts is that the log's order was seen, whole.
    std::vector<std::string> logged;
    const auto rows = world.query("SELECT convert_from(r.body, 'UTF8') AS text FROM message m"
                                  " JOIN message_revision r ON r.message_id = m.id WHERE m.channel_id = '" +
                                  place.channel.text() + "' ORDER BY m.number");
    for (int row = 0; row < rows.size(); ++row)
        logged.push_back(rows[row].get<std::string>("text"));
    EXPECT_EQ(logged.size(), written.size());
    EXPECT_EQ(seen, logged);
}

TEST_F(Opening, a_snapshot_taken_while_others_write_goes_on_without_a_hole) {
    const auto place = given_channel();
    const auto id = stream(place.channel);
    given_present({hanna});
    for (int round = 0; round < 15; ++round) {
        then(hanna).gets(Close{id});
        then(hanna).hears();
        channels::PostMessage ask{place.channel, place.topic, Personal<std::string>("a"), {}, {}, {}, {}, {}};
        const auto before = when(nina).begins(ask);
        const auto opening = when(hanna).begins(Open{id, {}});
        const auto after = when(nina).begins(ask);
        const auto opened = Visitor::expect(when(hanna).ends<Opened>(opening), "open");
        Visitor::expect(when(nina).ends<Made>(before), "post");
        Visitor::expect(when(nina).ends<Made>(after), "post");

        std::vector<MessageId> ids;
        for (const auto& message : opened.snapshot->channel->messages)
            ids.push_back(message.id);
        for (const auto& event : then(hanna).events_of(id))
            ids.push_back(event_as<channels::MessagePosted>(event)->message.id);
        EXPECT_EQ(ids.size(), static_cast<std::size_t>(2 * round + 2));
        EXPECT_EQ(std::set<MessageId>(ids.begin(), ids.end()).size(), ids.size());
    }
}

class Horizon : public WorldTest {
protected:
    Horizon() : WorldTest({.adjust = [](Settings& settings) { settings.limits.horizon = 3; }}) {}
};

TEST_F(Horizon, a_cursor_from_beyond_it_gets_a_snapshot) {
    const auto place = given_channel();
    const auto cursor = then(hanna).state_of(place.channel)->cursor;
    for (int i = 0; i < 3; ++i)
        when(nina).says(place, "1");
    EXPECT_THAT(then(hanna).opened(stream(place.channel), cursor).events, SizeIs(3));

    when(nina).says(place, "4");

    const auto opened = then(hanna).opened(stream(place.channel), cursor);
    ASSERT_TRUE(opened.snapshot);
    EXPECT_THAT(opened.snapshot->channel->messages, SizeIs(4));
    const auto resumed = then(hanna).gets(Resume{{{stream(place.channel), cursor}}});
    EXPECT_EQ(resumed.streams.at(0).code, "snapshot");
}

} // namespace
} // namespace splot::streams
