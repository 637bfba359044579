#pragma once
#include <string_view>

namespace splot {

/// What a method does to the world; `hub/rpc` opens the fitting transaction.
enum class Effect {
    reads,   ///< READ ONLY, REPEATABLE READ
    looks,   ///< reads sealed content; answered only after its audit row is durable (A-67)
    writes,  ///< READ COMMITTED, one transaction of its own
    appends, ///< frequent and small; committed by the writer together with whatever else waits
    live,    ///< touches only this connection: streams, whispers
};
std::string_view name_of(Effect effect);

/// What a session must have shown for a method to be called. The access policy compares it with the device's row; the
/// refusals are `enrolment_required` and `step_up_required`.
enum class Level {
    nobody,    ///< whoever is connected
    known,     ///< any session, also one that still has to enrol a second factor
    enrolling, ///< one that still has to enrol, or a fresh one: for making and removing one's own factors
    full,      ///< signed in with a second factor, where the hub demands one
    fresh,     ///< full, and a factor was shown in the last 10 minutes (step-up)
    exporting, ///< fresh, and the account was not recovered in the last 24 hours
};
std::string_view name_of(Level level);

/// Calls a minute and connection.
struct PerMinute {
    int calls;
};

/// Every request type has one: `static constexpr Method method{...}` and `using Answer = …`.
struct Method {
    std::string_view name; ///< `slice.verb_noun`
    Effect effect;
    PerMinute rate;
    std::string_view caller; ///< who may call, in English, for openrpc.json and the slice's README
    Level level = Level::full;
};

} // namespace splot
