#pragma once
#include "protocol/ids.h"
#include "protocol/time.h"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace splot {

/// Tickets for the first frame of a socket: 32 random bytes, used once, 30 s, of this hub; never part of an
/// address, which logs keep. Any thread.
class Tickets {
public:
    struct Holder {
        PersonId person;
        DeviceId device;
    };
    std::string issue(Holder holder, Instant now);
    std::optional<Holder> redeem(const std::string& ticket, Instant now);

    static constexpr auto valid_for = std::chrono::seconds(30);

private:
    struct Issued {
        Holder holder;
        Instant until;
    };
    void forget_old(Instant now);

    std::mutex mutex_; ///< for one look-up at a time
    std::unordered_map<std::string, Issued> issued_;
    Instant swept_at_{};
};

} // namespace splot
