#include "clients/cli/messages.h"

#include "clients/cli/names.h"
#include "clients/cli/utf8.h"
#include "protocol/channels/methods.h"

#include <algorithm>

namespace splot::cli {

using client::Async;

namespace {

constexpr std::int32_t page_size = 200;

std::string topic_name(TopicId id, const std::vector<Topic>& topics) {
    const auto found = std::ranges::find(topics, id, &Topic::id);
    return found == topics.end() ? std::string() : printable(found->name);
}

std::string answered(MessageId id, const Roster& roster, const std::vector<Message>& known) {
    const auto found = std::ranges::find(known, id, &Message::id);
    if (found == known.end()) return "odpowiedź na " + short_id(id);
    const auto excerpt = found->deleted_at ? "(usunięta)" : "„" + shortened(found->text.reveal(), 40) + "”";
    return roster.name(found->author.person) + ": " + excerpt;
}

/// Adds those of one page; the answer is the cursor to go on before, if there is more.
Async<Outcome<std::optional<std::string>>> search_page(Desk& desk, ChannelId channel, std::optional<std::string> before,
                                                       std::string fragment, std::vector<Message>& found) {
    channels::ListMessages ask{channel, {}, std::move(before), page_size};
    CO_TRY(auto page, co_await desk.call(std::move(ask)));
    std::optional<std::string> next;
    if (page.has_older && !page.messages.empty()) next = page.messages.front().cursor;
    for (auto& message : page.messages)
        if (id_fits(message.id, fragment)) found.push_back(std::move(message));
    co_return next;
}

Async<Outcome<>> search_all_pages(Desk& desk, ChannelId channel, std::string fragment, std::vector<Message>& found) {
    std::optional<std::string> before;
    do {
        CO_TRY(before, co_await search_page(desk, channel, std::move(before), fragment, found));
    } while (before && found.empty());
    co_return Outcome<>{};
}

} // namespace

MessageView view_of(const Message& message, const Roster& roster, const std::vector<Topic>& topics,
                    const std::vector<Message>& known) {
    MessageView view{
        short_id(message.id), message.at, roster.name(message.author), {}, topic_name(message.topic, topics),
        message.text.reveal()};
    if (message.reply_to) view.reply_to = answered(*message.reply_to, roster, known);
    for (const auto institution : message.audience.institutions)
        view.audience.push_back(roster.name(institution));
    for (const auto person : message.audience.persons)
        view.audience.push_back(roster.name(person));
    view.edited = message.edited_at.has_value();
    view.deleted = message.deleted_at.has_value();
    view.unreadable = message.unreadable;
    view.mentions_me = std::ranges::find(message.mentions, roster.started().person.id) != message.mentions.end();
    return view;
}

bool is_message_fragment(std::string_view text) {
    const auto is_hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
    };
    return text.size() >= 4 && (text.size() <= 18 || text.size() == 36) && std::ranges::all_of(text, is_hex);
}

Async<Outcome<Message>> find_message(Desk& desk, std::string fragment, std::string in) {
    if (!is_message_fragment(fragment))
        co_return Failure{Exit::usage, "To nie jest oznaczenie wiadomości: " + printable(fragment),
                          "Oznaczenie stoi przy wiadomości w splot read, np. 4f09ac."};
    std::vector<Message> found;
    if (!in.empty()) {
        CO_TRY(const auto channel, desk.roster().channel(in));
        CO_CHECK(co_await search_all_pages(desk, channel.channel.id, fragment, found));
    } else {
        for (const auto& state : desk.roster().started().channels)
            if (!state.channel.sealed) CO_CHECK(co_await search_page(desk, state.channel.id, {}, fragment, found));
    }
    if (found.size() == 1) co_return std::move(found.front());
    if (found.empty())
        co_return Failure{Exit::not_found, "Nie ma wiadomości " + fragment + ".",
                          in.empty() ? "Starsza niż 200 ostatnich albo w kanale zamkniętym: dodaj --in KANAŁ." : ""};
    std::string listed = "Kilka wiadomości pasuje do " + fragment + ":";
    for (const auto& one : found)
        listed +=
            "\n  " + one.id.text() + " " + desk.roster().path(one.channel) + ": " + shortened(one.text.reveal(), 40);
    co_return Failure{Exit::usage, listed, "Podaj cały identyfikator."};
}

Outcome<std::vector<PersonId>> mentions_in(const Desk& desk, const std::string& text) {
    std::vector<PersonId> all;
    const auto add = [&](PersonId person) {
        if (std::ranges::find(all, person) == all.end()) all.push_back(person);
    };
    for (const auto& query : desk.args.mentions) {
        TRY(const auto person, desk.roster().person(query));
        add(person.id);
    }
    std::vector<std::string> names;
    for (const auto& person : desk.roster().started().people)
        names.push_back(person.name.reveal());
    for (const auto place : mentioned(text, names))
        add(desk.roster().started().people[place].id);
    return all;
}

Outcome<std::optional<Audience>> audience_given(const Desk& desk) {
    if (desk.args.audience.empty()) return std::optional<Audience>{};
    Audience audience;
    for (const auto& query : desk.args.audience) {
        const auto institution = desk.roster().institution(query);
        if (institution) {
            audience.institutions.push_back(institution->id);
            continue;
        }
        const auto person = desk.roster().person(query);
        if (!person) return institution.error().exit == Exit::not_found ? person.error() : institution.error();
        audience.persons.push_back(person->id);
    }
    return std::optional<Audience>(std::move(audience));
}

Outcome<Personal<std::string>> text_given(const Desk& desk) {
    const auto& given = desk.args.text;
    if (!given && can_ask()) {
        TRY(auto typed, ask("Treść: "));
        return Personal(std::move(typed));
    }
    return Personal(given && *given != "-" ? *given : read_everything());
}

} // namespace splot::cli
