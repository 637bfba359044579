#include "hub/teams/institutions.h"

#include "hub/channels/service.h"
#include "hub/identity/service.h"
#include "hub/make_id.h"
#include "hub/teams/room.h"
#include "hub/teams/rules.h"
#include "protocol/text.h"
#include "storage/teams/queries.h"

#include <algorithm>

namespace splot::teams {

Async<Result<Made>> create_institution(Call& call, Passwords& passwords, CreateInstitution ask) {
    CO_CHECK(check_name(ask.name, rules::longest_name, "params.name"));
    CO_CHECK(check_name(ask.short_name, rules::longest_name, "params.short_name"));
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

} // namespace splot::teams
