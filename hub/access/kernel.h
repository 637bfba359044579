#pragma once
#include "hub/access/decide.h"
#include "hub/server/shard.h"
#include "storage/access/queries.h"
#include "storage/async/async.h"
#include "storage/postgres/pool.h"

#include <map>
#include <memory>
#include <unordered_map>

namespace splot {
/// The only maker of grants and passes; see storage/access/grant.h.
struct GrantMaker {
    static Grant grant(const access::Actor& actor, const access::Decision& decision, const access::ObjectFact& object,
                       std::vector<Readable> readable);
    /// A technical act of an administrator: no mandate, nothing readable.
    static Grant technical(const access::Actor& actor, Uuid object);
    static FeedPass pass() { return {}; }
};
} // namespace splot

namespace splot::access {

/// A team or an institution with everything in it that has a label, as decisions need it.
struct ScopeBook {
    std::optional<ObjectFact> room;
    std::vector<LaneFact> lanes;
    std::vector<Label> labels;
    std::vector<ObjectFact> channels;

    const LaneFact* lane(std::int32_t id) const;
    const Label* label(std::int32_t id) const;
    std::int64_t labels_in(std::int32_t lane) const;
};

using FactsPtr = std::shared_ptr<const Facts>;
using ScopePtr = std::shared_ptr<const ScopeBook>;

/// Facts and scopes of one shard, kept until an epoch moves. Whoever decides from them compares their epochs in the
/// transaction that reads or writes, so that an old copy costs a second try and never a wrong answer.
class Kernel {
public:
    explicit Kernel(storage::Pool& log) : log_(log) {}

    Async<FactsPtr> facts(PersonId person);
    /// One query for all that are not at hand.
    Async<std::vector<FactsPtr>> facts(std::vector<PersonId> persons);
    Async<std::vector<ScopePtr>> scopes(std::vector<Uuid> ids);
    /// A channel's scope; null when there is no such channel.
    Async<ScopePtr> scope_of(ChannelId channel);
    Async<std::vector<PersonId>> people_near(Uuid scope);

    /// What the bus or the poll told: drops every copy that is older.
    void moved(const std::vector<Epoch>& epochs);
    /// Drops copies that a transaction proved to be old.
    void forget(const Facts& facts);
    void forget_scope(Uuid scope) { scopes_.erase(scope); }
    /// A newer value of one of their epochs was heard of.
    bool is_old(const Facts& facts) const;
    /// Drops everything; for the demonstration that starts anew.
    void forget_all();

private:
    storage::Pool& log_;
    std::unordered_map<Uuid, std::int64_t> moved_; ///< newest values heard of: a load that began before is not kept
    std::unordered_map<PersonId, FactsPtr> facts_;
    std::unordered_map<Uuid, ScopePtr> scopes_;
    std::unordered_map<ChannelId, Uuid> channel_scope_;
};

/// Every label of these lanes that the actor reads, sorted.
std::vector<Readable> readable_in(const Actor& actor, const ScopeBook& scope, const std::vector<std::int32_t>& lanes,
                                  const Facts& facts, Instant now);

/// The person's inbox, and the teams and institutions that their mandates reach now.
std::vector<Uuid> scopes_of(const Facts& facts, Instant now);

} // namespace splot::access
