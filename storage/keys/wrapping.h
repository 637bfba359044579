#pragma once
#include "storage/keys/wire.h"

#include <openssl/crypto.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace splot::keys {

/// 32 secret bytes, wiped when they go.
struct Secret {
    std::array<std::uint8_t, secret_size> bytes{};

    Secret() = default;
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;
    ~Secret() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

Secret random_secret();

/// A data key as it lies in the store: encrypted under one version of the key-encryption key.
struct Wrapped {
    std::uint32_t kek_version = 0;
    std::string context; ///< kept, so that rotation can wrap again; it names ids, never persons
    std::array<std::uint8_t, 12> nonce{};
    std::array<std::uint8_t, secret_size> cipher{};
    std::array<std::uint8_t, 16> tag{};
};

/// AES-256-GCM, bound to the key's name, its context and the version of the key-encryption key.
Wrapped wrap(const Secret& kek, std::uint32_t kek_version, const KeyName& name, std::string_view context,
             const Secret& key);
/// nullopt when it was wrapped for another name or context, under another key, or has been changed.
std::optional<Secret> unwrap(const Secret& kek, const KeyName& name, const Wrapped& wrapped);

std::vector<std::uint8_t> to_bytes(const Wrapped& wrapped);
/// nullopt when the bytes are no wrapped key.
std::optional<Wrapped> parse_wrapped(std::span<const std::uint8_t> bytes);

/// HKDF-SHA-256 of the root secret.
Secret derive(const Secret& root, std::string_view purpose);

} // namespace splot::keys
