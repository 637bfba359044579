#pragma once
#include "protocol/identity/types.h"
#include "protocol/teams/types.h"

namespace splot {

/// Who a channel is for (T-55). `listed`: only people put on its list; `institution`: the people of one institution.
enum class Lane { all, announcements, heads, animators, listed, institution };
BOOST_DESCRIBE_ENUM(Lane, all, announcements, heads, animators, listed, institution)

struct Channel {
    ChannelId id;
    std::string name;
    std::string purpose;
    Lane lane;
    std::optional<TeamId> team; ///< exactly one of team and institution
    std::optional<InstitutionId> institution;
    bool sealed; ///< bodies under the channel's own key; reading is a look (A-67)
};
BOOST_DESCRIBE_STRUCT(Channel, (), (id, name, purpose, lane, team, institution, sealed))

struct Topic {
    TopicId id;
    ChannelId channel;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Topic, (), (id, channel, name))

/// Who of the lane may read one message. Both lists empty: all of the lane. Both given: those persons, while
/// they act for one of those institutions. The author's own institution or person always belongs to it.
struct Audience {
    std::vector<InstitutionId> institutions;
    std::vector<PersonId> persons;

    bool operator==(const Audience&) const = default;
};
BOOST_DESCRIBE_STRUCT(Audience, (), (institutions, persons))

/// A message as it stands now. A deleted one is a stub: text, mentions are empty and `deleted_at` is set.
/// `unreadable`: its key was destroyed.
struct Message {
    MessageId id;
    ChannelId channel;
    TopicId topic;
    std::string cursor; ///< its place in the channel's stream
    Author author;
    Instant at;
    Audience audience;
    Personal<std::string> text;
    std::vector<PersonId> mentions;
    std::optional<MessageId> reply_to;
    std::int32_t revision; ///< 1, and one more with each edit
    std::optional<Instant> edited_at;
    std::optional<Instant> deleted_at;
    bool unreadable;
};
BOOST_DESCRIBE_STRUCT(Message, (),
                      (id, channel, topic, cursor, author, at, audience, text, mentions, reply_to, revision, edited_at,
                       deleted_at, unreadable))

/// One wording of a message, for its history.
struct MessageRevision {
    std::int32_t revision;
    Personal<std::string> text;
    Instant at;
    Author author;
};
BOOST_DESCRIBE_STRUCT(MessageRevision, (), (revision, text, at, author))

} // namespace splot
