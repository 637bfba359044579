#include "clients/cli/calendar.h"
#include "clients/cli/commands.h"
#include "clients/cli/messages.h"
#include "clients/cli/utf8.h"
#include "clients/cli/words.h"
#include "protocol/access/methods.h"
#include "protocol/teams/methods.h"

#include <map>

namespace splot::cli {

using client::Async;

namespace {

/// A channel by its name, else a message by its id.
Async<Outcome<access::Explanation>> explain(Desk& desk) {
    const std::string& subject = desk.args.subject;
    access::Explain ask;
    const auto channel = desk.roster().channel(subject);
    if (channel) {
        ask.channel = channel->channel.id;
        CO_CHECK(desk.act_in(channel->channel.team));
    } else if (const auto id = MessageId::parse(subject)) {
        ask.message = *id;
    } else if (is_message_fragment(subject)) {
        CO_TRY(const auto message, co_await find_message(desk, subject, {}));
        ask.message = message.id;
    } else {
        co_return channel.error();
    }
    CO_TRY(auto explanation, co_await desk.call(std::move(ask)));
    co_return explanation;
}

} // namespace

Async<Outcome<>> explain_why(Desk& desk) {
    CO_TRY(const auto explanation, co_await explain(desk));
    desk.tell(explanation);
    desk.say(explanation.readable ? "Widzisz to, bo:\n" : "Nie widzisz tego:\n");
    for (const auto& reason : explanation.reasons) {
        std::string line = (reason.holds ? "✓ " : "✗ ") + printable(reason.sentence);
        if (reason.from) line += " Od " + moment_text(*reason.from) + ".";
        if (reason.until) line += " Do " + moment_text(*reason.until) + ".";
        desk.say(indented(line, 2, desk.look.width));
    }
    co_return Outcome<>{};
}

Async<Outcome<>> show_audience(Desk& desk) {
    CO_TRY(const auto explanation, co_await explain(desk));
    desk.tell(explanation);
    std::map<std::string, std::string> by_institution;
    for (const auto& reader : explanation.readers) {
        auto& names = by_institution[desk.roster().name(reader.institution)];
        names += (names.empty() ? "" : ", ") + desk.roster().name(reader.person);
    }
    desk.say("Widzi to " + counted(static_cast<std::int64_t>(explanation.readers.size()), "osoba", "osoby", "osób") +
             " z " + counted(explanation.institutions, "instytucji", "instytucji", "instytucji") + ":\n");
    std::vector<std::vector<std::string>> rows;
    for (const auto& [institution, names] : by_institution)
        rows.push_back({institution, names});
    desk.say(format_table(rows, 2));
    co_return Outcome<>{};
}

Async<Outcome<>> show_roles(Desk& desk) {
    teams::ShowRoles ask;
    CO_TRY(const auto table, co_await desk.call(ask));
    for (const auto& row : table.roles) {
        desk.tell(row);
        desk.say(desk.look.bold(word(row.role)) + "\n");
        for (const auto& may : row.may)
            desk.say(indented("• " + printable(may), 2, desk.look.width));
    }
    co_return Outcome<>{};
}

} // namespace splot::cli
