#pragma once
#include "protocol/channels/types.h"

#include <string_view>

/// What a channel's stream tells. `splot::Event` (protocol/streams) carries one of these as its payload.
namespace splot::channels {

struct TopicCreated {
    static constexpr std::string_view kind = "topic_created";
    Topic topic;
};
BOOST_DESCRIBE_STRUCT(TopicCreated, (), (topic))

struct MessagePosted {
    static constexpr std::string_view kind = "message_posted";
    Message message;
};
BOOST_DESCRIBE_STRUCT(MessagePosted, (), (message))

/// The message with its newest wording.
struct MessageEdited {
    static constexpr std::string_view kind = "message_edited";
    Message message;
};
BOOST_DESCRIBE_STRUCT(MessageEdited, (), (message))

/// The message as the stub that stays.
struct MessageDeleted {
    static constexpr std::string_view kind = "message_deleted";
    Message message;
};
BOOST_DESCRIBE_STRUCT(MessageDeleted, (), (message))

struct ChannelMemberAdded {
    static constexpr std::string_view kind = "channel_member_added";
    ChannelId channel;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(ChannelMemberAdded, (), (channel, person))

struct ChannelMemberRemoved {
    static constexpr std::string_view kind = "channel_member_removed";
    ChannelId channel;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(ChannelMemberRemoved, (), (channel, person))

/// The channel's key is gone: its bodies can never be read again.
struct ChannelKeyDestroyed {
    static constexpr std::string_view kind = "channel_key_destroyed";
    ChannelId channel;
};
BOOST_DESCRIBE_STRUCT(ChannelKeyDestroyed, (), (channel))

} // namespace splot::channels
