// A message's audience, and that no way leads round it.
#include "tests/world/world.h"

#include "protocol/access/methods.h"

#include <algorithm>

namespace splot::channels {
namespace {

using namespace world;
using testing::IsEmpty;
using testing::SizeIs;

/// Nina (PUP) writes to her own institution and the police; Tomasz (Policja) reads it, Hanna (GOPS Zaborze) does not.
class MessageAudience : public WorldTest {
protected:
    Audience pup_and_police() { return {{world.institution("PUP"), world.institution("Policja")}, {}}; }
    MessageId told() { return when(nina).says(daily(), "Tylko do nas.", {.audience = pup_and_police()}); }
};

TEST_F(MessageAudience, A43_somebody_outside_gets_neither_the_event_nor_the_page_nor_the_count) {
    given_present({hanna, tomasz});
    const auto before_outside = then(hanna).state_of(daily().channel)->unread;
    const auto before_inside = then(tomasz).state_of(daily().channel)->unread;

    const auto message = told();

    EXPECT_THAT(then(hanna).events(), IsEmpty());
    EXPECT_FALSE(then(hanna).finds(daily().channel, message));
    EXPECT_EQ(then(hanna).state_of(daily().channel)->unread, before_outside);
    EXPECT_THAT(then(tomasz).events(), SizeIs(1));
    EXPECT_TRUE(then(tomasz).finds(daily().channel, message));
    EXPECT_EQ(then(tomasz).state_of(daily().channel)->unread, before_inside + 1);
}

TEST_F(MessageAudience, A43_somebody_outside_finds_it_by_no_id) {
    const auto message = told();

    EXPECT_THAT(when(hanna).posts(daily(), "Widzę.", {.reply_to = message}), refused(Code::not_found));
    EXPECT_THAT(when(hanna).asks(ListRevisions{message}), refused(Code::not_found));
    EXPECT_THAT(when(hanna).asks(access::Explain{{}, message, {}, {}}), refused(Code::not_found));
    EXPECT_THAT(when(hanna).edits(message, 1, "Moje."), refused(Code::not_found));
    EXPECT_THAT(when(hanna).deletes(message), refused(Code::not_found));
    EXPECT_THAT(when(tomasz).posts(daily(), "Widzę.", {.reply_to = message}), answered());
    EXPECT_THAT(when(tomasz).asks(ListRevisions{message}), answered());
}

TEST_F(MessageAudience, A43_neither_resume_nor_snapshot_shows_it_outside) {
    given_present({hanna, tomasz});
    const auto cursor = then(hanna).state_of(daily().channel)->cursor;
    const auto message = told();
    when(nina).says(daily(), "Do wszystkich.");

    EXPECT_THAT(then(hanna).opened(stream(daily().channel), cursor).events, SizeIs(1));
    EXPECT_THAT(then(tomasz).opened(stream(daily().channel), cursor).events, SizeIs(2));
    const auto shown = then(hanna).opened(stream(daily().channel)).snapshot->channel->messages;
    EXPECT_TRUE(std::ranges::none_of(shown, [&](const Message& m) { return m.id == message; }));
}

TEST_F(MessageAudience, A43_its_edits_and_deletion_stay_inside_too) {
    const auto message = told();
    given_present({hanna, tomasz});

    EXPECT_THAT(when(nina).edits(message, 1, "Nadal do nas."), answered());
    EXPECT_THAT(when(nina).deletes(message), answered());

    EXPECT_THAT(then(hanna).events(), IsEmpty());
    EXPECT_THAT(then(tomasz).events(), SizeIs(2));
}

TEST_F(MessageAudience, A43_a_reply_without_an_audience_keeps_that_of_the_message) {
    const auto message = told();
    given_present({hanna});

    const auto reply = when(tomasz).says(daily(), "Dobrze.", {.reply_to = message});

    EXPECT_THAT(then(hanna).events(), IsEmpty());
    EXPECT_EQ(then(nina).finds(daily().channel, reply)->audience, then(nina).finds(daily().channel, message)->audience);
}

TEST_F(MessageAudience, A43_a_reply_may_narrow_and_never_widen) {
    const auto message = told();
    const Audience narrower{{world.institution("Policja")}, {}};
    const Audience wider{{world.institution("PUP"), world.institution("Policja"), world.institution("GOPS Zaborze")},
                         {}};

    EXPECT_THAT(when(tomasz).posts(daily(), "Do naszych.", {.audience = narrower, .reply_to = message}), answered());
    EXPECT_THAT(when(tomasz).posts(daily(), "Szerzej.", {.audience = wider, .reply_to = message}),
                refused(Code::invalid, "A-43"));
    EXPECT_THAT(when(tomasz).posts(daily(), "Do wszystkich.", {.audience = Audience{}, .reply_to = message}),
                refused(Code::invalid, "A-43"));
}

TEST_F(MessageAudience, A43_named_persons_read_and_their_colleagues_do_not) {
    given_present({tomasz, pawel, hanna});
    const Audience named{{}, {world.person(tomasz)}};

    const auto message = when(nina).says(daily(), "Tylko do Pana.", {.audience = named});

    EXPECT_THAT(then(tomasz).events(), SizeIs(1));
    EXPECT_THAT(then(pawel).events(), IsEmpty());
    EXPECT_THAT(then(hanna).events(), IsEmpty());
    EXPECT_TRUE(then(nina).finds(daily().channel, message)); // the author always belongs to it
}

TEST_F(MessageAudience, A43_even_the_animator_and_the_lead_institution_do_not_read_it) {
    const auto message = told();

    EXPECT_FALSE(then(ewa).finds(daily().channel, message));
    EXPECT_FALSE(then(danuta).finds(daily().channel, message));
    EXPECT_THAT(when(ewa).deletes(message), refused(Code::not_found));
}

TEST_F(MessageAudience, A16_explain_names_the_readers_of_a_message_and_of_one_about_to_be_sent) {
    const auto message = told();

    const auto sent = then(nina).gets(access::Explain{{}, message, {}, {}});
    const auto planned = then(nina).gets(access::Explain{daily().channel, {}, {}, pup_and_police()});
    const auto whole = then(nina).gets(access::Explain{daily().channel, {}, {}, {}});

    EXPECT_TRUE(sent.readable);
    EXPECT_EQ(sent.institutions, 2);
    EXPECT_EQ(planned.readers.size(), sent.readers.size());
    EXPECT_GT(whole.readers.size(), sent.readers.size());
    const auto names = [&](const access::Explanation& answer, Who who) {
        return std::ranges::any_of(answer.readers, [&](const auto& r) { return r.person == world.person(who); });
    };
    EXPECT_TRUE(names(sent, tomasz));
    EXPECT_FALSE(names(sent, hanna));
    EXPECT_TRUE(names(whole, hanna));
}

TEST_F(MessageAudience, A16_explain_says_why_and_names_the_mandate) {
    const auto answer = then(nina).gets(access::Explain{daily().channel, {}, {}, {}});

    const auto ground =
        std::ranges::find_if(answer.reasons, [](const access::Reason& reason) { return reason.gate == "mandate"; });
    ASSERT_NE(ground, answer.reasons.end());
    EXPECT_TRUE(ground->holds);
    EXPECT_EQ(ground->mandate, then(nina).mandate(world.team()).id);
}

TEST_F(MessageAudience, B01_cursors_tell_nothing_of_what_is_hidden) {
    const auto before = when(nina).posts(daily(), "Jawne.");
    told();
    const auto after = when(nina).posts(daily(), "Znów jawne.");

    // Whoever could count from one to the other would know of the message between them.
    EXPECT_EQ(before->cursor->size(), after->cursor->size());
    EXPECT_NE(before->cursor->substr(0, 8), after->cursor->substr(0, 8));
}

} // namespace
} // namespace splot::channels
