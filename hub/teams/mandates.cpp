#include "hub/teams/mandates.h"

#include "hub/make_id.h"
#include "hub/teams/rules.h"
#include "protocol/teams/events.h"
#include "storage/teams/queries.h"

#include <algorithm>

namespace splot::teams {
namespace {

Async<std::optional<Mandate>> find(Desk& desk, MandateId id) {
    auto tx = co_await storage::Transaction::begin(desk.log, storage::Transaction::Mode::read_only_repeatable_read);
    co_return co_await storage::teams::find_mandate(tx, GrantMaker::pass(), id);
}

} // namespace

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

} // namespace splot::teams
