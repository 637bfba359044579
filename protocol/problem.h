#pragma once
#include "protocol/rules.h"

#include <boost/system/result.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace splot {

/// Stable codes of the protocol; the wire name is the enumerator's name.
enum class Code {
    invalid,         ///< a field is wrong; `field` says which
    not_found,       ///< it does not exist, or the caller may not know that it does (A-62)
    gate_closed,     ///< the caller may know of it but a gate is shut; `rule` says which
    conflict,        ///< the state does not allow it any more
    unauthenticated, ///< no valid session on this connection
    rate_limited,    ///< too many calls; `retry_after_ms` in the data
    unavailable,     ///< database or key holder away; nothing was changed
    too_large,       ///< a frame or a body beyond its limit
    internal,        ///< a bug or a broken world; logged with the call id
    parse_error,     ///< not JSON (JSON-RPC -32700)
    bad_request,     ///< JSON, but no request of ours (JSON-RPC -32600)
    unknown_method,  ///< JSON-RPC -32601

    enrolment_required, ///< the session may only enrol a second factor until that is done
    step_up_required,   ///< show a factor again (POST /session/step-up), then repeat the call
    locked,             ///< the device is locked: POST /session/unlock with the PIN
};
std::string_view name_of(Code code);
/// nullopt for a name that is none of ours (a newer server's, for instance).
std::optional<Code> code_named(std::string_view name);

/// Why a call was refused: for programs. The Polish sentence comes from the hub's one catalogue.
struct Problem {
    Code code = Code::internal;
    Rule rule = {};
    std::string field = {};    ///< a path such as `params.reason`, or empty
    std::string expected = {}; ///< for programmers, in English: what `field` should have been, or empty

    bool operator==(const Problem&) const = default;
};

/// What `Result::value()` throws on a problem: reaching it is a bug of the caller.
struct ProblemError : std::logic_error {
    explicit ProblemError(const Problem& p) :
        std::logic_error(std::string(name_of(p.code)) + " " + p.field), problem(p) {}
    Problem problem;
};
[[noreturn]] inline void throw_exception_from_error(const Problem& problem, const boost::source_location&) {
    throw ProblemError(problem);
}

template <class T> using Result = boost::system::result<T, Problem>;

inline Problem refuse(Code code, Rule rule = {}, std::string field = {}) { return {code, rule, std::move(field), {}}; }

} // namespace splot

#define SPLOT_JOIN_(a, b) a##b
#define SPLOT_JOIN(a, b) SPLOT_JOIN_(a, b)
#define SPLOT_TRY(result, declaration, expression, leave)                                                              \
    auto&& result = (expression);                                                                                      \
    if (!result) leave std::move(result).error();                                                                      \
    declaration = *std::move(result)
/// `TRY(const Task task, rules::decline(...));` leaves the function with the problem, or declares the value.
#define TRY(declaration, ...) SPLOT_TRY(SPLOT_JOIN(result_, __LINE__), declaration, (__VA_ARGS__), return )
/// The same inside a coroutine.
#define CO_TRY(declaration, ...) SPLOT_TRY(SPLOT_JOIN(result_, __LINE__), declaration, (__VA_ARGS__), co_return )
/// For results without a value.
#define CO_CHECK(...)                                                                                                  \
    if (auto&& SPLOT_JOIN(check_, __LINE__) = (__VA_ARGS__); !SPLOT_JOIN(check_, __LINE__))                            \
    co_return std::move(SPLOT_JOIN(check_, __LINE__)).error()
#define CHECK_OK(...)                                                                                                  \
    if (auto&& SPLOT_JOIN(check_, __LINE__) = (__VA_ARGS__); !SPLOT_JOIN(check_, __LINE__))                            \
    return std::move(SPLOT_JOIN(check_, __LINE__)).error()
