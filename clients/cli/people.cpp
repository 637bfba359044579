#include "clients/cli/calendar.h"
#include "clients/cli/commands.h"
#include "clients/cli/format.h"
#include "clients/cli/names.h"
#include "clients/cli/utf8.h"
#include "clients/cli/words.h"
#include "protocol/teams/methods.h"

#include <algorithm>

namespace splot::cli {

using client::Async;

namespace {

/// Only when it was asked for: without a password the person cannot sign in yet.
Outcome<std::optional<Personal<std::string>>> first_password(const Desk& desk) {
    if (!desk.args.password_stdin) return std::optional<Personal<std::string>>{};
    TRY(auto line, read_line());
    return std::optional<Personal<std::string>>(Personal(std::move(line)));
}

Outcome<std::optional<Instant>> moment_given(const std::string& text, std::string_view option) {
    if (text.empty()) return std::optional<Instant>{};
    const auto moment = read_moment(text);
    if (moment) return moment;
    return Failure{Exit::usage, "Zła data przy " + std::string(option) + ": " + text, "Pisz tak: 2026-11-24"};
}

void say_made(const Desk& desk, const Made& made, const std::string& sentence) {
    desk.tell(made);
    desk.say(sentence + (made.made.empty() ? "" : "  " + desk.look.dim(made.made.front().text())) + "\n");
}

void show_institutions(const Desk& desk, const std::vector<Institution>& all) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& institution : all) {
        desk.tell(institution);
        rows.push_back({printable(institution.short_name), printable(institution.name), printable(institution.town),
                        std::string(word(institution.kind))});
    }
    desk.say(format_table(rows));
}

} // namespace

Async<Outcome<>> create_institution(Desk& desk) {
    const auto& args = desk.args;
    teams::CreateInstitution ask;
    ask.name = args.name;
    ask.short_name = args.short_name;
    ask.kind = *parse_enum<InstitutionKind>(args.kind);
    ask.town = args.town;
    ask.head_name = Personal(args.head_name);
    ask.head_post = args.head_post;
    ask.head_login = args.head_login;
    CO_TRY(ask.head_password, first_password(desk));
    CO_TRY(const auto made, co_await desk.call(std::move(ask)));
    say_made(desk, made, "Założono: " + printable(args.name));
    co_return Outcome<>{};
}

/// Who may not list all sees those of their teams.
Async<Outcome<>> list_institutions(Desk& desk) {
    teams::ListInstitutions ask;
    const auto list = co_await desk.call(ask);
    if (!list && list.error().code != Code::not_found && list.error().code != Code::gate_closed) co_return list.error();
    show_institutions(desk, list ? list->institutions : desk.roster().started().institutions);
    co_return Outcome<>{};
}

Async<Outcome<>> create_person(Desk& desk) {
    const auto& args = desk.args;
    CO_TRY(const auto institution, co_await desk.institution(args.institution));
    identity::CreatePerson ask;
    ask.institution = institution.id;
    ask.name = Personal(args.name);
    ask.post = args.post;
    if (!args.login.empty()) ask.login = args.login;
    CO_TRY(ask.password, first_password(desk));
    CO_TRY(const auto made, co_await desk.call(std::move(ask)));
    say_made(desk, made, "Wpisano: " + printable(args.name));
    desk.say("Mandat daje: splot mandates give \"" + printable(args.name) + "\" …\n");
    co_return Outcome<>{};
}

Async<Outcome<>> list_people(Desk& desk) {
    CO_TRY(const auto institution, co_await desk.institution(desk.args.institution));
    teams::ListPeople ask{institution.id};
    CO_TRY(const auto list, co_await desk.call(ask));
    std::vector<std::vector<std::string>> rows;
    for (const auto& person : list.people) {
        desk.tell(person);
        rows.push_back({printable(person.name.reveal()), printable(person.post)});
    }
    desk.say(rows.empty() ? "Nikogo tu jeszcze nie wpisano.\n" : format_table(rows));
    co_return Outcome<>{};
}

Async<Outcome<>> give_mandate(Desk& desk) {
    const auto& args = desk.args;
    CO_TRY(const auto institution, co_await desk.institution(args.institution));
    CO_TRY(const auto person, co_await desk.person(args.person, institution.id));
    teams::GiveMandate ask;
    ask.person = person.id;
    ask.institution = institution.id;
    if (!args.team.empty()) {
        CO_TRY(const auto team, desk.roster().team(args.team));
        ask.team = team.id;
    }
    ask.role = *parse_enum<Role>(args.role);
    ask.decision_maker = args.decision_maker;
    ask.act = args.act;
    CO_TRY(ask.from, moment_given(args.from, "--from"));
    CO_TRY(ask.until, moment_given(args.until, "--until"));
    CO_TRY(const auto made, co_await desk.call(std::move(ask)));
    say_made(desk, made, "Mandat: " + printable(person.name.reveal()) + ", " + printable(institution.short_name));
    co_return Outcome<>{};
}

Async<Outcome<>> end_mandate(Desk& desk) {
    std::optional<MandateId> id = MandateId::parse(desk.args.mandate);
    if (!id) {
        CO_TRY(const auto mandate, desk.roster().mandate(desk.args.mandate));
        id = mandate.id;
    }
    teams::EndMandate ask{*id};
    CO_TRY(const auto made, co_await desk.call(ask));
    say_made(desk, made, "Mandat zakończony.");
    co_return Outcome<>{};
}

Async<Outcome<>> list_mandates(Desk& desk) {
    const auto& started = desk.roster().started();
    auto all = started.mandates;
    all.insert(all.end(), started.colleagues.begin(), started.colleagues.end());
    if (!desk.args.team.empty()) {
        CO_TRY(const auto team, desk.roster().team(desk.args.team));
        std::erase_if(all, [&](const Mandate& mandate) { return mandate.team != team.id; });
    }
    if (!desk.args.institution.empty()) {
        CO_TRY(const auto institution, desk.roster().institution(desk.args.institution));
        std::erase_if(all, [&](const Mandate& mandate) { return mandate.institution != institution.id; });
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& mandate : all) {
        desk.tell(mandate);
        rows.push_back({short_id(mandate.id), desk.roster().name(mandate.person), desk.roster().name(mandate),
                        mandate.until ? "do " + moment_text(*mandate.until) : ""});
    }
    desk.say(rows.empty() ? "Nie ma takich mandatów.\n" : format_table(rows));
    co_return Outcome<>{};
}

} // namespace splot::cli
