#include "hub/identity/sign_ins.h"

#include <boost/asio/ip/address.hpp>

#include <algorithm>

namespace splot {
namespace {

constexpr std::size_t most_buckets = 100'000;

std::string hex_of(unsigned char byte) {
    constexpr char digits[] = "0123456789abcdef";
    return {digits[byte >> 4], digits[byte & 15]};
}

} // namespace

std::string network_of(const std::string& address) {
    boost::system::error_code error;
    auto parsed = boost::asio::ip::make_address(address, error);
    if (error) return address;
    if (parsed.is_v6() && parsed.to_v6().is_v4_mapped())
        parsed = boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, parsed.to_v6());
    std::string network;
    if (parsed.is_v4()) {
        const auto bytes = parsed.to_v4().to_bytes();
        for (std::size_t i = 0; i < 3; ++i)
            network += std::to_string(bytes[i]) + ".";
        return network + "0/24";
    }
    const auto bytes = parsed.to_v6().to_bytes();
    for (std::size_t i = 0; i < 6; ++i)
        network += hex_of(bytes[i]);
    return network + "/48";
}

void SignIns::fill(Bucket& bucket, const Rate& rate, Instant now) const {
    const double passed = std::max(0.0, std::chrono::duration<double>(now - bucket.at).count());
    bucket.left = std::min(rate.most * factor_, bucket.left + passed * rate.per_second * factor_);
    bucket.at = now;
}

SignIns::Bucket& SignIns::bucket_of(Buckets& buckets, const std::string& name, const Rate& rate, Instant now) const {
    if (buckets.size() > most_buckets) buckets.clear();
    auto& bucket = buckets.try_emplace(name, Bucket{rate.most * factor_, now}).first->second;
    fill(bucket, rate, now);
    return bucket;
}

bool SignIns::spend(const std::string& peer, Instant now) {
    const std::lock_guard lock(mutex_);
    Bucket* const all[] = {&bucket_of(addresses_, peer, of_address, now),
                           &bucket_of(networks_, network_of(peer), of_network, now), &bucket_of(all_, {}, of_all, now)};
    if (std::ranges::any_of(all, [](const Bucket* bucket) { return bucket->left < 1; })) return false;
    for (auto* bucket : all)
        bucket->left -= 1;
    return true;
}

void SignIns::give_back(const std::string& peer) {
    const std::lock_guard lock(mutex_);
    const auto give = [](Buckets& buckets, const std::string& name) {
        if (const auto found = buckets.find(name); found != buckets.end()) found->second.left += 1;
    };
    give(addresses_, peer);
    give(networks_, network_of(peer));
    give(all_, {});
}

} // namespace splot
