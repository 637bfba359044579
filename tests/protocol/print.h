#pragma once
#include "protocol/problem.h"

#include <gtest/gtest.h>

/// How a failed expectation shows our values. Include it wherever a matcher sees a Result: without it the stream
/// operator of Boost's result is tried, which needs one of every type in it.
namespace splot {

inline void PrintTo(const Problem& problem, std::ostream* out) {
    *out << "refused: " << name_of(problem.code) << ' ' << problem.rule.number() << ' ' << problem.field;
    if (!problem.expected.empty()) *out << " (expected " << problem.expected << ')';
}

template <class T> void PrintTo(const Result<T>& result, std::ostream* out) {
    if (!result) return PrintTo(result.error(), out);
    if constexpr (std::is_void_v<T>)
        *out << "accepted";
    else
        *out << testing::PrintToString(*result);
}

} // namespace splot
