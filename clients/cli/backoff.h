#pragma once
#include <chrono>
#include <random>

namespace splot::client {

/// How long to wait before the next attempt: a quarter of a second, doubling up to half a minute, each drawn between
/// its half and its whole, so that many clients do not come back at once.
class Backoff {
public:
    std::chrono::milliseconds next() {
        const auto whole = std::min<std::chrono::milliseconds>(longest, first * (1 << std::min(attempt_++, 10)));
        std::uniform_int_distribution<std::int64_t> draw(whole.count() / 2, whole.count());
        return std::chrono::milliseconds(draw(random_));
    }
    void reset() { attempt_ = 0; }

    static constexpr std::chrono::milliseconds first{250};
    static constexpr std::chrono::milliseconds longest{30'000};

private:
    int attempt_ = 0;
    std::minstd_rand random_{std::random_device{}()};
};

} // namespace splot::client
