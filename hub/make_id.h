#pragma once
#include "storage/vault/random.h"

#include <array>

namespace splot {

/// UUIDv7: new rows lie together in their indexes. For ids that may be seen by whoever reads the object's neighbours.
inline Uuid make_id(Instant now) {
    SystemRandom random;
    return make_uuid7(now, random);
}
/// 122 random bits that tell no time.
inline Uuid make_random_id() {
    SystemRandom random;
    return make_random_uuid(random);
}

template <std::size_t Size> std::array<std::byte, Size> random_bytes() {
    std::array<std::byte, Size> bytes{};
    SystemRandom random;
    random.fill(bytes);
    return bytes;
}

} // namespace splot
