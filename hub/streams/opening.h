#pragma once
#include "hub/rpc/call.h"
#include "hub/rpc/session.h"

#include <optional>
#include <vector>

namespace splot::streams {

/// Streams that the person may open by what is at hand: candidates to listen to before the snapshot is taken. Whether
/// they may is decided by the admission that follows.
struct Candidate {
    Session::Opening opening;
    access::ObjectFact object;
};
/// Channels (sealed ones too), rooms and the inbox that the facts let the person read.
Async<std::vector<Candidate>> candidates(Call& call);
/// One of them, or nothing.
Async<std::optional<Candidate>> candidate(Call& call, StreamId id);

/// Gives the parked subscriptions their decided rights, and makes them live once the answer is queued.
/// `heads[i]` is where the answer leaves the i-th stream.
void adopt_after(Call& call, std::vector<Session::HeldPtr> held, std::vector<std::int64_t> heads);

} // namespace splot::streams
