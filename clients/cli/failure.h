#pragma once
#include "clients/cli/reply.h"

#include <string>
#include <utility>

namespace splot::cli {

/// How the program ends; the README lists them for scripts.
enum class Exit {
    done = 0,
    failed = 1, ///< refused for a reason that is none of the below
    usage = 2,  ///< wrong arguments, an ambiguous name, a field that the hub finds wrong
    not_signed_in = 3,
    not_found = 4,    ///< it does not exist, or one may not know that it does
    gate_closed = 5,  ///< one may know of it but not do this
    conflict = 6,     ///< the state does not allow it any more
    unavailable = 7,  ///< no connection, or the hub cannot serve now
    rate_limited = 8, ///< too many calls; later
};

/// Why a command did not do what it was asked: a sentence, and another that says what to do.
struct Failure {
    Exit exit = Exit::failed;
    std::string message = {};
    std::string advice = {};
    Problem problem = {}; ///< for programs; of the hub, or ours in the same words

    Failure() = default;
    Failure(Exit exit_, std::string message_, std::string advice_ = {});
    Failure(client::CallError error); // NOLINT(google-explicit-constructor): so that CO_TRY passes the hub's on
};

template <class T = void> using Outcome = boost::system::result<T, Failure>;

[[noreturn]] inline void throw_exception_from_error(const Failure& failure, const boost::source_location&) {
    throw ProblemError(failure.problem);
}

Exit exit_for(Code code);
/// `{"error":{"code":…,"message":…,"advice":…}}`
std::string to_json(const Failure& failure);

} // namespace splot::cli
