#pragma once
#include "hub/access/roles.h"
#include "protocol/problem.h"
#include "protocol/rpc/method.h"
#include "storage/access/facts.h"

#include <string_view>

namespace splot::access {

/// Who acts: the person, and the mandate if they named one (T-08).
struct Actor {
    PersonId person;
    DeviceId device;
    std::optional<MandateId> as;
};

/// What stops or lets pass, in the order in which it is asked.
enum class Gate {
    account,    ///< an open account
    level,      ///< the session showed enough: a second factor, and lately where the act demands it (E-01)
    mandate,    ///< valid now, of a scope that reaches the object (gate 1, T-07)
    membership, ///< the mandate's institution belongs to the team now (gate 2)
    lane,       ///< the role reads this lane, or the list names the person (gate 5)
    audience,   ///< the label names the institution or the person (A-43)
    role,       ///< the role may do this, not only read
    choice,     ///< mandates of several institutions fit and none was named (T-08)
    open,       ///< nothing stopped it
};
BOOST_DESCRIBE_ENUM(Gate, account, level, mandate, membership, lane, audience, role, choice, open)

/// Allow with its ground, or the first gate that failed. A value that explains itself: the audit row and the answer to
/// "why do I see this?" are made from it.
struct Decision {
    Gate gate = Gate::account;
    const MandateFact* ground = nullptr; ///< points into the facts; null for a refusal
    Instant since{};                     ///< readable from here on (T-45)

    bool allowed() const { return gate == Gate::open; }
};

/// Did the session come far enough for a method of this level? Pure; before every other gate.
bool reaches_level(const DeviceFact& device, std::optional<Instant> exports_from, Level needed, Instant now);
/// The same for an actor. The hub itself, which has no device, comes everywhere.
Decision decide_level(const Actor& actor, Level needed, const Facts& facts, Instant now);
/// Enrolment comes before a step-up, and a recovered account waits for its day.
Problem problem_of_level(std::optional<SessionLevel> level, Level needed, std::optional<Instant> exports_from,
                         Instant now);

/// May the actor do this to an object with this label? Pure; `facts` are the actor's.
/// Reading takes the widest of the person's mandates (or the one named); acting needs
/// mandates of one institution only (T-08).
Decision decide(const Actor& actor, Action action, const LaneFact& lane, const Label& label, const Facts& facts,
                Instant now);

/// May the actor do what belongs to an institution (give mandates, enter people, found a team)?
Decision decide_for_institution(const Actor& actor, Action action, InstitutionId institution, const Facts& facts,
                                Instant now);

/// When, after `now`, a decision about this person may change without any fact changing: the next beginning or end.
std::optional<Instant> holds_until(const Facts& facts, Instant now);

/// How a refusal is told: what may not be seen answers `not_found`; what may be seen but not done, `gate_closed`.
Problem problem_of(const Decision& refusal, Action action);

/// True when every reader of `inner` is a reader of `outer` (both of one lane): a reply may narrow, never widen.
bool is_within(const Label& inner, const Label& outer);

} // namespace splot::access
