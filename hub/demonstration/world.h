#pragma once
#include "protocol/channels/types.h"
#include "protocol/problem.h"
#include "protocol/teams/types.h"

#include <string>
#include <vector>

/// The demonstration's content as world.json has it: keys instead of ids, numbers of days instead of dates.
namespace splot::demonstration {

using Key = std::string;

struct InstitutionEntry {
    Key key;
    std::string name, short_name;
    InstitutionKind kind;
    std::string level, town;
    Key head;
};
BOOST_DESCRIBE_STRUCT(InstitutionEntry, (), (key, name, short_name, kind, level, town, head))

struct PersonEntry {
    Key key;
    std::string name, post, login;
    Key institution;
    std::optional<std::string> card;
};
BOOST_DESCRIBE_STRUCT(PersonEntry, (), (key, name, post, login, institution, card))

struct TeamEntry {
    Key key;
    std::string name;
    TeamKind kind;
    Variant variant;
    Key lead;
    std::string purpose;
};
BOOST_DESCRIBE_STRUCT(TeamEntry, (), (key, name, kind, variant, lead, purpose))

struct MembershipEntry {
    Key team, institution;
    MembershipMode mode;
    std::int32_t from;
};
BOOST_DESCRIBE_STRUCT(MembershipEntry, (), (team, institution, mode, from))

struct MandateEntry {
    Key person, institution, team;
    Role role;
    bool decision_maker;
    std::int32_t from;
    std::optional<std::int32_t> until;
};
BOOST_DESCRIBE_STRUCT(MandateEntry, (), (person, institution, team, role, decision_maker, from, until))

struct ChannelEntry {
    Key key;
    std::optional<Key> team, institution;
    std::string name, purpose;
    Lane lane;
    bool sealed;
    std::optional<std::vector<Key>> listed;
};
BOOST_DESCRIBE_STRUCT(ChannelEntry, (), (key, team, institution, name, purpose, lane, sealed, listed))

struct TopicEntry {
    Key key, channel;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(TopicEntry, (), (key, channel, name))

struct AudienceEntry {
    std::optional<bool> own_institution;
    std::optional<std::vector<Key>> institutions, persons;
};
BOOST_DESCRIBE_STRUCT(AudienceEntry, (), (own_institution, institutions, persons))

struct EditEntry {
    std::int32_t day;
    std::string time, text;
};
BOOST_DESCRIBE_STRUCT(EditEntry, (), (day, time, text))

struct DeletionEntry {
    std::int32_t day;
    std::string time;
};
BOOST_DESCRIBE_STRUCT(DeletionEntry, (), (day, time))

struct MessageEntry {
    Key key, channel, topic, author;
    std::optional<Key> institution, on_behalf_of;
    std::optional<Way> way;
    std::int32_t day;
    std::string time, text;
    std::optional<Key> reply_to;
    std::optional<std::vector<Key>> mentions;
    std::optional<AudienceEntry> audience;
    std::optional<EditEntry> edited;
    std::optional<DeletionEntry> deleted;
};
BOOST_DESCRIBE_STRUCT(MessageEntry, (),
                      (key, channel, topic, author, institution, on_behalf_of, way, day, time, text, reply_to, mentions,
                       audience, edited, deleted))

struct World {
    std::vector<InstitutionEntry> institutions;
    std::vector<PersonEntry> persons;
    std::vector<TeamEntry> teams;
    std::vector<MembershipEntry> memberships;
    std::vector<MandateEntry> mandates;
    std::vector<ChannelEntry> channels;
    std::vector<TopicEntry> topics;
    std::vector<MessageEntry> messages;
};
BOOST_DESCRIBE_STRUCT(World, (), (institutions, persons, teams, memberships, mandates, channels, topics, messages))

/// world.json, embedded at build time. A mistake in it is a bug: std::logic_error with the place.
World read_world();

} // namespace splot::demonstration
