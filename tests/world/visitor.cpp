#include "tests/world/visitor.h"

#include "clients/cli/request_id.h"

#include <algorithm>
#include <random>

namespace splot::world {

Visitor::Visitor(boost::asio::io_context& io, const TestClock& clock, client::ClientSettings settings) :
    io_(io), clock_(clock), client_(std::make_unique<client::Client>(std::move(settings))) {}

Visitor::~Visitor() { leave(); }

void Visitor::enter(std::string_view login) {
    door::EnterAs ask{std::string(login), "test"};
    expect(run(io_, client_->enter_as(std::move(ask))), "enter-as");
    connect();
    start();
}

void Visitor::connect() { expect(run(io_, client_->connect()), "connect"); }

const identity::Started& Visitor::start() { return started_ = gets(identity::Start{}); }

void Visitor::leave() {
    if (client_) client_->abort();
}

RequestId Visitor::new_id() const {
    static std::mt19937_64 random{std::random_device{}()};
    const auto now = std::chrono::floor<std::chrono::milliseconds>(clock_.now().time_since_epoch());
    return RequestId(client::uuid_at(now, random(), random()));
}

client::Reply<Made> Visitor::posts(const Place& place, std::string text, With with, std::optional<MandateId> as,
                                   std::optional<RequestId> id) {
    channels::PostMessage ask{place.channel, place.topic,   Personal(std::move(text)), with.mentions,
                              with.reply_to, with.audience, with.on_behalf_of,         with.way};
    return asks(std::move(ask), as, id);
}

MessageId Visitor::says(const Place& place, std::string text, With with, std::optional<MandateId> as) {
    return MessageId(expect(posts(place, std::move(text), std::move(with), as), "post").made.front());
}

client::Reply<Made> Visitor::edits(MessageId message, std::int32_t revision, std::string text) {
    return asks(channels::EditMessage{message, revision, Personal(std::move(text)), {}});
}

client::Reply<Made> Visitor::deletes(MessageId message) { return asks(channels::DeleteMessage{message}); }

client::Reply<Made> Visitor::reads_up_to(ChannelId channel, std::string cursor) {
    return asks(channels::MarkRead{channel, std::move(cursor)});
}

client::Reply<channels::Page> Visitor::lists(ChannelId channel, std::optional<std::int32_t> limit) {
    return asks(channels::ListMessages{channel, {}, {}, limit});
}

std::optional<Message> Visitor::finds(ChannelId channel, MessageId message) {
    const auto page = expect(lists(channel, 200), "list");
    const auto found = std::ranges::find(page.messages, message, &Message::id);
    return found == page.messages.end() ? std::nullopt : std::optional(*found);
}

std::vector<std::string> Visitor::texts(ChannelId channel) {
    std::vector<std::string> texts;
    for (const auto& message : expect(lists(channel), "list").messages)
        texts.push_back(message.text.reveal());
    return texts;
}

std::optional<identity::ChannelState> Visitor::state_of(ChannelId channel) {
    start();
    for (const auto& state : started_.channels)
        if (state.channel.id == channel) return state;
    return std::nullopt;
}

client::Reply<Opened> Visitor::opens(StreamId stream, std::optional<std::string> cursor) {
    return asks(streams::Open{stream, std::move(cursor)});
}

Opened Visitor::opened(StreamId stream, std::optional<std::string> cursor) {
    return expect(opens(stream, std::move(cursor)), "open");
}

std::vector<client::Notice> Visitor::hears() {
    gets(streams::Sync{});
    std::vector<client::Notice> heard;
    while (auto notice = client_->poll())
        heard.push_back(*std::move(notice));
    return heard;
}

std::vector<Event> Visitor::events() { return heard<Event>(); }

std::vector<Event> Visitor::events_of(StreamId stream) {
    auto all = events();
    std::erase_if(all, [&](const Event& event) { return event.stream != stream; });
    return all;
}

const Mandate& Visitor::mandate(std::optional<TeamId> team, std::optional<InstitutionId> institution) const {
    const auto found = std::ranges::find_if(started_.mandates, [&](const Mandate& mandate) {
        return mandate.team == team && (!institution || mandate.institution == institution);
    });
    if (found == started_.mandates.end()) throw std::runtime_error("no such mandate");
    return *found;
}

} // namespace splot::world
