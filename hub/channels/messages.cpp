#include "hub/channels/messages.h"

#include <algorithm>

namespace splot::channels {

using storage::channels::StoredMessage;

Audience audience_of(const access::Label& label) { return {label.institutions, label.persons}; }

Async<Message> unseal_one(Desk& desk, std::int64_t stream, const access::ScopeBook& scope, StoredMessage stored) {
    Message message;
    message.id = stored.id;
    message.channel = stored.channel;
    message.topic = stored.topic;
    message.cursor = desk.cursor(stream, stored.number);
    message.author = {stored.person, stored.mandate, stored.institution, stored.entered_by, stored.way};
    message.at = stored.at;
    if (const auto* label = scope.label(stored.label)) message.audience = audience_of(*label);
    message.mentions = std::move(stored.mentions);
    message.reply_to = stored.reply_to;
    message.revision = stored.revision;
    message.edited_at = stored.edited_at;
    message.deleted_at = stored.deleted_at;
    message.unreadable = false;
    if (stored.deleted_at || !stored.body) {
        message.mentions.clear();
        co_return message;
    }
    const vault::Place place{"message_revision", Uuid(stored.id), Uuid(stored.channel), stored.revision};
    auto text = co_await desk.bodies.open(stored.key, place, std::move(*stored.body));
    message.unreadable = !text;
    message.text = Personal(std::move(text).value_or(""));
    co_return message;
}

Async<std::vector<Message>> unseal(Desk& desk, std::int64_t stream, const access::ScopeBook& scope,
                                   std::vector<StoredMessage> stored) {
    std::vector<Message> messages;
    messages.reserve(stored.size());
    for (auto& one : stored)
        messages.push_back(co_await unseal_one(desk, stream, scope, std::move(one)));
    co_return messages;
}

Async<storage::channels::Body> seal(Desk& desk, const access::ObjectFact& channel, MessageId message,
                                    std::int32_t revision, const Personal<std::string>& text) {
    const vault::Place place{"message_revision", Uuid(message), channel.id, revision};
    co_return co_await desk.bodies.seal(channel.key, place, text.reveal());
}

storage::channels::Window window(const Grant& grant, const access::ObjectFact& channel) {
    storage::channels::Window window;
    for (const auto& readable : grant.readable()) {
        window.labels.push_back(readable.label);
        window.since.push_back(joined_later(readable.since, channel));
    }
    return window;
}

std::optional<Instant> joined_later(Instant since, const access::ObjectFact& channel) {
    return since > channel.made_at ? std::optional(since) : std::nullopt;
}

storage::log::AuditRow look(const Call& call, std::string act, Uuid object) {
    const auto& decision = call.access.decision();
    std::string ground = "lane=" + std::to_string(call.access.object().lane);
    if (decision.ground)
        ground += " mandate=" + decision.ground->id.text() + " institution=" + decision.ground->institution.text();
    const auto mandate = decision.ground ? std::optional(decision.ground->id) : std::nullopt;
    return {call.access.object().id, call.now, call.actor().person, mandate, call.actor().device,
            std::move(act),          object,   std::move(ground)};
}

} // namespace splot::channels
