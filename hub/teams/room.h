#pragma once
#include "hub/rpc/call.h"
#include "storage/access/facts.h"

namespace splot::teams {

/// A team's or institution's room: its stream and its widest label.
struct Room {
    std::int64_t stream;
    std::int32_t label;
};

/// Makes the room of a team or an institution that is being made; the call may write there from now on.
Async<Room> make_room(Call& call, const Grant& grant, access::Scope scope, Uuid id);

} // namespace splot::teams
