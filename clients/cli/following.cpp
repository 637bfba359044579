#include "clients/cli/calendar.h"
#include "clients/cli/commands.h"
#include "clients/cli/follower.h"
#include "clients/cli/messages.h"
#include "protocol/channels/events.h"
#include "protocol/teams/events.h"

#include <algorithm>
#include <deque>
#include <map>

namespace splot::cli {

using client::Async;
using client::event_as;

namespace {

/// For programs: what is no event.
struct FollowNote {
    std::string notice; ///< "wiped", "widened", "reopened", "disconnected", "reconnected"
    std::optional<StreamId> stream;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(FollowNote, (), (notice, stream, reason))

StreamId stream_of(ChannelId channel) { return StreamId(channel.value); }

/// The live view: which channels are shown, and what was shown lately.
class Screen {
public:
    explicit Screen(Desk& desk) : desk_(desk), follower_(desk.client) {}

    Async<Outcome<>> choose();
    Async<Outcome<>> run();

private:
    Async<Outcome<>> add(ChannelId channel);
    Async<Outcome<>> show(client::Followed happened);
    Async<Outcome<>> show_event(Event event);
    Async<Outcome<>> show_created(Channel channel);
    void show_message(const Message& message);
    void show_change(const Message& message, std::string_view what);
    void show_reopened(const Resumed& stream);
    void note(std::string_view notice, std::optional<StreamId> stream, std::optional<std::string> reason,
              const std::string& sentence);
    std::string path(StreamId stream) const;
    void remember(const Message& message);

    Desk& desk_;
    client::Follower follower_;
    bool all_ = false; ///< no channel was named: new ones are shown too
    std::map<StreamId, std::string> paths_;
    std::vector<Topic> topics_;
    std::deque<Message> recent_; ///< what a reply may answer, and what a snapshot repeats
    std::optional<Date> day_;
};

Async<Outcome<>> Screen::choose() {
    const auto& started = desk_.roster().started();
    for (const auto& head : started.streams)
        follower_.follow(head.stream, head.cursor);
    all_ = desk_.args.channels.empty();
    if (all_)
        for (const auto& state : started.channels)
            if (!state.channel.sealed) CO_CHECK(co_await add(state.channel.id));
    for (const auto& query : desk_.args.channels) {
        CO_TRY(const auto state, desk_.roster().channel(query));
        CO_CHECK(co_await add(state.channel.id));
    }
    desk_.say(desk_.look.dim("Na bieżąco: " + std::to_string(paths_.size()) + " kan. Ctrl-C kończy.") + "\n");
    co_return Outcome<>{};
}

/// The snapshot tells the topics and where the stream stands.
Async<Outcome<>> Screen::add(ChannelId channel) {
    streams::Open ask{stream_of(channel), {}};
    CO_TRY(auto opened, co_await desk_.call(std::move(ask)));
    follower_.follow(opened.stream, opened.cursor);
    paths_[opened.stream] = desk_.roster().path(channel);
    if (!opened.snapshot || !opened.snapshot->channel) co_return Outcome<>{};
    for (auto& topic : opened.snapshot->channel->topics)
        topics_.push_back(std::move(topic));
    for (const auto& message : opened.snapshot->channel->messages)
        remember(message);
    co_return Outcome<>{};
}

Async<Outcome<>> Screen::run() {
    for (;;) {
        CO_TRY(auto happened, co_await follower_.next());
        CO_CHECK(co_await show(std::move(happened)));
    }
}

Async<Outcome<>> Screen::show(client::Followed happened) {
    if (auto* const event = std::get_if<Event>(&happened)) co_return co_await show_event(std::move(*event));
    if (const auto* const wipe = std::get_if<streams::Wipe>(&happened)) {
        std::erase_if(recent_, [&](const Message& message) { return stream_of(message.channel) == wipe->stream; });
        note("wiped", wipe->stream, {}, "Twój dostęp do „" + path(wipe->stream) + "” się zmienił.");
    } else if (const auto* const reopened = std::get_if<client::Reopened>(&happened)) {
        show_reopened(reopened->stream);
    } else if (const auto* const lost = std::get_if<client::Disconnected>(&happened)) {
        note("disconnected", {}, lost->reason, "Brak połączenia (" + lost->reason + "); ponawiam.");
    } else if (std::holds_alternative<client::Reconnected>(happened)) {
        note("reconnected", {}, {}, "Połączono ponownie; niczego nie brakuje.");
    } else if (const auto* const widened = std::get_if<streams::Widened>(&happened)) {
        for (const auto& stream : widened->streams) {
            note("widened", stream, {}, "Masz szerszy dostęp: " + path(stream));
            if (all_ && !paths_.contains(stream)) CO_CHECK(co_await add(ChannelId(stream.value)));
        }
    }
    co_return Outcome<>{};
}

Async<Outcome<>> Screen::show_event(Event event) {
    const bool shown = paths_.contains(event.stream);
    if (shown) desk_.tell(event);
    if (const auto posted = event_as<channels::MessagePosted>(event); posted && shown) show_message(posted->message);
    if (const auto edited = event_as<channels::MessageEdited>(event); edited && shown) {
        show_change(edited->message, "poprawiono");
        remember(edited->message);
    }
    if (const auto deleted = event_as<channels::MessageDeleted>(event); deleted && shown) {
        show_change(deleted->message, "usunięto");
        remember(deleted->message);
    }
    if (const auto topic = event_as<channels::TopicCreated>(event); topic && shown) {
        topics_.push_back(topic->topic);
        desk_.say(desk_.look.dim("Nowy temat w " + path(event.stream) + ": " + shortened(topic->topic.name, 60)) +
                  "\n");
    }
    if (const auto created = event_as<teams::ChannelCreated>(event)) co_return co_await show_created(created->channel);
    co_return Outcome<>{};
}

/// A new channel may be one that this person does not read: then opening it is refused, and that is no failure.
Async<Outcome<>> Screen::show_created(Channel channel) {
    if (!all_ || channel.sealed || paths_.contains(stream_of(channel.id))) co_return Outcome<>{};
    const auto added = co_await add(channel.id);
    if (!added && added.error().exit == Exit::not_found) co_return Outcome<>{};
    CO_CHECK(added);
    paths_[stream_of(channel.id)] = desk_.roster().path(channel);
    desk_.say(desk_.look.dim("Nowy kanał: " + desk_.roster().path(channel)) + "\n");
    co_return Outcome<>{};
}

void Screen::show_message(const Message& message) {
    const auto today = warsaw(message.at).day;
    if (day_ != today) desk_.say(format_day(today, desk_.look));
    day_ = today;
    auto view = view_of(message, desk_.roster(), topics_, {recent_.begin(), recent_.end()});
    view.place = path(stream_of(message.channel));
    desk_.say(format_message(view, desk_.look));
    remember(message);
}

void Screen::show_change(const Message& message, std::string_view what) {
    auto view = view_of(message, desk_.roster(), topics_, {recent_.begin(), recent_.end()});
    view.place = path(stream_of(message.channel)) + " (" + std::string(what) + ")";
    desk_.say(format_message(view, desk_.look));
}

/// Missed events came as a new snapshot: what was not shown before is shown now.
void Screen::show_reopened(const Resumed& stream) {
    if (!stream.opened) {
        note("wiped", stream.stream, stream.code, "Nie masz już dostępu: " + path(stream.stream));
        paths_.erase(stream.stream);
        return;
    }
    note("reopened", stream.stream, {}, "Otwarto na nowo: " + path(stream.stream));
    if (!stream.opened->snapshot || !stream.opened->snapshot->channel) return;
    for (const auto& message : stream.opened->snapshot->channel->messages) {
        if (std::ranges::find(recent_, message.id, &Message::id) != recent_.end()) continue;
        desk_.tell(message);
        show_message(message);
    }
}

void Screen::note(std::string_view notice, std::optional<StreamId> stream, std::optional<std::string> reason,
                  const std::string& sentence) {
    desk_.tell(FollowNote{std::string(notice), stream, std::move(reason)});
    desk_.say(desk_.look.warning(sentence) + "\n");
}

std::string Screen::path(StreamId stream) const {
    const auto found = paths_.find(stream);
    return found == paths_.end() ? desk_.roster().path(ChannelId(stream.value)) : found->second;
}

void Screen::remember(const Message& message) {
    const auto known = std::ranges::find(recent_, message.id, &Message::id);
    if (known != recent_.end()) {
        *known = message;
        return;
    }
    recent_.push_back(message);
    if (recent_.size() > 4000) recent_.pop_front();
}

} // namespace

Async<Outcome<>> follow(Desk& desk) {
    Screen screen(desk);
    CO_CHECK(co_await screen.choose());
    co_return co_await screen.run();
}

} // namespace splot::cli
