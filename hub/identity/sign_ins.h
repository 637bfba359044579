#pragma once
#include "protocol/time.h"

#include <mutex>
#include <string>
#include <unordered_map>

namespace splot {

/// The network that an address belongs to: /24 of IPv4, /48 of IPv6. An address that is none stands for itself.
std::string network_of(const std::string& address);

/// How often people may try to sign in, beside the count of each account's failures: one address 20 times at once and
/// then every 6 seconds, a network 100 times and every second, everybody 300 times and 15 a second. What turned out
/// right is given back, so that an office whose people all come at eight is not held up. Any thread.
///
/// A passkey asks here only after it was wrong: nobody holds its owner up.
class SignIns {
public:
    explicit SignIns(double rate_factor) : factor_(rate_factor) {}

    bool spend(const std::string& peer, Instant now);
    void give_back(const std::string& peer);

private:
    struct Rate {
        double most, per_second;
    };
    struct Bucket {
        double left = 0;
        Instant at{};
    };
    using Buckets = std::unordered_map<std::string, Bucket>;

    static constexpr Rate of_address{20, 1.0 / 6}, of_network{100, 1}, of_all{300, 15};

    void fill(Bucket& bucket, const Rate& rate, Instant now) const;
    Bucket& bucket_of(Buckets& buckets, const std::string& name, const Rate& rate, Instant now) const;

    double factor_;
    std::mutex mutex_; ///< for one look-up at a time
    Buckets addresses_, networks_, all_;
};

} // namespace splot
