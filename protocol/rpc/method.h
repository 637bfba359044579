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
};

} // namespace splot
