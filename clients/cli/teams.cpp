#include "clients/cli/commands.h"
#include "clients/cli/format.h"
#include "clients/cli/utf8.h"
#include "clients/cli/words.h"
#include "protocol/teams/methods.h"

#include <algorithm>

namespace splot::cli {

using client::Async;

namespace {

std::string people_of(const TeamSnapshot& snapshot, InstitutionId institution) {
    std::string all;
    for (const auto& mandate : snapshot.mandates) {
        if (mandate.institution != institution) continue;
        const auto person = std::ranges::find(snapshot.people, mandate.person, &Person::id);
        if (person == snapshot.people.end()) continue;
        all += (all.empty() ? "" : "; ") + printable(person->name.reveal()) + ", " + std::string(word(mandate.role));
    }
    return all;
}

} // namespace

Async<Outcome<>> create_team(Desk& desk) {
    const auto& args = desk.args;
    CO_TRY(const auto lead, co_await desk.institution(args.institution));
    teams::CreateTeam ask;
    ask.lead = lead.id;
    ask.name = args.name;
    ask.kind = *parse_enum<TeamKind>(args.kind);
    ask.variant = *parse_enum<Variant>(args.variant);
    ask.purpose = args.purpose;
    if (!args.parent.empty()) {
        CO_TRY(const auto parent, desk.roster().team(args.parent));
        ask.parent = parent.id;
    }
    CO_TRY(const auto made, co_await desk.call(std::move(ask)));
    desk.tell(made);
    desk.say("Założono zespół: " + printable(args.name) + "\nTeraz: mandat animatora (splot mandates give), potem " +
             "instytucje (splot teams admit).\n");
    co_return Outcome<>{};
}

Async<Outcome<>> show_team(Desk& desk) {
    CO_TRY(const auto team, desk.roster().team(desk.args.team));
    CO_CHECK(desk.act_in(team.id));
    teams::ShowTeam ask{team.id};
    CO_TRY(const auto snapshot, co_await desk.call(ask));
    desk.tell(snapshot);
    desk.say(desk.look.bold(printable(team.name)) + ", " + std::string(word(team.kind)) + "\n" +
             (team.purpose.empty() ? "" : indented(printable(team.purpose), 0, desk.look.width)));
    std::vector<std::vector<std::string>> rows;
    for (const auto& membership : snapshot.memberships) {
        const auto found = std::ranges::find(snapshot.institutions, membership.institution, &Institution::id);
        rows.push_back({found == snapshot.institutions.end() ? "?" : printable(found->short_name),
                        std::string(membership.institution == team.lead ? "prowadzi" : word(membership.mode)),
                        people_of(snapshot, membership.institution)});
    }
    desk.say("Instytucje:\n" + format_table(rows, 2));
    rows.clear();
    for (const auto& channel : snapshot.channels)
        rows.push_back({printable(channel.name), std::string(word(channel.lane)), shortened(channel.purpose, 60)});
    desk.say("Kanały:\n" + format_table(rows, 2));
    co_return Outcome<>{};
}

Async<Outcome<>> list_teams(Desk& desk) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& team : desk.roster().started().teams) {
        desk.tell(team);
        rows.push_back(
            {printable(team.name), std::string(word(team.kind)), "prowadzi " + desk.roster().name(team.lead)});
    }
    desk.say(rows.empty() ? "Nie należysz jeszcze do żadnego zespołu.\n" : format_table(rows));
    co_return Outcome<>{};
}

Async<Outcome<>> admit_institution(Desk& desk) {
    const auto& args = desk.args;
    CO_TRY(const auto team, desk.roster().team(args.team));
    CO_CHECK(desk.act_in(team.id));
    CO_TRY(const auto institution, co_await desk.institution(args.institution));
    const auto mode = parse_enum<MembershipMode>(args.mode).value_or(MembershipMode::active);
    teams::AdmitInstitution ask{team.id, institution.id, mode};
    CO_TRY(const auto made, co_await desk.call(ask));
    desk.tell(made);
    desk.say("Przyjęto: " + printable(institution.name) + " (" + std::string(word(mode)) + ")\n");
    co_return Outcome<>{};
}

} // namespace splot::cli
