#include "clients/cli/request_id.h"

#include <algorithm>

namespace splot::client {
namespace {

std::chrono::milliseconds local_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
}

} // namespace

Uuid uuid_at(std::chrono::milliseconds since_epoch, std::uint64_t high, std::uint64_t low) {
    Uuid uuid;
    const auto time = static_cast<std::uint64_t>(since_epoch.count());
    for (int i = 0; i < 6; ++i)
        uuid.bytes[i] = static_cast<std::uint8_t>(time >> (40 - 8 * i));
    uuid.bytes[6] = static_cast<std::uint8_t>(0x70 | ((high >> 8) & 0x0f));
    uuid.bytes[7] = static_cast<std::uint8_t>(high);
    for (int i = 0; i < 8; ++i)
        uuid.bytes[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
    uuid.bytes[8] = static_cast<std::uint8_t>(0x80 | (uuid.bytes[8] & 0x3f));
    return uuid;
}

void RequestIds::set_clock(Instant hub_now) {
    ahead_ = std::chrono::duration_cast<std::chrono::milliseconds>(hub_now.time_since_epoch()) - local_now();
}

RequestId RequestIds::next() {
    last_ = std::max(last_, local_now() + ahead_);
    const auto random = [this] { return (std::uint64_t{random_()} << 32) | random_(); };
    const auto high = random();
    return RequestId(uuid_at(last_, high, random()));
}

} // namespace splot::client
