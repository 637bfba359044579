#pragma once
#include "protocol/ids.h"
#include "storage/vault/secret.h"

#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace splot::vault {

using Bytes = std::vector<std::byte>;

/// Where a sealed text belongs. It is authenticated, not stored: a text that was moved to another row, case or table
/// does not open. What has several texts (a message and its revisions) must tell them apart here.
struct Aad {
    std::string_view table;
    Uuid row;
    Uuid place; ///< the case or channel
    KeyId key;
    std::int64_t revision = 0;
};

enum class SealProblem {
    malformed,       ///< too short to be a sealed text
    unknown_version, ///< made by a later release
    broken,          ///< another key, another place, or changed bytes
};
const char* name_of(SealProblem problem);
[[noreturn]] void throw_exception_from_error(SealProblem problem, const boost::source_location& where);

/// How much longer than its text a sealed text is: version, nonce, tag.
inline constexpr std::size_t seal_overhead = 1 + 12 + 16;

/// AES-256-GCM under a random nonce: version | nonce | ciphertext | tag. One key may seal 2^32 texts. At most 1 GiB.
Bytes seal(const DataKey& key, const Aad& aad, std::string_view text);
boost::system::result<std::string, SealProblem> open(const DataKey& key, const Aad& aad,
                                                     std::span<const std::byte> sealed);

} // namespace splot::vault
