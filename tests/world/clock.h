#pragma once
#include "hub/clock.h"

#include <atomic>

namespace splot::world {

/// Stands still until a test moves it; read by every thread of the hub.
class TestClock final : public Clock {
public:
    explicit TestClock(Instant start) : now_(start.time_since_epoch().count()) {}
    Instant now() const override { return Instant(std::chrono::microseconds(now_.load())); }
    void move(std::chrono::microseconds by) { now_ += by.count(); }

private:
    std::atomic<std::int64_t> now_;
};

/// When every world begins: a Wednesday, ten in the morning in Warsaw. The demonstration is loaded at this moment.
constexpr Instant beginning{std::chrono::sys_days(std::chrono::year(2026) / 5 / 13) + std::chrono::hours(8)};

} // namespace splot::world
