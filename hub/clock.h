#pragma once
#include "protocol/time.h"

#include <chrono>

namespace splot {

/// The one source of time. A call reads it once, when it begins.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() const override {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

} // namespace splot
