#include "hub/teams/room.h"

#include "storage/access/queries.h"
#include "storage/log/log.h"

namespace splot::teams {

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

} // namespace splot::teams
