#pragma once
#include "storage/access/facts.h"
#include "storage/access/grant.h"
#include "storage/async/async.h"
#include "storage/postgres/pool.h"
#include "storage/postgres/transaction.h"

/// Facts for the access kernel and the settings of row-level security. Read under the `log` role, whoever they are
/// about.
namespace splot::storage::access {

using namespace splot::access;

/// The facts of several persons in one snapshot; in the order asked for.
Async<std::vector<Facts>> load_facts(Pool& log, FeedPass pass, std::vector<PersonId> persons);

/// A team's or institution's room with its lanes, labels and channels.
struct ScopeRows {
    std::vector<ObjectFact> rooms;
    std::vector<LaneFact> lanes;
    std::vector<Label> labels;
    std::vector<ObjectFact> channels;
};
Async<ScopeRows> load_scopes(Pool& log, FeedPass pass, std::vector<Uuid> scopes);

/// The scope (team or institution) of a channel, if there is such a channel.
Async<std::optional<Uuid>> scope_of_channel(Pool& log, FeedPass pass, ChannelId channel);

Async<std::vector<PersonId>> people_near(Pool& log, FeedPass pass, Uuid scope);

/// What epochs and label counts stand at in the transaction's own snapshot.
struct Guards {
    std::vector<Epoch> epochs;
    std::vector<std::pair<std::int32_t, std::int64_t>> lanes; ///< lane, number of labels
};
/// Sets row-level security to what the person reads, and reads the guards; one round trip.
Async<Guards> enter(Transaction& tx, PersonId person, const std::vector<Readable>& readable, std::vector<Uuid> epochs,
                    std::vector<std::int32_t> lanes);
/// Widens the transaction to labels that it made itself.
void widen(Transaction& tx, PersonId person, const std::vector<Readable>& readable);

struct LaneKey {
    Scope scope;
    Uuid scope_id;
    LaneKind kind;
    std::optional<ChannelId> list;
};
/// The lane and its id, made if it is new.
Async<LaneFact> intern_lane(Transaction& tx, LaneKey key);
/// The label's id, made if it is new. Lists are sorted.
Async<std::int32_t> intern_label(Transaction& tx, std::int32_t lane, std::vector<InstitutionId> institutions,
                                 std::vector<PersonId> persons);

/// The label of everybody in the lane.
Async<std::int32_t> intern_whole_lane(Transaction& tx, std::int32_t lane);

/// Epochs moved by transactions that the last look did not see, and the floor for the next look.
struct Moved {
    std::vector<Epoch> epochs;
    std::string floor;
};
Async<Moved> epochs_moved(Pool& log, FeedPass pass, std::string floor);

} // namespace splot::storage::access
