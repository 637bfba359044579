#include "storage/vault/random.h"

#include <openssl/rand.h>

#include <chrono>
#include <stdexcept>

namespace splot {
namespace {

void mark(Uuid& uuid, unsigned version) {
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0f) | version << 4);
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3f) | 0x80);
}

} // namespace

void SystemRandom::fill(std::span<std::byte> bytes) {
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("OpenSSL has no random bytes");
}

Uuid make_uuid7(Instant now, Random& random) {
    const auto microseconds = static_cast<std::uint64_t>(now.time_since_epoch().count());
    const std::uint64_t milliseconds = microseconds / 1000;
    const auto fraction = static_cast<unsigned>(microseconds % 1000 * 4096 / 1000);
    Uuid uuid;
    for (int i = 0; i < 6; ++i)
        uuid.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i));
    uuid.bytes[6] = static_cast<std::uint8_t>(fraction >> 8);
    uuid.bytes[7] = static_cast<std::uint8_t>(fraction);
    random.fill(std::as_writable_bytes(std::span(uuid.bytes)).subspan(8));
    mark(uuid, 7);
    return uuid;
}

Uuid make_random_uuid(Random& random) {
    Uuid uuid;
    random.fill(std::as_writable_bytes(std::span(uuid.bytes)));
    mark(uuid, 4);
    return uuid;
}

} // namespace splot
