#include "hub/teams/teams.h"

#include "hub/channels/service.h"
#include "hub/make_id.h"
#include "hub/teams/room.h"
#include "hub/teams/rules.h"
#include "hub/teams/service.h"
#include "protocol/text.h"
#include "storage/teams/queries.h"

namespace splot::teams {

Async<Result<Made>> create_team(Call& call, CreateTeam ask) {
    CO_CHECK(check_name(ask.name, rules::longest_name, "params.name"));
    if ((ask.kind == TeamKind::case_team) != ask.parent.has_value())
        co_return refuse(Code::invalid, "T-05", "params.parent");
    if (ask.parent) {
        CO_CHECK(co_await call.access.admit(access::Action::read, *ask.parent));
    }
    CO_TRY(const Grant grant, co_await call.access.admit(access::Action::found_team, ask.lead));

    const TeamId id(make_id(call.now));
    const auto room = co_await make_room(call, grant, access::Scope::team, Uuid(id));
    const Team team{id, ask.name, ask.kind, ask.variant, ask.purpose, ask.lead, ask.parent};
    storage::teams::insert_team(call.tx(), grant, team, room.label);
    const Membership membership{id, ask.lead, MembershipMode::active, call.now, {}};
    storage::teams::insert_membership(call.tx(), grant, membership);

    Made made{{Uuid(id)}, {}};
    for (const auto& space : rules::first_spaces) { // T-55
        channels::ChannelPlan plan{std::string(space.name), std::string(space.purpose), space.lane, id, {}, false, {}};
        made.made.push_back(Uuid(co_await channels::make_channel(call, grant, room.stream, std::move(plan))));
    }
    call.facts_moved = true;
    co_return made;
}

Async<std::optional<InstitutionId>> lead_of(Call& call, const Grant& grant, TeamId team) {
    const auto found = co_await storage::teams::teams(call.tx(), grant, just(team));
    if (found.empty()) co_return std::nullopt;
    co_return found.front().lead;
}

Async<TeamSnapshot> snapshot(Call& call, const Grant& grant) {
    const auto& object = call.access.object();
    TeamSnapshot snapshot;
    std::vector<TeamId> teams;
    std::vector<InstitutionId> institutions;
    if (object.team) {
        teams.push_back(*object.team);
        const auto found = co_await storage::teams::teams(call.tx(), grant, teams);
        if (!found.empty()) snapshot.team = found.front();
        snapshot.memberships = co_await storage::teams::memberships(call.tx(), grant, teams, call.now);
        for (const auto& m : snapshot.memberships)
            institutions.push_back(m.institution);
    } else {
        institutions.push_back(*object.institution);
    }
    snapshot.institutions = co_await storage::teams::institutions(call.tx(), grant, institutions);
    // Inside an institution all its mandates; in a team only that team's.
    std::vector<InstitutionId> inside;
    if (!object.team) inside = institutions;
    snapshot.mandates = co_await storage::teams::mandates_around(call.tx(), grant, teams, std::move(inside), call.now);
    std::vector<PersonId> people;
    for (const auto& m : snapshot.mandates)
        people.push_back(m.person);
    snapshot.people = co_await storage::teams::people(call.tx(), grant, people);
    snapshot.channels = co_await channels::readable_channels(call, grant);
    co_return snapshot;
}

Async<Result<TeamSnapshot>> show_team(Call& call, ShowTeam ask) {
    CO_TRY(const Grant grant, co_await call.access.admit(access::Action::read, ask.team));
    co_return co_await snapshot(call, grant);
}

Async<Result<RoleTable>> show_roles(Call& call, ShowRoles) {
    CO_CHECK(co_await call.access.admit_self());
    RoleTable table;
    for (const auto& row : access::role_table) {
        RoleRow shown{row.role, {}};
        for (const auto& text : access::right_texts)
            if (row.rights & text.right) shown.may.emplace_back(text.sentence);
        table.roles.push_back(std::move(shown));
    }
    co_return table;
}

} // namespace splot::teams
