#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace splot::vault {

using Digest = std::array<std::byte, 32>;

Digest sha256(std::span<const std::byte> bytes);
Digest sha256(std::string_view text);
Digest hmac_sha256(std::span<const std::byte> key, std::span<const std::byte> bytes);
Digest hmac_sha256(std::span<const std::byte> key, std::string_view text);

/// Takes as long whatever the contents are; different sizes differ at once.
bool equal_in_constant_time(std::span<const std::byte> left, std::span<const std::byte> right);
bool equal_in_constant_time(std::string_view left, std::string_view right);

/// URL-safe, without padding (RFC 4648).
std::string to_base64url(std::span<const std::byte> bytes);

} // namespace splot::vault
