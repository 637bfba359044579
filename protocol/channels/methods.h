#pragma once
#include "protocol/channels/types.h"
#include "protocol/rpc/method.h"

namespace splot::channels {

struct CreateChannel {
    static constexpr Method method{"channels.create_channel", Effect::writes, PerMinute{60},
                                   "the team's animator; the head of the institution for its own channels"};
    using Answer = Made;
    std::optional<TeamId> team;
    std::optional<InstitutionId> institution;
    std::string name;
    std::string purpose;
    Lane lane;
    bool sealed;
    std::vector<PersonId> listed; ///< for Lane::listed
};
BOOST_DESCRIBE_STRUCT(CreateChannel, (), (team, institution, name, purpose, lane, sealed, listed))

struct AddMember {
    static constexpr Method method{"channels.add_member", Effect::writes, PerMinute{240},
                                   "the team's animator who reads the channel; a listed member's own animator"};
    using Answer = Made;
    ChannelId channel;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(AddMember, (), (channel, person))

struct RemoveMember {
    static constexpr Method method{"channels.remove_member", Effect::writes, PerMinute{240},
                                   "the team's animator who reads the channel; the member themselves"};
    using Answer = Made;
    ChannelId channel;
    PersonId person;
};
BOOST_DESCRIBE_STRUCT(RemoveMember, (), (channel, person))

struct CreateTopic {
    static constexpr Method method{"channels.create_topic", Effect::writes, PerMinute{60}, "whoever may post here"};
    using Answer = Made;
    ChannelId channel;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(CreateTopic, (), (channel, name))

/// Problems: not_found, gate_closed (reads but may not post: announcements), invalid (A-43: wider than what it
/// answers; blank; over 10,000 characters).
struct PostMessage {
    static constexpr Method method{"channels.post_message", Effect::appends, PerMinute{120}, "whoever may post here"};
    using Answer = Made; ///< the message
    ChannelId channel;
    TopicId topic;
    Personal<std::string> text;
    std::vector<PersonId> mentions;
    std::optional<MessageId> reply_to;
    std::optional<Audience> audience;     ///< absent: that of the message it answers, or all
    std::optional<PersonId> on_behalf_of; ///< somebody of the same institution who said it by `way` (E-02)
    std::optional<Way> way;
};
BOOST_DESCRIBE_STRUCT(PostMessage, (), (channel, topic, text, mentions, reply_to, audience, on_behalf_of, way))

struct EditMessage {
    static constexpr Method method{"channels.edit_message", Effect::writes, PerMinute{120}, "its author"};
    using Answer = Made;
    MessageId message;
    std::int32_t revision; ///< the one that was edited; another since then is `conflict`
    Personal<std::string> text;
    std::vector<PersonId> mentions;
};
BOOST_DESCRIBE_STRUCT(EditMessage, (), (message, revision, text, mentions))

/// Leaves a stub.
struct DeleteMessage {
    static constexpr Method method{"channels.delete_message", Effect::writes, PerMinute{120},
                                   "its author; the team's animator"};
    using Answer = Made;
    MessageId message;
};
BOOST_DESCRIBE_STRUCT(DeleteMessage, (), (message))

struct Page {
    std::vector<Message> messages; ///< oldest first
    bool has_older;
};
BOOST_DESCRIBE_STRUCT(Page, (), (messages, has_older))

struct ListMessages {
    static constexpr Method method{"channels.list_messages", Effect::looks, PerMinute{600},
                                   "whoever may read the channel"};
    using Answer = Page;
    ChannelId channel;
    std::optional<TopicId> topic;
    std::optional<std::string> before; ///< a message's cursor; absent: the newest page
    std::optional<std::int32_t> limit; ///< 1…200, by default 50
};
BOOST_DESCRIBE_STRUCT(ListMessages, (), (channel, topic, before, limit))

struct Revisions {
    std::vector<MessageRevision> revisions; ///< oldest first
};
BOOST_DESCRIBE_STRUCT(Revisions, (), (revisions))

struct ListRevisions {
    static constexpr Method method{"channels.list_revisions", Effect::looks, PerMinute{120},
                                   "whoever may read the message"};
    using Answer = Revisions;
    MessageId message;
};
BOOST_DESCRIBE_STRUCT(ListRevisions, (), (message))

struct MarkRead {
    static constexpr Method method{"channels.mark_read", Effect::writes, PerMinute{600},
                                   "whoever may read the channel"};
    using Answer = Made;
    ChannelId channel;
    std::string cursor; ///< read up to here; never moves back
};
BOOST_DESCRIBE_STRUCT(MarkRead, (), (channel, cursor))

struct Typing {
    static constexpr Method method{"channels.typing", Effect::live, PerMinute{120}, "whoever may post here"};
    using Answer = Nothing;
    ChannelId channel;
    TopicId topic;
};
BOOST_DESCRIBE_STRUCT(Typing, (), (channel, topic))

/// Makes all bodies of a sealed channel unreadable for ever; the key holder keeps a tombstone.
struct DestroyKey {
    static constexpr Method method{"channels.destroy_key", Effect::writes, PerMinute{5},
                                   "the head of the lead institution, of the institution for its own channel"};
    using Answer = Made;
    ChannelId channel;
};
BOOST_DESCRIBE_STRUCT(DestroyKey, (), (channel))

} // namespace splot::channels
