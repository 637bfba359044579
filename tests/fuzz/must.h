#pragma once

namespace splot {

/// The fuzzer sees a property that does not hold as a crash, and keeps the input.
inline void must(bool holds) {
    if (!holds) __builtin_trap();
}

} // namespace splot
