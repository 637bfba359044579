#include "hub/teams/memberships.h"

#include "protocol/teams/events.h"
#include "storage/teams/queries.h"

namespace splot::teams {

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

} // namespace splot::teams
