#pragma once
#include "protocol/problem.h"

#include <chrono>
#include <optional>
#include <string>

namespace splot::client {

/// Why a call did not succeed: for programs (Problem), and for people.
struct CallError : Problem {
    std::string message = {};                                  ///< Polish: the hub's own, or ours about the network
    std::optional<std::chrono::milliseconds> retry_after = {}; ///< with rate_limited and unavailable
    bool lost = false; ///< the connection ended before the answer: it may have happened; repeat with the same id
};

template <class T> using Reply = boost::system::result<T, CallError>;

} // namespace splot::client
