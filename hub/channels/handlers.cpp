#include "hub/channels/messages.h"
#include "hub/channels/service.h"
#include "protocol/channels/events.h"
#include "protocol/teams/events.h"

#include <algorithm>

namespace splot::channels {
namespace {

using feed::Replayed;
using storage::Transaction;

template <class Event> std::string payload(Message message) { return json::to_json(Event{std::move(message)}); }

std::string payload_of(const std::string& kind, Message message) {
    if (kind == MessagePosted::kind) return payload<MessagePosted>(std::move(message));
    if (kind == MessageEdited::kind) return payload<MessageEdited>(std::move(message));
    return payload<MessageDeleted>(std::move(message));
}

/// The wording that the event told of; what was deleted since comes as its stub.
Async<void> load_messages(Desk& desk, Transaction& tx, std::vector<Replayed*> wanted) {
    std::vector<MessageId> ids;
    std::vector<std::int32_t> revisions;
    for (const auto* one : wanted)
        ids.emplace_back(one->event.object), revisions.push_back(one->event.revision.value_or(1));
    const auto stored = co_await storage::channels::message_revisions(tx, GrantMaker::pass(), ids, revisions);
    for (auto* one : wanted) {
        const auto found = std::ranges::find_if(stored, [&](const auto& m) {
            return Uuid(m.id) == one->event.object && m.revision == one->event.revision.value_or(1);
        });
        if (found == stored.end()) continue;
        const auto scope = co_await desk.kernel.scope_of(found->channel);
        if (!scope) continue;
        auto message = co_await unseal_one(desk, one->event.stream, *scope, *found);
        if (one->event.kind != MessageDeleted::kind && one->event.revision.value_or(1) == 1 && !message.deleted_at)
            message.edited_at.reset();
        one->payload = payload_of(one->event.kind, std::move(message));
    }
}

Async<void> load_topics(Transaction& tx, std::vector<Replayed*> wanted) {
    std::vector<TopicId> ids;
    for (const auto* one : wanted)
        ids.emplace_back(one->event.object);
    for (const auto& topic : co_await storage::channels::replay_topics(tx, GrantMaker::pass(), ids))
        for (auto* one : wanted)
            if (one->event.object == Uuid(topic.id)) one->payload = json::to_json(TopicCreated{topic});
}

Async<void> load_channels(Transaction& tx, std::vector<Replayed*> wanted) {
    std::vector<ChannelId> ids;
    for (const auto* one : wanted)
        ids.emplace_back(one->event.object);
    for (const auto& channel : co_await storage::channels::replay_channels(tx, GrantMaker::pass(), ids))
        for (auto* one : wanted)
            if (one->event.object == Uuid(channel.id)) one->payload = json::to_json(teams::ChannelCreated{channel});
}

/// Their event rows say everything.
Async<void> load_plain(Transaction&, std::vector<Replayed*> wanted) {
    for (auto* one : wanted) {
        const ChannelId channel(one->event.object);
        const PersonId person(one->event.subject.value_or(Uuid{}));
        if (one->event.kind == ChannelMemberAdded::kind)
            one->payload = json::to_json(ChannelMemberAdded{channel, person});
        else if (one->event.kind == ChannelMemberRemoved::kind)
            one->payload = json::to_json(ChannelMemberRemoved{channel, person});
        else
            one->payload = json::to_json(ChannelKeyDestroyed{channel});
    }
    co_return;
}

} // namespace

void add_replay(Desk& desk) {
    desk.replayer.add(
        {MessagePosted::kind, MessageEdited::kind, MessageDeleted::kind},
        [&desk](Transaction& tx, std::vector<Replayed*> wanted) { return load_messages(desk, tx, std::move(wanted)); });
    desk.replayer.add({TopicCreated::kind}, load_topics);
    desk.replayer.add({teams::ChannelCreated::kind}, load_channels);
    desk.replayer.add({ChannelMemberAdded::kind, ChannelMemberRemoved::kind, ChannelKeyDestroyed::kind}, load_plain);
}

void add_handlers(Dispatcher& rpc) {
    rpc.add<CreateChannel>(create_channel);
    rpc.add<AddMember>(add_member);
    rpc.add<RemoveMember>(remove_member);
    rpc.add<CreateTopic>(create_topic);
    rpc.add<DestroyKey>(destroy_key);
    rpc.add<Typing>(typing);
    rpc.add_append<PostMessage>(post_message);
    rpc.add<EditMessage>(edit_message);
    rpc.add<DeleteMessage>(delete_message);
    rpc.add<ListMessages>(list_messages);
    rpc.add<ListRevisions>(list_revisions);
    rpc.add<MarkRead>(mark_read);
}

} // namespace splot::channels
