#pragma once
#include "protocol/channels/types.h"

#include <boost/json/value.hpp>

namespace splot {

/// One thing that happened, as it goes over the wire. `event` is the struct named by `kind`.
/// `request` is the id of the call that made it, so that its caller recognises its own.
struct Event {
    StreamId stream;
    std::string cursor;
    std::string kind;
    Author author;
    Instant at;
    std::optional<RequestId> request;
    boost::json::value event;
};
BOOST_DESCRIBE_STRUCT(Event, (), (stream, cursor, kind, author, at, request, event))

/// A channel as it stands: what a client shows before the first event arrives.
struct ChannelSnapshot {
    Channel channel;
    std::vector<Topic> topics;
    std::vector<PersonId> listed;  ///< people on the list of a `listed` channel
    std::vector<Message> messages; ///< the last page, oldest first
    bool has_older;
};
BOOST_DESCRIBE_STRUCT(ChannelSnapshot, (), (channel, topics, listed, messages, has_older))

/// A team (or, with `institution`, an institution's own room) as it stands.
struct TeamSnapshot {
    std::optional<Team> team;
    std::vector<Institution> institutions;
    std::vector<Membership> memberships;
    std::vector<Mandate> mandates;
    std::vector<Person> people;
    std::vector<Channel> channels;
};
BOOST_DESCRIBE_STRUCT(TeamSnapshot, (), (team, institutions, memberships, mandates, people, channels))

struct Snapshot {
    std::optional<ChannelSnapshot> channel;
    std::optional<TeamSnapshot> team;
};
BOOST_DESCRIBE_STRUCT(Snapshot, (), (channel, team))

/// Either `snapshot` or `events` (what came after the cursor); live events follow without a hole.
struct Opened {
    StreamId stream;
    std::string cursor;
    std::optional<Snapshot> snapshot;
    std::vector<Event> events;
};
BOOST_DESCRIBE_STRUCT(Opened, (), (stream, cursor, snapshot, events))

/// `stream` without its `cursor` asks for a snapshot.
struct StreamPosition {
    StreamId stream;
    std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(StreamPosition, (), (stream, cursor))

/// One of the streams of `streams.resume`: opened, or the code why not.
struct Resumed {
    StreamId stream;
    std::optional<Opened> opened;
    std::optional<std::string> code;
};
BOOST_DESCRIBE_STRUCT(Resumed, (), (stream, opened, code))

} // namespace splot
