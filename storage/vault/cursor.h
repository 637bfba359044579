#pragma once
#include "storage/vault/secret.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace splot::vault {

/// The same for all hubs: made of what the key holder derives for the purpose `cursor`.
class CursorKey {
public:
    static constexpr std::string_view purpose = "cursor";
    explicit CursorKey(SecretBytes secret) : secret_(secret) {}
    const SecretBytes& secret() const { return secret_; }

private:
    SecretBytes secret_;
};

struct Position {
    std::int64_t stream = 0; ///< the stream's 64-bit key
    std::int64_t number = 0;
    bool operator==(const Position&) const = default;
};

/// "The last event that I was shown in this stream", as 22 letters that tell nothing: neither how many events there
/// are nor how many of them were somebody else's (B-01).
std::string make_cursor(const CursorKey& key, std::int64_t stream, std::int64_t number);

/// nullopt when the token is no 22 letters of ours. A forged token reads as a random position, so the caller compares
/// the stream, which a forgery meets once in 2^64, and that the number lies between 0 and the head.
std::optional<Position> read_cursor(const CursorKey& key, std::string_view token);

} // namespace splot::vault
