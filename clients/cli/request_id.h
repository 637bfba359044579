#pragma once
#include "protocol/ids.h"
#include "protocol/time.h"

#include <chrono>
#include <random>

namespace splot::client {

/// Makes the ids of calls: UUIDv7 by the hub's clock, rising within one program.
class RequestIds {
public:
    /// `session.start` told the hub's time.
    void set_clock(Instant hub_now);
    RequestId next();

private:
    std::chrono::milliseconds ahead_{}; ///< of our clock
    std::chrono::milliseconds last_{};
    std::random_device random_;
};

/// The UUIDv7 of a moment; `random` fills the 74 bits that are not time.
Uuid uuid_at(std::chrono::milliseconds since_epoch, std::uint64_t high, std::uint64_t low);

} // namespace splot::client
