#include "hub/teams/service.h"

#include "hub/channels/service.h"
#include "hub/identity/service.h"
#include "hub/make_id.h"
#include "hub/teams/rules.h"
#include "protocol/teams/events.h"
#include "storage/access/queries.h"
#include "storage/log/log.h"
#include "storage/teams/queries.h"

#include <algorithm>

namespace splot::teams {
namespace {

/// A team's or institution's room: its stream and its widest label.
struct Room {
    std::int64_t stream;
    std::int32_t label;
};

Async<Room> make_room(Call& call, const Grant& grant, access::Scope scope, Uuid id) {
    const bool team = scope == access::Scope::team;
    const storage::access::LaneKey key{scope, id, team ? access::LaneKind::all : access::LaneKind::institution, {}};
    const auto lane = co_await storage::access::intern_lane(call.tx(), key);
    const auto label = co_await storage::access::intern_whole_lane(call.tx(), lane.id);
    std::string kind = team ? "team" : "institution";
    const auto stream = co_await storage::log::make_stream(call.tx(), grant, id, std::move(kind), call.now);
    call.access.widen(label, call.now);
    co_return Room{stream, label};
}

Async<std::optional<Mandate>> find(Desk& desk, MandateId id) {
    auto tx = co_await storage::Transaction::begin(desk.log, storage::Transaction::Mode::read_only_repeatable_read);
    co_return co_await storage::teams::find_mandate(tx, GrantMaker::pass(), id);
}

} // namespace

Async<Result<Made>> create_institution(Call& call, Passwords& passwords, CreateInstitution ask) {
    CO_CHECK(rules::check_name(ask.name, "params.name"));
    CO_CHECK(rules::check_name(ask.short_name, "params.short_name"));
    CO_TRY(const Grant grant, co_await call.access.admit_administrator());

    const InstitutionId id(make_id(call.now));
    const auto room = co_await make_room(call, grant, access::Scope::institution, Uuid(id));
    const Institution institution{id, ask.name, ask.short_name, ask.kind, ask.town};
    storage::teams::insert_institution(call.tx(), grant, institution, room.label);
    identity::NewPerson person{id, ask.head_name, ask.head_post, ask.head_login, ask.head_password};
    CO_TRY(const PersonId head, co_await identity::enter_person(call, passwords, grant, std::move(person)));
    const Mandate mandate{MandateId(make_id(call.now)), head, id, {}, Role::head, true, call.now, {}};
    storage::teams::insert_mandate(call.tx(), grant, mandate, "wpis administratora");

    channels::ChannelPlan plan{"Tylko " + ask.short_name,
                               "Rozmowy wewnątrz instytucji. Inne instytucje tego nie widzą.",
                               Lane::institution,
                               {},
                               id,
                               false,
                               {}};
    const auto channel = co_await channels::make_channel(call, grant, room.stream, std::move(plan));
    co_return Made{{Uuid(id), Uuid(head), Uuid(mandate.id), Uuid(channel)}, {}};
}

Async<Result<Made>> create_team(Call& call, CreateTeam ask) {
    CO_CHECK(rules::check_name(ask.name, "params.name"));
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

Async<Result<Made>> admit_institution(Call& call, AdmitInstitution ask) {
    CO_TRY(const Grant grant, co_await call.access.admit(access::Action::admit, ask.team));
    const auto room = call.access.object();
    const auto found = co_await storage::teams::institutions(call.tx(), grant, just(ask.institution));
    if (found.empty()) co_return refuse(Code::invalid, {}, "params.institution");
    const InstitutionAdmitted event{found.front(), {ask.team, ask.institution, ask.mode, call.now, {}}};
    storage::teams::insert_membership(call.tx(), grant, event.membership);
    call.streams.append(StreamId(Uuid(ask.team)),
                        {room.stream, std::string(event.kind), Uuid(ask.team), {}, Uuid(ask.institution), room.label},
                        json::to_json(event));
    call.facts_moved = true;
    co_return Made{{Uuid(ask.institution)}, {}};
}

/// T-10. The mandate's team hears of it; without a team, the institution's own room.
Async<Result<Made>> give_mandate(Call& call, GiveMandate ask) {
    CO_CHECK(rules::check_mandate(ask, call.now));
    CO_TRY(const Grant grant, co_await call.access.admit(access::Action::give_mandates, ask.institution));
    auto room = call.access.object();
    const auto known = co_await storage::teams::people(call.tx(), grant, just(ask.person));
    if (known.empty()) co_return refuse(Code::invalid, {}, "params.person");
    if (ask.team) {
        const auto scopes = co_await call.access.kernel().scopes(just(Uuid(*ask.team)));
        const auto& team = *scopes.front();
        const auto& memberships = call.access.facts()->memberships;
        const bool member = std::ranges::any_of(memberships, [&](const access::MembershipFact& m) {
            return m.team == *ask.team && m.institution == ask.institution && m.from <= call.now &&
                   (!m.until || call.now < *m.until);
        });
        if (!team.room || !member) co_return refuse(Code::invalid, "T-07", "params.team");
        room = *team.room;
        call.access.widen(room.label, call.now); // the head answers for the institution there
    }
    const Mandate mandate{
        MandateId(make_id(call.now)), ask.person, ask.institution, ask.team, ask.role, ask.decision_maker,
        ask.from.value_or(call.now),  ask.until};
    storage::teams::insert_mandate(call.tx(), grant, mandate, ask.act);
    const MandateGiven event{known.front(), mandate};
    call.streams.append(StreamId(room.id),
                        {room.stream, std::string(event.kind), Uuid(mandate.id), {}, Uuid(ask.person), room.label},
                        json::to_json(event));
    call.facts_moved = true;
    co_return Made{{Uuid(mandate.id)}, {}};
}

Async<Result<Made>> end_mandate(Call& call, EndMandate ask) {
    auto found = co_await find(call.desk, ask.mandate);
    CO_TRY(const Grant grant,
           co_await call.access.admit(access::Action::give_mandates, found ? found->institution : InstitutionId{}));
    auto room = call.access.object();
    if (found->team) {
        const auto scopes = co_await call.access.kernel().scopes(just(Uuid(*found->team)));
        room = *scopes.front()->room;
        call.access.widen(room.label, call.now);
    }
    const bool ended = co_await storage::teams::end_mandate(call.tx(), grant, ask.mandate, call.now);
    if (!ended) co_return refuse(Code::conflict, {}, "params.mandate");
    found->until = std::max(call.now, found->from);
    const MandateEnded event{*found};
    call.streams.append(StreamId(room.id),
                        {room.stream, std::string(event.kind), Uuid(ask.mandate), {}, Uuid(found->person), room.label},
                        json::to_json(event));
    call.facts_moved = true;
    co_return Made{{Uuid(ask.mandate)}, {}};
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

Async<Result<InstitutionList>> list_institutions(Call& call, ListInstitutions) {
    CO_TRY(const Grant grant, co_await call.access.admit_self());
    const auto& facts = *call.access.facts();
    const bool may_list =
        facts.administrator || std::ranges::any_of(facts.mandates, [&](const access::MandateFact& m) {
            const bool holds = m.from <= call.now && (!m.until || call.now < *m.until);
            return holds && (access::may(m.role, access::leads_team) || access::may(m.role, access::founds_teams));
        });
    if (!may_list) co_return refuse(Code::gate_closed, "A-36");
    InstitutionList answer;
    answer.institutions = co_await storage::teams::all_institutions(call.tx(), grant);
    co_return answer;
}

Async<Result<PeopleList>> list_people(Call& call, ListPeople ask) {
    const auto facts = co_await call.access.kernel().facts(call.actor().person);
    Result<Grant> admitted = refuse(Code::not_found);
    if (facts->administrator)
        admitted = co_await call.access.admit_administrator();
    else
        admitted = co_await call.access.admit(access::Action::read, ask.institution);
    CO_TRY(const Grant grant, std::move(admitted));
    PeopleList answer;
    answer.people = co_await storage::teams::people_of_institution(call.tx(), grant, ask.institution);
    co_return answer;
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
