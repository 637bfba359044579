#include "storage/channels/queries.h"

#include "storage/channels/sql.h"

namespace splot::storage::channels {
namespace {

/// A PostgreSQL array literal: arrays of arrays must not be ragged, so each goes as text.
std::string array_literal(const std::vector<PersonId>& persons) {
    std::string text = "{";
    for (const auto& person : persons)
        text += (text.size() > 1 ? "," : "") + person.text();
    return text + "}";
}

/// The batch as columns for unnest.
struct MessageColumns {
    std::vector<std::int64_t> stream;
    std::vector<MessageId> id;
    std::vector<ChannelId> channel;
    std::vector<TopicId> topic;
    std::vector<std::int32_t> label;
    std::vector<Instant> at;
    std::vector<PersonId> person;
    std::vector<MandateId> mandate;
    std::vector<InstitutionId> institution;
    std::vector<std::optional<PersonId>> entered_by;
    std::vector<std::optional<Way>> way;
    std::vector<DeviceId> device;
    std::vector<RequestId> request;
    std::vector<Body> request_check;
    std::vector<std::optional<MessageId>> reply_to;
    std::vector<std::string> mentions;
    std::vector<std::optional<KeyId>> key;
    std::vector<Body> body;
    std::vector<std::int64_t> epoch_of;
    std::vector<Uuid> epoch_id;
    std::vector<std::int64_t> epoch_value;

    void add(const NewMessage& m) {
        stream.push_back(m.stream);
        id.push_back(m.id);
        channel.push_back(m.channel);
        topic.push_back(m.topic);
        label.push_back(m.label);
        at.push_back(m.at);
        person.push_back(m.author.person);
        mandate.push_back(m.author.mandate);
        institution.push_back(m.author.institution);
        entered_by.push_back(m.author.entered_by);
        way.push_back(m.author.way);
        device.push_back(m.device);
        request.push_back(m.request);
        request_check.push_back(m.request_check);
        reply_to.push_back(m.reply_to);
        mentions.push_back(array_literal(m.mentions));
        key.push_back(m.key);
        body.push_back(m.body);
        for (const auto& epoch : m.epochs) {
            epoch_of.push_back(static_cast<std::int64_t>(stream.size()));
            epoch_id.push_back(epoch.id);
            epoch_value.push_back(epoch.value);
        }
    }
};

struct MessageAppend final : log::AppendKind {
    void queue(Connection& connection, std::span<log::AppendItem* const> items) const override {
        MessageColumns c;
        for (const auto* item : items)
            c.add(static_cast<const NewMessage&>(*item));
        connection.queue(sql::append_messages, c.stream, c.id, c.channel, c.topic, c.label, c.at, c.person, c.mandate,
                         c.institution, c.entered_by, c.way, c.device, c.request, c.request_check, c.reply_to,
                         c.mentions, c.key, c.body, c.epoch_of, c.epoch_id, c.epoch_value);
    }
};
const MessageAppend message_append;

} // namespace

NewMessage::NewMessage() : AppendItem(message_append) {}

void insert_channel(Transaction& tx, const Grant&, const NewChannel& c) {
    tx.queue(sql::insert_channel, c.id, c.stream, c.name, c.purpose, c.lane, c.label, c.team, c.institution, c.key,
             c.at);
}

void add_members(Transaction& tx, const Grant&, ChannelId channel, const std::vector<PersonId>& persons, Instant at) {
    tx.queue(sql::add_members, channel, persons, at);
}

Async<std::int64_t> remove_member(Transaction& tx, const Grant&, ChannelId channel, PersonId person, Instant at) {
    return tx.run(sql::remove_member, channel, person, at);
}

void insert_topic(Transaction& tx, const Grant&, const Topic& topic, std::int32_t label, Instant at) {
    tx.queue(sql::insert_topic, topic.id, topic.channel, topic.name, label, at);
}

Async<std::int64_t> destroy_key(Transaction& tx, const Grant&, ChannelId channel, Instant at) {
    return tx.run(sql::destroy_key, channel, at);
}

Async<std::vector<Channel>> channels(Transaction& tx, const Grant&, std::vector<ChannelId> ids) {
    return tx.rows<Channel>(sql::channels, ids);
}

Async<std::vector<Topic>> topics(Transaction& tx, const Grant&, ChannelId channel) {
    return tx.rows<Topic>(sql::topics, channel);
}

Async<std::optional<Topic>> find_topic(Transaction& log_tx, FeedPass, TopicId id) {
    return log_tx.maybe<Topic>(sql::topics_by_id, std::vector{id});
}

Async<std::vector<Topic>> replay_topics(Transaction& log_tx, FeedPass, std::vector<TopicId> ids) {
    return log_tx.rows<Topic>(sql::topics_by_id, ids);
}

Async<std::vector<Channel>> replay_channels(Transaction& log_tx, FeedPass, std::vector<ChannelId> ids) {
    return log_tx.rows<Channel>(sql::channels, ids);
}

Async<std::vector<PersonId>> listed(Transaction& tx, const Grant&, ChannelId channel, Instant now) {
    return tx.rows<PersonId>(sql::listed, channel, now);
}

Async<std::vector<StoredMessage>> list_messages(Transaction& tx, const Grant&, ChannelId channel,
                                                std::optional<TopicId> topic, Window w) {
    return tx.rows<StoredMessage>(sql::list_messages, channel, topic, w.labels, w.since, w.before, w.limit);
}

Async<std::optional<StoredMessage>> find_message(Transaction& log_tx, FeedPass, MessageId id) {
    return log_tx.maybe<StoredMessage>(sql::message_place, id);
}

Async<std::vector<StoredMessage>> message_revisions(Transaction& log_tx, FeedPass, std::vector<MessageId> ids,
                                                    std::vector<std::int32_t> revisions) {
    return log_tx.rows<StoredMessage>(sql::message_revisions, ids, revisions);
}

Async<bool> edit_message(Transaction& tx, const Grant&, NewRevision r) {
    const auto edited = co_await tx.run(sql::edit_message, r.message, r.revision, r.mentions, r.at);
    if (edited == 0) co_return false;
    tx.queue(sql::insert_revision, r.message, r.revision + 1, r.label, r.message_at, r.at, r.author.person,
             r.author.mandate, r.author.institution, r.key, r.body);
    co_return true;
}

Async<bool> delete_message(Transaction& tx, const Grant&, MessageId message, Instant at) {
    const auto deleted = co_await tx.run(sql::delete_message, message, at);
    if (deleted == 0) co_return false;
    tx.queue(sql::delete_wordings, message);
    co_return true;
}

Async<std::vector<StoredRevision>> revisions(Transaction& tx, const Grant&, MessageId message) {
    return tx.rows<StoredRevision>(sql::revisions, message);
}

void mark_read(Transaction& tx, const Grant& grant, ChannelId channel, std::int64_t number) {
    tx.queue(sql::mark_read, grant.person(), channel, number);
}

Async<std::vector<ChannelStateRow>> channel_states(Transaction& tx, const Grant& grant, std::vector<ChannelId> channels,
                                                   CountedLabels counted) {
    return tx.rows<ChannelStateRow>(sql::channel_states, channels, grant.person(), counted.channels, counted.labels,
                                    counted.since);
}

} // namespace splot::storage::channels
