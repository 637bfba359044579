// Posting, answering, wording anew, deleting; topics and announcements.
#include "tests/world/world.h"

#include "protocol/channels/events.h"

namespace splot::channels {
namespace {

using namespace world;
using client::event_as;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Talk : public WorldTest {};

TEST_F(Talk, A13_a_message_reaches_a_colleague_of_another_institution_at_once) {
    given_present({hanna});

    const auto message = when(nina).says(daily(), "Zapraszam na targi pracy.");

    const auto events = then(hanna).events();
    ASSERT_THAT(events, SizeIs(1));
    const auto posted = event_as<MessagePosted>(events[0]);
    ASSERT_TRUE(posted);
    EXPECT_EQ(posted->message.id, message);
    EXPECT_EQ(posted->message.text.reveal(), "Zapraszam na targi pracy.");
    EXPECT_EQ(posted->message.author.person, then(nina).id());
    EXPECT_EQ(events[0].author, posted->message.author);
    EXPECT_TRUE(then(hanna).finds(daily().channel, message));
}

TEST_F(Talk, the_event_tells_its_caller_which_call_made_it) {
    const auto id = when(nina).new_id();
    const auto answer = when(nina).posts(daily(), "To moje.", {}, {}, id);

    const auto events = then(nina).events();
    ASSERT_THAT(events, SizeIs(1));
    EXPECT_EQ(events[0].request, id);
    EXPECT_EQ(events[0].cursor, answer->cursor);
}

TEST_F(Talk, a_reply_names_what_it_answers_and_a_mention_is_counted) {
    const auto question = when(hanna).says(daily(), "Kto ma klucz?");

    const auto reply = when(nina).says(daily(), "Tomasz.", {.reply_to = question, .mentions = {world.person(tomasz)}});

    EXPECT_EQ(then(hanna).finds(daily().channel, reply)->reply_to, question);
    EXPECT_THAT(then(hanna).finds(daily().channel, reply)->mentions, ElementsAre(world.person(tomasz)));
    EXPECT_EQ(then(tomasz).state_of(daily().channel)->mentions,
              then(filip).state_of(daily().channel)->mentions + 2); // the demonstration mentions him once
}

TEST_F(Talk, a_reply_to_a_message_of_another_channel_is_not_found) {
    const auto elsewhere = when(hanna).says(given_channel(), "Tutaj.");

    EXPECT_THAT(when(nina).posts(daily(), "Tam.", {.reply_to = elsewhere}), refused(Code::not_found));
}

TEST_F(Talk, a_new_wording_keeps_the_old_one_in_its_history) {
    given_present({hanna});
    const auto message = when(nina).says(daily(), "We wtorek.");
    then(hanna).hears();

    EXPECT_THAT(when(nina).edits(message, 1, "W środę."), answered());

    const auto edited = event_as<MessageEdited>(then(hanna).events().at(0));
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->message.text.reveal(), "W środę.");
    EXPECT_EQ(edited->message.revision, 2);
    EXPECT_EQ(then(hanna).finds(daily().channel, message)->text.reveal(), "W środę.");
    const auto history = then(hanna).gets(ListRevisions{message}).revisions;
    ASSERT_THAT(history, SizeIs(2));
    EXPECT_EQ(history[0].text.reveal(), "We wtorek.");
    EXPECT_EQ(history[1].text.reveal(), "W środę.");
}

TEST_F(Talk, of_two_new_wordings_of_one_revision_the_second_is_a_conflict) {
    const auto message = when(nina).says(daily(), "We wtorek.");
    EXPECT_THAT(when(nina).edits(message, 1, "W środę."), answered());

    EXPECT_THAT(when(nina).edits(message, 1, "W czwartek."), refused(Code::conflict));
    EXPECT_THAT(when(nina).edits(message, 2, "W czwartek."), answered());
}

TEST_F(Talk, A36_only_the_author_words_a_message_anew) {
    const auto message = when(nina).says(daily(), "We wtorek.");

    EXPECT_THAT(when(ewa).edits(message, 1, "W środę."), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(nina).edits(message, 1, "W środę."), answered());
}

TEST_F(Talk, a_deleted_message_leaves_a_stub_without_text_and_history) {
    given_present({hanna});
    const auto message = when(nina).says(daily(), "Kod 4471.", {.mentions = {world.person(hanna)}});
    EXPECT_THAT(when(nina).edits(message, 1, "Kod 4472."), answered());
    then(hanna).hears();

    EXPECT_THAT(when(nina).deletes(message), answered());

    const auto deleted = event_as<MessageDeleted>(then(hanna).events().at(0));
    ASSERT_TRUE(deleted);
    for (const auto& stub : {deleted->message, *then(hanna).finds(daily().channel, message)}) {
        EXPECT_TRUE(stub.deleted_at);
        EXPECT_EQ(stub.text.reveal(), "");
        EXPECT_THAT(stub.mentions, IsEmpty());
    }
    const auto history = then(hanna).asks(ListRevisions{message});
    EXPECT_THAT(history ? history->revisions : std::vector<MessageRevision>(), IsEmpty());
    EXPECT_THAT(when(nina).deletes(message), refused(Code::conflict));
    EXPECT_EQ(world
                  .query("SELECT count(*) AS n FROM message_revision WHERE convert_from(body, 'UTF8') LIKE 'Kod 447%'"
                         " AND message_id = '" +
                         message.text() + "'")[0]
                  .get<std::int64_t>("n"),
              0);
}

TEST_F(Talk, A36_an_animator_may_delete_what_a_member_may_not) {
    const auto message = when(nina).says(daily(), "Sprzedam opla.");

    EXPECT_THAT(when(hanna).deletes(message), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(marta).deletes(message), answered());
}

TEST_F(Talk, A36_announcements_are_read_by_all_and_written_by_animators) {
    const auto place = world.place("Ogłoszenia");
    given_present({nina});

    EXPECT_THAT(when(nina).posts(place, "Ogłaszam."), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(ewa).posts(place, "Ogłaszam."), answered());
    EXPECT_THAT(then(nina).events_of(stream(place.channel)), SizeIs(1));
}

TEST_F(Talk, a_topic_appears_for_everybody_and_its_name_is_taken_once) {
    given_present({hanna});

    const auto topic = TopicId(when(nina).makes(CreateTopic{daily().channel, "Targi pracy"}));

    const auto created = event_as<TopicCreated>(then(hanna).events().at(0));
    ASSERT_TRUE(created);
    EXPECT_EQ(created->topic.id, topic);
    EXPECT_THAT(when(hanna).asks(CreateTopic{daily().channel, "targi PRACY"}), refused(Code::conflict));
    EXPECT_THAT(when(hanna).posts({daily().channel, topic}, "Będę."), answered());
}

TEST_F(Talk, a_topic_of_another_channel_is_invalid) {
    const auto other = given_channel();

    EXPECT_THAT(when(nina).posts({daily().channel, other.topic}, "Gdzie?"), refused(Code::invalid));
    EXPECT_THAT(when(nina).posts(other, "Gdzie?"), answered());
}

TEST_F(Talk, blank_and_overlong_texts_are_refused) {
    std::string longest;
    for (int i = 0; i < 10'000; ++i)
        longest += "ż";

    EXPECT_THAT(when(nina).posts(daily(), " \n "), refused(Code::invalid));
    EXPECT_THAT(when(nina).posts(daily(), longest + "ż"), refused(Code::too_large));
    EXPECT_THAT(when(nina).posts(daily(), longest), answered());
}

TEST_F(Talk, E02_what_somebody_said_on_the_telephone_is_entered_in_their_name) {
    const auto entered =
        when(filip).says(daily(), "Krysia będzie.", {.on_behalf_of = world.person(krystyna), .way = Way::telephone});

    const auto author = then(hanna).finds(daily().channel, entered)->author;
    EXPECT_EQ(author.person, world.person(krystyna));
    EXPECT_EQ(author.entered_by, world.person(filip));
    EXPECT_EQ(author.way, Way::telephone);
}

TEST_F(Talk, E02_nobody_is_spoken_for_by_another_institution_or_without_a_way) {
    EXPECT_THAT(when(filip).posts(daily(), "Nina będzie.", {.on_behalf_of = world.person(nina), .way = Way::telephone}),
                refused(Code::invalid, "E-02"));
    EXPECT_THAT(when(filip).posts(daily(), "Krysia będzie.", {.on_behalf_of = world.person(krystyna)}),
                refused(Code::invalid, "E-02"));
}

TEST_F(Talk, pages_follow_each_other_without_a_gap) {
    const auto place = given_channel();
    for (int i = 0; i < 7; ++i)
        when(nina).says(place, std::to_string(i));

    const auto last = then(hanna).gets(ListMessages{place.channel, {}, {}, 3});
    const auto before = then(hanna).gets(ListMessages{place.channel, {}, last.messages.front().cursor, 3});
    const auto first = then(hanna).gets(ListMessages{place.channel, {}, before.messages.front().cursor, 3});

    EXPECT_EQ(last.messages.front().text.reveal(), "4");
    EXPECT_EQ(before.messages.front().text.reveal(), "1");
    EXPECT_THAT(first.messages, SizeIs(1));
    EXPECT_TRUE(last.has_older && before.has_older);
    EXPECT_FALSE(first.has_older);
    EXPECT_THAT(then(hanna).asks(ListMessages{place.channel, {}, {}, 201}), refused(Code::invalid));
}

} // namespace
} // namespace splot::channels
