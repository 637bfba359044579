#include "clients/cli/commands.h"
#include "clients/cli/messages.h"
#include "clients/cli/names.h"
#include "clients/cli/words.h"
#include "protocol/access/methods.h"
#include "protocol/channels/methods.h"

namespace splot::cli {

using client::Async;

namespace {

/// `--topic`, or the only one.
Outcome<Topic> topic_given(const Desk& desk, const ChannelSnapshot& snapshot) {
    if (!desk.args.topic.empty()) return find_topic(desk.args.topic, snapshot.topics);
    if (snapshot.topics.size() == 1) return snapshot.topics.front();
    if (snapshot.topics.empty())
        return Failure{Exit::usage, "Ten kanał nie ma jeszcze tematu.", "Załóż: splot topics create KANAŁ NAZWA"};
    std::string listed = "Który temat?";
    for (const auto& topic : snapshot.topics)
        listed += "\n  " + shortened(topic.name, 60);
    return Failure{Exit::usage, listed, "Dodaj --topic TEMAT"};
}

/// Says who would read it, sends nothing.
Async<Outcome<>> preview(Desk& desk, ChannelId channel, std::optional<Audience> audience) {
    access::Explain ask;
    ask.channel = channel;
    ask.audience = std::move(audience);
    CO_TRY(const auto explanation, co_await desk.call(std::move(ask)));
    desk.tell(explanation);
    desk.say("Zobaczy " + counted(static_cast<std::int64_t>(explanation.readers.size()), "osoba", "osoby", "osób") +
             " z " + counted(explanation.institutions, "instytucji", "instytucji", "instytucji") + ".\n");
    co_return Outcome<>{};
}

Async<Outcome<>> send(Desk& desk, channels::PostMessage message) {
    const auto path = desk.roster().path(message.channel);
    CO_TRY(const auto made, co_await desk.call(std::move(message)));
    desk.tell(made);
    desk.say("Wysłano: " + path + (made.made.empty() ? "" : "  " + desk.look.dim(short_id(made.made.front()))) + "\n");
    co_return Outcome<>{};
}

Async<Outcome<MessageId>> message_given(Desk& desk) {
    if (const auto id = MessageId::parse(desk.args.message)) co_return *id;
    CO_TRY(const auto message, co_await find_message(desk, desk.args.message, desk.args.channel));
    CO_CHECK(
        desk.act_in(desk.roster().find(message.channel) ? desk.roster().find(message.channel)->team : std::nullopt));
    co_return message.id;
}

/// The newest wording: an edit of an older one is a conflict.
Async<Outcome<std::int32_t>> newest_revision(Desk& desk, MessageId message) {
    channels::ListRevisions ask{message};
    CO_TRY(const auto list, co_await desk.call(ask));
    co_return list.revisions.empty() ? 1 : list.revisions.back().revision;
}

} // namespace

Async<Outcome<>> post_message(Desk& desk) {
    CO_TRY(const auto state, desk.roster().channel(desk.args.channel));
    CO_CHECK(desk.act_in(state.channel.team));
    CO_TRY(auto audience, audience_given(desk));
    if (desk.args.preview) co_return co_await preview(desk, state.channel.id, std::move(audience));
    CO_TRY(const auto snapshot, co_await desk.snapshot(state.channel.id));
    CO_TRY(const auto topic, topic_given(desk, snapshot));
    channels::PostMessage message;
    message.channel = state.channel.id;
    message.topic = topic.id;
    CO_TRY(message.text, text_given(desk));
    CO_TRY(message.mentions, mentions_in(desk, message.text.reveal()));
    message.audience = std::move(audience);
    if (!desk.args.on_behalf_of.empty()) {
        CO_TRY(const auto person, desk.roster().person(desk.args.on_behalf_of));
        message.on_behalf_of = person.id;
        message.way = parse_enum<Way>(desk.args.way.empty() ? "telephone" : desk.args.way);
    }
    co_return co_await send(desk, std::move(message));
}

Async<Outcome<>> reply_to_message(Desk& desk) {
    CO_TRY(const auto answered, co_await find_message(desk, desk.args.message, desk.args.channel));
    const auto* const channel = desk.roster().find(answered.channel);
    CO_CHECK(desk.act_in(channel ? channel->team : std::nullopt));
    channels::PostMessage message;
    message.channel = answered.channel;
    message.topic = answered.topic;
    message.reply_to = answered.id;
    CO_TRY(message.text, text_given(desk));
    CO_TRY(message.mentions, mentions_in(desk, message.text.reveal()));
    CO_TRY(message.audience, audience_given(desk));
    co_return co_await send(desk, std::move(message));
}

Async<Outcome<>> edit_message(Desk& desk) {
    CO_TRY(const auto id, co_await message_given(desk));
    CO_TRY(const auto revision, co_await newest_revision(desk, id));
    CO_TRY(auto text, text_given(desk));
    CO_TRY(auto mentions, mentions_in(desk, text.reveal()));
    channels::EditMessage ask{id, revision, std::move(text), std::move(mentions)};
    CO_TRY(const auto made, co_await desk.call(std::move(ask)));
    desk.tell(made);
    desk.say("Poprawiono: " + short_id(id) + "\n");
    co_return Outcome<>{};
}

Async<Outcome<>> delete_message(Desk& desk) {
    CO_TRY(const auto id, co_await message_given(desk));
    channels::DeleteMessage ask{id};
    CO_TRY(const auto made, co_await desk.call(ask));
    desk.tell(made);
    desk.say("Usunięto: " + short_id(id) + "\n");
    co_return Outcome<>{};
}

} // namespace splot::cli
