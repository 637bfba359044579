#pragma once
#include "protocol/time.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <unordered_map>

namespace splot {

/// How often one address may try to sign in: 20 at once, then one every 6 seconds. Any thread.
class SignIns {
public:
    explicit SignIns(double rate_factor) : most_(20 * rate_factor), per_second_(rate_factor / 6) {}

    bool spend(const std::string& peer, Instant now) {
        const std::lock_guard lock(mutex_);
        if (buckets_.size() > 100'000) buckets_.clear();
        auto [entry, fresh] = buckets_.try_emplace(peer, Bucket{most_, now});
        auto& bucket = entry->second;
        const double passed = std::chrono::duration<double>(now - bucket.at).count();
        bucket.left = std::min(most_, bucket.left + std::max(0.0, passed) * per_second_);
        bucket.at = now;
        if (bucket.left < 1) return false;
        bucket.left -= 1;
        return true;
    }

private:
    struct Bucket {
        double left;
        Instant at;
    };
    double most_, per_second_;
    std::mutex mutex_; ///< for one look-up at a time
    std::unordered_map<std::string, Bucket> buckets_;
};

} // namespace splot
