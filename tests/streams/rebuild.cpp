// The log rebuilds the state: a snapshot, and the events after it, are the next snapshot. For every command.
#include "tests/world/world.h"

#include "protocol/channels/events.h"
#include "protocol/teams/events.h"
#include "protocol/teams/methods.h"

#include <algorithm>

namespace splot::streams {
namespace {

using namespace world;
using client::event_as;

Message* find(ChannelSnapshot& state, MessageId id) {
    const auto found = std::ranges::find(state.messages, id, &Message::id);
    return found == state.messages.end() ? nullptr : &*found;
}

/// What every client does with an event of a channel.
void apply(ChannelSnapshot& state, const Event& event) {
    if (const auto topic = event_as<channels::TopicCreated>(event)) {
        state.topics.push_back(topic->topic);
    } else if (const auto posted = event_as<channels::MessagePosted>(event)) {
        state.messages.push_back(posted->message);
    } else if (const auto edited = event_as<channels::MessageEdited>(event)) {
        if (auto* message = find(state, edited->message.id)) *message = edited->message;
    } else if (const auto deleted = event_as<channels::MessageDeleted>(event)) {
        if (auto* message = find(state, deleted->message.id)) *message = deleted->message;
    } else if (const auto added = event_as<channels::ChannelMemberAdded>(event)) {
        state.listed.push_back(added->person);
    } else if (const auto removed = event_as<channels::ChannelMemberRemoved>(event)) {
        std::erase(state.listed, removed->person);
    } else if (event.kind == channels::ChannelKeyDestroyed::kind) {
        for (auto& message : state.messages)
            if (!message.deleted_at) message.text = Personal<std::string>(""), message.unreadable = true;
    } else {
        throw std::logic_error("an event that nothing is known about: " + event.kind);
    }
}

/// The same for the stream of a team.
void apply(TeamSnapshot& state, const Event& event) {
    if (const auto admitted = event_as<teams::InstitutionAdmitted>(event)) {
        state.institutions.push_back(admitted->institution);
        state.memberships.push_back(admitted->membership);
    } else if (const auto given = event_as<teams::MandateGiven>(event)) {
        if (std::ranges::find(state.people, given->person.id, &Person::id) == state.people.end())
            state.people.push_back(given->person);
        state.mandates.push_back(given->mandate);
    } else if (const auto ended = event_as<teams::MandateEnded>(event)) {
        std::erase_if(state.mandates, [&](const Mandate& mandate) { return mandate.id == ended->mandate.id; });
        const auto person = ended->mandate.person;
        if (std::ranges::find(state.mandates, person, &Mandate::person) == state.mandates.end())
            std::erase_if(state.people, [&](const Person& one) { return one.id == person; });
    } else if (const auto created = event_as<teams::ChannelCreated>(event)) {
        state.channels.push_back(created->channel);
    } else {
        throw std::logic_error("an event that nothing is known about: " + event.kind);
    }
}

/// As one text; the order of what has no order does not count.
std::string as_text(ChannelSnapshot state) {
    std::ranges::sort(state.topics, {}, &Topic::id);
    std::ranges::sort(state.listed);
    return json::to_json(state);
}
std::string as_text(TeamSnapshot state) {
    std::ranges::sort(state.institutions, {}, &Institution::id);
    std::ranges::sort(state.memberships, {}, &Membership::institution);
    std::ranges::sort(state.mandates, {}, &Mandate::id);
    std::ranges::sort(state.people, {}, &Person::id);
    std::ranges::sort(state.channels, {}, &Channel::id);
    return json::to_json(state);
}

class Rebuild : public WorldTest {
protected:
    /// Runs the command between two openings; live and missed events must both lead to the second one's snapshot.
    template <class Part, class Command>
    void expect_rebuilt(StreamId id, std::optional<Part> Snapshot::*part, Command command) {
        auto& reader = world.visitor(marta);
        const auto before = reader.opened(id);
        reader.hears();
        command();
        const auto live = reader.events_of(id);
        const auto missed = reader.opened(id, before.cursor).events;
        const auto after = reader.opened(id);
        reader.hears();

        for (const auto& events : {live, missed}) {
            auto state = *((*before.snapshot).*part);
            for (const auto& event : events)
                apply(state, event);
            EXPECT_EQ(as_text(state), as_text(*((*after.snapshot).*part)));
            ASSERT_FALSE(events.empty());
            EXPECT_EQ(events.back().cursor, after.cursor);
        }
        EXPECT_EQ(json::to_json(live), json::to_json(missed));
    }
    template <class Command> void expect_rebuilt(const Place& place, Command command) {
        expect_rebuilt(stream(place.channel), &Snapshot::channel, command);
    }
};

TEST_F(Rebuild, B01_every_command_in_a_channel) {
    const auto place =
        given_channel({.name = "Zamknięty", .lane = Lane::listed, .listed = {marta, nina, danuta}, .sealed = true});
    MessageId message;
    expect_rebuilt(place, [&] { when(ewa).gets(channels::CreateTopic{place.channel, "Nowy temat"}); });
    expect_rebuilt(place, [&] { message = when(ewa).says(place, "Pytanie.", {.mentions = {world.person(nina)}}); });
    expect_rebuilt(place, [&] { when(nina).says(place, "Odpowiedź.", {.reply_to = message}); });
    expect_rebuilt(place, [&] { when(ewa).edits(message, 1, "Lepsze pytanie."); });
    expect_rebuilt(place, [&] { when(ewa).deletes(message); });
    expect_rebuilt(place, [&] { when(ewa).gets(channels::AddMember{place.channel, world.person(hanna)}); });
    expect_rebuilt(place, [&] { when(ewa).gets(channels::RemoveMember{place.channel, world.person(hanna)}); });
    expect_rebuilt(place, [&] { when(danuta).gets(channels::DestroyKey{place.channel}); });
}

TEST_F(Rebuild, A43_only_what_the_reader_may_know) {
    const auto place = given_channel();
    const Audience outside{{world.institution("PUP")}, {}};
    expect_rebuilt(place, [&] {
        when(nina).says(place, "Bez Marty.", {.audience = outside});
        when(nina).says(place, "Z Martą.");
    });
}

TEST_F(Rebuild, B01_every_command_in_a_team) {
    MandateId mandate;
    const auto in_team = [&](auto command) { expect_rebuilt(stream(world.team()), &Snapshot::team, command); };
    in_team([&] {
        when(ewa).gets(teams::AdmitInstitution{world.team(), world.institution("MOPS"), MembershipMode::supporting});
    });
    in_team([&] { mandate = given_mandate(rafal, robert, Role::member); });
    in_team([&] { when(rafal).gets(teams::EndMandate{mandate}); });
    in_team([&] { when(ewa).gets(channels::CreateChannel{world.team(), {}, "Nowy", "", Lane::all, false, {}}); });
}

} // namespace
} // namespace splot::streams
