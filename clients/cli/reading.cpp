#include "clients/cli/calendar.h"
#include "clients/cli/commands.h"
#include "clients/cli/messages.h"
#include "clients/cli/names.h"
#include "clients/cli/utf8.h"
#include "clients/cli/words.h"
#include "protocol/channels/methods.h"

#include <algorithm>
#include <map>

namespace splot::cli {

using client::Async;

namespace {

std::string waiting_text(const identity::ChannelState& state) {
    if (state.unread == 0) return {};
    auto text = counted(state.unread, "nowa", "nowe", "nowych");
    if (state.mentions > 0) text += ", do Ciebie: " + std::to_string(state.mentions);
    return text;
}

std::string place_of(const Channel& channel, const Roster& roster) {
    const auto path = roster.path(channel);
    return path.substr(0, path.size() - printable(channel.name).size() - 1);
}

/// The newest page or pages, oldest first, at most `count`.
Async<Outcome<channels::Page>> newest(Desk& desk, ChannelId channel, std::optional<TopicId> topic,
                                      std::optional<std::string> before, std::size_t count) {
    channels::Page all{{}, true};
    while (all.messages.size() < count && all.has_older) {
        const auto missing = std::min<std::size_t>(200, count - all.messages.size());
        channels::ListMessages ask{channel, topic, before, static_cast<std::int32_t>(missing)};
        CO_TRY(auto page, co_await desk.call(std::move(ask)));
        all.has_older = page.has_older && !page.messages.empty();
        if (!page.messages.empty()) before = page.messages.front().cursor;
        all.messages.insert(all.messages.begin(), page.messages.begin(), page.messages.end());
    }
    co_return all;
}

/// `--before`: a cursor as it is, or the message's cursor.
Async<Outcome<std::optional<std::string>>> before_given(Desk& desk) {
    const std::string& before = desk.args.before;
    if (before.empty()) co_return std::optional<std::string>{};
    if (!is_message_fragment(before)) co_return std::optional<std::string>(before);
    CO_TRY(const auto message, co_await find_message(desk, before, desk.args.channel));
    co_return std::optional<std::string>(message.cursor);
}

void show_page(const Desk& desk, const channels::Page& page, const std::vector<Topic>& topics) {
    std::optional<Date> day;
    for (const auto& message : page.messages) {
        desk.tell(message);
        const auto today = warsaw(message.at).day;
        if (day != today) desk.say(format_day(today, desk.look));
        day = today;
        desk.say(format_message(view_of(message, desk.roster(), topics, page.messages), desk.look));
    }
    if (page.messages.empty()) desk.say("Nic tu jeszcze nie ma.\n");
    if (page.has_older && !page.messages.empty())
        desk.say(desk.look.dim("Starsze: --before " + short_id(page.messages.front().id)) + "\n");
}

} // namespace

Async<Outcome<>> list_channels(Desk& desk) {
    std::map<std::string, std::vector<std::vector<std::string>>> places;
    for (const auto& state : desk.roster().started().channels) {
        if (desk.args.unread && state.unread == 0) continue;
        desk.tell(state);
        places[place_of(state.channel, desk.roster())].push_back(
            {printable(state.channel.name), waiting_text(state),
             std::string(word(state.channel.lane)) + (state.channel.sealed ? ", zamknięty" : "")});
    }
    for (const auto& [place, rows] : places)
        desk.say(desk.look.bold(place) + "\n" + format_table(rows, 2));
    if (places.empty()) desk.say(desk.args.unread ? "Wszystko przeczytane.\n" : "Nie masz jeszcze żadnego kanału.\n");
    co_return Outcome<>{};
}

Async<Outcome<>> read_channel(Desk& desk) {
    CO_TRY(const auto state, desk.roster().channel(desk.args.channel));
    const Channel& channel = state.channel;
    CO_CHECK(desk.act_in(channel.team));
    if (desk.args.count < 1) co_return Failure{Exit::usage, "Ile wiadomości? -n od 1 wzwyż."};
    CO_TRY(const auto snapshot, co_await desk.snapshot(channel.id));
    std::optional<TopicId> topic;
    if (!desk.args.topic.empty()) {
        CO_TRY(const auto found, find_topic(desk.args.topic, snapshot.topics));
        topic = found.id;
    }
    CO_TRY(auto before, co_await before_given(desk));
    CO_TRY(const auto page,
           co_await newest(desk, channel.id, topic, std::move(before), static_cast<std::size_t>(desk.args.count)));
    desk.say(desk.look.bold(desk.roster().path(channel)) + "  " + desk.look.dim(word(channel.lane)) + "\n");
    show_page(desk, page, snapshot.topics);
    co_return Outcome<>{};
}

Async<Outcome<>> mark_read(Desk& desk) {
    std::vector<identity::ChannelState> chosen;
    if (desk.args.all) chosen = desk.roster().started().channels;
    for (const auto& query : desk.args.channels) {
        CO_TRY(auto state, desk.roster().channel(query));
        chosen.push_back(std::move(state));
    }
    if (chosen.empty()) co_return Failure{Exit::usage, "Które kanały?", "Podaj nazwy albo --all."};
    for (const auto& state : chosen) {
        if (state.unread == 0) continue;
        CO_CHECK(desk.act_in(state.channel.team));
        channels::MarkRead ask{state.channel.id, state.cursor};
        CO_TRY(const auto made, co_await desk.call(std::move(ask)));
        desk.tell(made);
        desk.say("Przeczytane: " + desk.roster().path(state.channel) + "\n");
    }
    co_return Outcome<>{};
}

Async<Outcome<>> show_history(Desk& desk) {
    auto id = MessageId::parse(desk.args.message);
    if (!id) {
        CO_TRY(const auto message, co_await find_message(desk, desk.args.message, desk.args.channel));
        id = message.id;
    }
    channels::ListRevisions ask{*id};
    CO_TRY(const auto list, co_await desk.call(ask));
    for (const auto& revision : list.revisions) {
        desk.tell(revision);
        desk.say(desk.look.bold("Wersja " + std::to_string(revision.revision)) + ", " + moment_text(revision.at) +
                 ", " + desk.roster().name(revision.author) + "\n" +
                 indented(printable(revision.text.reveal()), 2, desk.look.width));
    }
    co_return Outcome<>{};
}

} // namespace splot::cli
