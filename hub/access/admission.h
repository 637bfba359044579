#pragma once
#include "hub/access/kernel.h"
#include "storage/log/types.h"
#include "storage/postgres/transaction.h"

#include <boost/asio/io_context.hpp>

namespace splot::access {

/// A copy of facts proved to be older than the transaction: the call is run again (rpc catches it).
struct Stale {};
/// The call is a repetition: it may still be made, so what the first one made is the answer (rpc catches it).
struct AlreadyMade {};

/// One call's way through the policy. Every `admit` decides, sets row-level security of the call's transaction to what
/// was found readable, and proves in that transaction's own snapshot that the facts were not old. What a refusal was is
/// kept for the audit.
class Admission {
public:
    Admission(Kernel& kernel, Actor actor, Instant now) : kernel_(kernel), actor_(std::move(actor)), now_(now) {}

    /// The call's transaction; without one (appends, whispers) the writer compares the epochs.
    void use(storage::Transaction* tx) { tx_ = tx; }
    /// Stops at the first admission, by AlreadyMade.
    void stop_when_admitted() { repetition_ = true; }

    /// The first gate of every call, asked by rpc: did the session come as far as the method needs?
    /// Problems: enrolment_required, step_up_required, unauthenticated.
    Async<Result<void>> admit_level(Level needed);
    /// Problems: not_found, gate_closed, invalid (T-08: several mandates fit).
    Async<Result<Grant>> admit(Action action, ChannelId channel);
    /// The same for one object in it that carries this label (a message).
    Async<Result<Grant>> admit(Action action, ChannelId channel, std::int32_t label);
    Async<Result<Grant>> admit(Action action, TeamId team);
    /// What belongs to the institution itself: mandates, people, founding a team; `read` is its room.
    Async<Result<Grant>> admit(Action action, InstitutionId institution);
    /// A technical administrator's act: opens nothing.
    Async<Result<Grant>> admit_administrator();
    /// Everything that the person reads, over all their teams and institutions; for their own first screen.
    Async<Grant> admit_to_own();
    /// Whatever concerns the person themselves: devices, password.
    Async<Result<Grant>> admit_self();

    const Actor& actor() const { return actor_; }
    const FactsPtr& facts() const { return facts_; }
    /// The scope of the last admission.
    const ScopePtr& scope() const { return scope_; }
    const ObjectFact& object() const { return object_; }
    const Decision& decision() const { return decision_; }
    /// Scopes of `admit_to_own`.
    const std::vector<ScopePtr>& scopes() const { return scopes_; }
    /// What every decision so far was made under.
    const std::vector<Epoch>& epochs() const { return epochs_; }
    Author author() const;
    /// The gate and the object of a refusal, if the policy refused.
    const std::optional<storage::log::AuditRow>& refusal() const { return refusal_; }

    /// Reads a label made within the call's own transaction.
    void widen(std::int32_t label, Instant since);
    Kernel& kernel() { return kernel_; }
    Instant now() const { return now_; }

private:
    Async<Result<Grant>> settle(Action action, Uuid object_id);
    Async<void> prove(const std::vector<Uuid>& ids, const std::vector<std::int32_t>& lanes);
    void add_epochs(const std::vector<Uuid>& ids);
    void add_readable(const std::vector<Readable>& readable);
    Problem refuse_by(const Decision& decision, Action action, Uuid object);

    Kernel& kernel_;
    Actor actor_;
    Instant now_;
    storage::Transaction* tx_ = nullptr;
    bool repetition_ = false;
    FactsPtr facts_;
    ScopePtr scope_;
    std::vector<ScopePtr> scopes_;
    ObjectFact object_;
    Decision decision_;
    std::vector<Readable> readable_;
    std::vector<Epoch> epochs_;
    std::optional<storage::log::AuditRow> refusal_;
};

} // namespace splot::access
