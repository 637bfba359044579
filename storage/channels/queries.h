#pragma once
#include "protocol/channels/types.h"
#include "storage/access/grant.h"
#include "storage/log/log.h"
#include "storage/log/writer.h"
#include "storage/postgres/transaction.h"

namespace splot::storage::channels {

using Body = std::vector<std::byte>;

/// A message as stored: its body still sealed where the channel is.
struct StoredMessage {
    MessageId id;
    ChannelId channel;
    TopicId topic;
    std::int64_t number;
    std::int32_t label;
    Instant at;
    PersonId person;
    MandateId mandate;
    InstitutionId institution;
    std::optional<PersonId> entered_by;
    std::optional<Way> way;
    std::vector<PersonId> mentions;
    std::optional<MessageId> reply_to;
    std::int32_t revision;
    std::optional<Instant> edited_at;
    std::optional<Instant> deleted_at;
    std::optional<KeyId> key;
    std::optional<Body> body; ///< none once deleted
};
BOOST_DESCRIBE_STRUCT(StoredMessage, (),
                      (id, channel, topic, number, label, at, person, mandate, institution, entered_by, way, mentions,
                       reply_to, revision, edited_at, deleted_at, key, body))

/// A message for the writer.
class NewMessage final : public log::AppendItem {
public:
    NewMessage();

    MessageId id;
    ChannelId channel;
    TopicId topic;
    std::int32_t label = 0;
    Instant at{};
    Author author;
    std::vector<std::byte> request_check;
    std::optional<MessageId> reply_to;
    std::vector<PersonId> mentions;
    std::optional<KeyId> key;
    Body body;
};

struct NewChannel {
    ChannelId id;
    std::int64_t stream = 0;
    std::string name, purpose;
    std::int32_t lane = 0, label = 0;
    std::optional<TeamId> team;
    std::optional<InstitutionId> institution;
    std::optional<KeyId> key;
    Instant at{};
};
void insert_channel(Transaction& tx, const Grant& grant, const NewChannel& channel);
void add_members(Transaction& tx, const Grant& grant, ChannelId channel, const std::vector<PersonId>& persons,
                 Instant at);
Async<std::int64_t> remove_member(Transaction& tx, const Grant& grant, ChannelId channel, PersonId person, Instant at);
void insert_topic(Transaction& tx, const Grant& grant, const Topic& topic, std::int32_t label, Instant at);
Async<std::int64_t> destroy_key(Transaction& tx, const Grant& grant, ChannelId channel, Instant at);

/// Those of the ids that the grant reads, oldest first.
Async<std::vector<Channel>> channels(Transaction& tx, const Grant& grant, std::vector<ChannelId> ids);
Async<std::vector<Topic>> topics(Transaction& tx, const Grant& grant, ChannelId channel);
Async<std::vector<Topic>> replay_topics(Transaction& log_tx, FeedPass pass, std::vector<TopicId> ids);
Async<std::vector<Channel>> replay_channels(Transaction& log_tx, FeedPass pass, std::vector<ChannelId> ids);
Async<std::vector<PersonId>> listed(Transaction& tx, const Grant& grant, ChannelId channel, Instant now);

/// Where to read: labels, and for each from when on (T-45); nothing: from the beginning.
struct Window {
    std::vector<std::int32_t> labels;
    std::vector<std::optional<Instant>> since;
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    std::int32_t limit = 50;
};
/// The newest of the window, newest first; one more than the limit tells that there are older ones.
Async<std::vector<StoredMessage>> list_messages(Transaction& tx, const Grant& grant, ChannelId channel,
                                                std::optional<TopicId> topic, Window window);

/// A message for a decision about it: read before anybody is admitted, so nothing of it leaves without one.
Async<std::optional<StoredMessage>> find_message(Transaction& log_tx, FeedPass pass, MessageId id);
/// A topic for a decision about it, or for replay.
Async<std::optional<Topic>> find_topic(Transaction& log_tx, FeedPass pass, TopicId id);
/// With the wording of each revision asked for.
Async<std::vector<StoredMessage>> message_revisions(Transaction& log_tx, FeedPass pass, std::vector<MessageId> ids,
                                                    std::vector<std::int32_t> revisions);

struct NewRevision {
    MessageId message;
    std::int32_t revision = 0; ///< the one that it replaces
    std::int32_t label = 0;
    Instant message_at{}, at{};
    Author author;
    std::vector<PersonId> mentions;
    std::optional<KeyId> key;
    Body body;
};
/// False when somebody edited or deleted it meanwhile.
Async<bool> edit_message(Transaction& tx, const Grant& grant, NewRevision revision);
/// False when it was deleted before.
Async<bool> delete_message(Transaction& tx, const Grant& grant, MessageId message, Instant at);

struct StoredRevision {
    std::int32_t revision;
    Instant at;
    PersonId person;
    MandateId mandate;
    InstitutionId institution;
    std::optional<KeyId> key;
    Body body;
};
BOOST_DESCRIBE_STRUCT(StoredRevision, (), (revision, at, person, mandate, institution, key, body))
Async<std::vector<StoredRevision>> revisions(Transaction& tx, const Grant& grant, MessageId message);

void mark_read(Transaction& tx, const Grant& grant, ChannelId channel, std::int64_t number);

struct ChannelStateRow {
    ChannelId channel;
    std::int64_t head;
    std::optional<std::int64_t> read;
    std::int32_t unread;
    std::int32_t mentions;
};
BOOST_DESCRIBE_STRUCT(ChannelStateRow, (), (channel, head, read, unread, mentions))
/// Which labels of which channel are counted, and from when on; nothing: from the beginning.
struct CountedLabels {
    std::vector<ChannelId> channels;
    std::vector<std::int32_t> labels;
    std::vector<std::optional<Instant>> since;
};
/// One row a channel.
Async<std::vector<ChannelStateRow>> channel_states(Transaction& tx, const Grant& grant, std::vector<ChannelId> channels,
                                                   CountedLabels counted);

} // namespace splot::storage::channels
