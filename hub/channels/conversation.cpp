#include "hub/channels/audience.h"
#include "hub/channels/messages.h"
#include "hub/channels/rules.h"
#include "hub/channels/service.h"
#include "hub/make_id.h"
#include "protocol/channels/events.h"
#include "protocol/streams/methods.h"

#include <algorithm>

namespace splot::channels {
namespace {

using storage::Transaction;
using storage::channels::StoredMessage;

constexpr std::int32_t usual_page = 50, largest_page = 200;

Async<std::optional<StoredMessage>> find(Desk& desk, MessageId id) {
    auto tx = co_await Transaction::begin(desk.log, Transaction::Mode::read_only_repeatable_read);
    co_return co_await storage::channels::find_message(tx, GrantMaker::pass(), id);
}

/// The label's id, made if these people were never named together before.
Async<std::int32_t> label_for(Call& call, std::int32_t lane, const Audience& audience) {
    if (const auto* known = find_label(*call.access.scope(), lane, audience)) co_return known->id;
    auto tx = co_await Transaction::begin(call.desk.log, Transaction::Mode::read_write_read_committed);
    const auto id = co_await storage::access::intern_label(tx, lane, audience.institutions, audience.persons);
    co_await tx.commit();
    call.access.kernel().forget_scope(call.access.scope()->lane(lane)->scope_id);
    co_return id;
}

/// A topic belongs to one channel for ever, so that it does is asked once.
Async<bool> is_topic_of(Call& call, TopicId topic, ChannelId channel) {
    auto& known = call.desk.topics;
    if (const auto found = known.find(topic); found != known.end()) co_return found->second == channel;
    auto tx = co_await Transaction::begin(call.desk.log, Transaction::Mode::read_only_repeatable_read);
    const auto place = co_await storage::channels::find_topic(tx, GrantMaker::pass(), topic);
    if (!place) co_return false;
    if (known.size() > 50'000) known.clear();
    known[topic] = place->channel;
    co_return place->channel == channel;
}

/// Who said it: the caller, or somebody of the same institution whom the caller heard (E-02).
Async<Result<Author>> author_of(Call& call, const PostMessage& ask) {
    auto author = call.access.author();
    if (ask.on_behalf_of.has_value() != ask.way.has_value()) co_return refuse(Code::invalid, "E-02", "params.way");
    if (!ask.on_behalf_of) co_return author;
    const auto facts = co_await call.access.kernel().facts(*ask.on_behalf_of);
    const bool belongs = std::ranges::any_of(facts->mandates, [&](const access::MandateFact& m) {
        return m.institution == author.institution && m.from <= call.now && (!m.until || call.now < *m.until);
    });
    if (!belongs) co_return refuse(Code::invalid, "E-02", "params.on_behalf_of");
    author.entered_by = author.person;
    author.person = *ask.on_behalf_of;
    author.way = ask.way;
    co_return author;
}

/// A message from before the reader's joining is not there for them (T-45).
bool is_since_joining(const Grant& grant, const StoredMessage& message) {
    const auto since = grant.since(message.label);
    return since && message.at >= *since;
}

/// The message that is answered: readable by the caller and in the same channel.
Async<Result<StoredMessage>> answered(Call& call, ChannelId channel, MessageId id) {
    const auto found = co_await find(call.desk, id);
    if (!found || found->channel != channel) co_return refuse(Code::not_found, {}, "params.reply_to");
    const auto admitted = co_await call.access.admit(access::Action::read, channel, found->label);
    if (!admitted || !is_since_joining(*admitted, *found)) co_return refuse(Code::not_found, {}, "params.reply_to");
    co_return *found;
}

} // namespace

Async<Result<Append>> post_message(Call& call, PostMessage ask) {
    CO_CHECK(rules::check_text(ask.text, ask.mentions));
    std::optional<access::Label> parent;
    if (ask.reply_to) {
        CO_TRY(const StoredMessage original, co_await answered(call, ask.channel, *ask.reply_to));
        parent = *call.access.scope()->label(original.label);
    }
    CO_CHECK(co_await call.access.admit(access::Action::post, ask.channel));
    const auto channel = call.access.object();
    if (channel.key_destroyed) co_return refuse(Code::conflict, "A-73", "params.channel");
    const bool in_channel = co_await is_topic_of(call, ask.topic, ask.channel);
    if (!in_channel) co_return refuse(Code::invalid, {}, "params.topic");
    CO_TRY(Author author, co_await author_of(call, ask));
    CO_TRY(const Audience audience, settle_audience(ask.audience, parent ? &*parent : nullptr, call.access.author()));
    const auto label = co_await label_for(call, channel.lane, audience);
    if (label != channel.label) {
        CO_CHECK(co_await call.access.admit(access::Action::post, ask.channel, label));
    }

    auto item = std::make_unique<storage::channels::NewMessage>();
    item->id = MessageId(make_id(call.now));
    item->stream = channel.stream;
    item->channel = ask.channel;
    item->topic = ask.topic;
    item->label = label;
    item->at = call.now;
    item->author = author;
    item->request_check = call.params_check;
    item->reply_to = ask.reply_to;
    item->mentions = ask.mentions;
    item->key = channel.key;
    item->body = co_await seal(call.desk, channel, item->id, 1, ask.text);
    if (channel.key) item->audit.push_back(look(call, "post", Uuid(item->id)));

    Message message{
        item->id,     ask.channel, ask.topic, {}, author, {}, audience, std::move(ask.text), std::move(ask.mentions),
        ask.reply_to, 1,           {},        {}, false};
    Append append{std::move(item),
                  StreamId(Uuid(ask.channel)),
                  label,
                  std::string(MessagePosted::kind),
                  author,
                  Uuid(message.id),
                  {}};
    append.payload = [&desk = call.desk, stream = channel.stream, message = std::move(message)](std::int64_t number,
                                                                                                Instant at) mutable {
        message.cursor = desk.cursor(stream, number);
        message.at = at;
        return json::to_json(MessagePosted{std::move(message)});
    };
    co_return append;
}

Async<Result<Made>> edit_message(Call& call, EditMessage ask) {
    CO_CHECK(rules::check_text(ask.text, ask.mentions));
    const auto found = co_await find(call.desk, ask.message);
    const auto channel_id = found ? found->channel : ChannelId{};
    CO_TRY(const Grant grant, co_await call.access.admit(access::Action::post, channel_id, found ? found->label : 0));
    const auto channel = call.access.object();
    if (!is_since_joining(grant, *found)) co_return refuse(Code::not_found);
    const Author author{found->person, found->mandate, found->institution, found->entered_by, found->way};
    if (!rules::is_author(author, call.actor().person)) co_return refuse(Code::gate_closed, "A-36");
    if (found->deleted_at || found->revision != ask.revision) co_return refuse(Code::conflict, {}, "params.revision");
    if (channel.key_destroyed) co_return refuse(Code::conflict, "A-73", "params.message");

    storage::channels::NewRevision revision{ask.message,   ask.revision, found->label, found->at, call.now,
                                            call.author(), ask.mentions, channel.key,  {}};
    revision.body = co_await seal(call.desk, channel, ask.message, ask.revision + 1, ask.text);
    const bool edited = co_await storage::channels::edit_message(call.tx(), grant, std::move(revision));
    if (!edited) co_return refuse(Code::conflict, {}, "params.revision");
    if (channel.key) call.looks.push_back(look(call, "edit", Uuid(ask.message)));

    MessageEdited event;
    StoredMessage plain = *found;
    plain.body.reset();
    event.message = co_await unseal_one(call.desk, channel.stream, *call.access.scope(), std::move(plain));
    event.message.text = std::move(ask.text);
    event.message.mentions = std::move(ask.mentions);
    event.message.revision = ask.revision + 1;
    event.message.edited_at = call.now;
    call.streams.append(
        StreamId(Uuid(found->channel)),
        {channel.stream, std::string(event.kind), Uuid(ask.message), ask.revision + 1, {}, found->label},
        json::to_json(event));
    co_return Made{{Uuid(ask.message)}, {}};
}

Async<Result<Made>> delete_message(Call& call, DeleteMessage ask) {
    const auto found = co_await find(call.desk, ask.message);
    const bool own =
        found && rules::is_author({found->person, found->mandate, found->institution, found->entered_by, found->way},
                                  call.actor().person);
    const auto action = own ? access::Action::post : access::Action::moderate;
    CO_TRY(const Grant grant,
           co_await call.access.admit(action, found ? found->channel : ChannelId{}, found ? found->label : 0));
    const auto channel = call.access.object();
    if (!is_since_joining(grant, *found)) co_return refuse(Code::not_found);
    if (found->deleted_at) co_return refuse(Code::conflict, {}, "params.message");
    const bool deleted = co_await storage::channels::delete_message(call.tx(), grant, ask.message, call.now);
    if (!deleted) co_return refuse(Code::conflict, {}, "params.message");
    if (channel.key) call.looks.push_back(look(call, "delete", Uuid(ask.message)));

    MessageDeleted event;
    StoredMessage stub = *found;
    stub.body.reset();
    stub.deleted_at = call.now;
    event.message = co_await unseal_one(call.desk, channel.stream, *call.access.scope(), std::move(stub));
    call.streams.append(StreamId(Uuid(found->channel)),
                        {channel.stream, std::string(event.kind), Uuid(ask.message), found->revision, {}, found->label},
                        json::to_json(event));
    co_return Made{{Uuid(ask.message)}, {}};
}

Async<Result<Page>> list_messages(Call& call, ListMessages ask) {
    const auto limit = ask.limit.value_or(usual_page);
    if (limit < 1 || limit > largest_page) co_return refuse(Code::invalid, {}, "params.limit");
    CO_TRY(const Grant grant, co_await call.access.admit(access::Action::read, ask.channel));
    const auto channel = call.access.object();
    auto where = window(grant, channel);
    where.limit = limit + 1;
    if (ask.before) {
        const auto number = call.desk.replayer.number(channel.stream, *ask.before);
        if (!number) co_return refuse(Code::invalid, {}, "params.before");
        where.before = *number;
    }
    auto stored = co_await storage::channels::list_messages(call.tx(), grant, ask.channel, ask.topic, std::move(where));
    Page page;
    page.has_older = stored.size() > static_cast<std::size_t>(limit);
    if (page.has_older) stored.pop_back();
    std::ranges::reverse(stored);
    page.messages = co_await unseal(call.desk, channel.stream, *call.access.scope(), std::move(stored));
    if (channel.key) call.looks.push_back(look(call, "list", channel.id));
    co_return page;
}

Async<Result<Revisions>> list_revisions(Call& call, ListRevisions ask) {
    const auto found = co_await find(call.desk, ask.message);
    CO_TRY(const Grant grant, co_await call.access.admit(access::Action::read, found ? found->channel : ChannelId{},
                                                         found ? found->label : 0));
    if (!is_since_joining(grant, *found)) co_return refuse(Code::not_found);
    const auto channel = call.access.object();
    Revisions answer;
    for (auto& stored : co_await storage::channels::revisions(call.tx(), grant, ask.message)) {
        const vault::Place place{"message_revision", Uuid(ask.message), channel.id, stored.revision};
        auto text = co_await call.desk.bodies.open(stored.key, place, std::move(stored.body));
        answer.revisions.push_back({stored.revision,
                                    Personal(std::move(text).value_or("")),
                                    stored.at,
                                    {stored.person, stored.mandate, stored.institution, {}, {}}});
    }
    if (channel.key) call.looks.push_back(look(call, "revisions", Uuid(ask.message)));
    co_return answer;
}

Async<Result<Made>> mark_read(Call& call, MarkRead ask) {
    CO_TRY(const Grant grant, co_await call.access.admit(access::Action::read, ask.channel));
    const auto number = call.desk.replayer.number(call.access.object().stream, ask.cursor);
    if (!number) co_return refuse(Code::invalid, {}, "params.cursor");
    storage::channels::mark_read(call.tx(), grant, ask.channel, *number);
    const streams::Whisper whisper{StreamId(Uuid(ask.channel)), "read", call.actor().person, {}, ask.cursor};
    call.whispers.push_back(
        rpc::notification(streams::Whisper::notice, json::to_json(whisper))); // to the person's other tabs
    co_return Made{{Uuid(ask.channel)}, ask.cursor};
}

Async<Result<Nothing>> typing(Call& call, Typing ask) {
    CO_CHECK(co_await call.access.admit(access::Action::post, ask.channel));
    const auto channel = call.access.object();
    const streams::Whisper whisper{StreamId(Uuid(ask.channel)), "typing", call.actor().person, ask.topic, {}};
    const auto frame = rpc::notification(streams::Whisper::notice, json::to_json(whisper));
    const feed::Whispered said{channel.stream, channel.label, std::make_shared<const std::string>(frame)};
    call.desk.shared.feed.whisper_here(said);
    call.desk.shared.bus.tell_whisper(said);
    co_return Nothing{};
}

Async<ChannelSnapshot> snapshot(Call& call, const Grant& grant) {
    const auto channel = call.access.object();
    const ChannelId id(channel.id);
    ChannelSnapshot snapshot;
    const auto found = co_await storage::channels::channels(call.tx(), grant, just(id));
    snapshot.channel = found.front();
    snapshot.topics = co_await storage::channels::topics(call.tx(), grant, id);
    if (snapshot.channel.lane == Lane::listed)
        snapshot.listed = co_await storage::channels::listed(call.tx(), grant, id, call.now);
    auto where = window(grant, channel);
    where.limit = usual_page + 1;
    auto stored = co_await storage::channels::list_messages(call.tx(), grant, id, std::nullopt, std::move(where));
    snapshot.has_older = stored.size() > usual_page;
    if (snapshot.has_older) stored.pop_back();
    std::ranges::reverse(stored);
    snapshot.messages = co_await unseal(call.desk, channel.stream, *call.access.scope(), std::move(stored));
    co_return snapshot;
}

} // namespace splot::channels
