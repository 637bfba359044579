#pragma once
#include "protocol/personal.h"
#include "protocol/time.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// One-time codes by the clock: RFC 6238 with SHA-1, 6 digits, 30 seconds, as every authenticator app has them. Pure.
namespace splot::identity::totp {

inline constexpr std::size_t secret_size = 20;

/// Steps of 30 seconds since 1970.
std::int64_t step_at(Instant now);
std::string code_at(std::string_view secret, std::int64_t step, int digits = 6);

/// The step whose code this is: now, one before or one after (a clock that is half a minute off), and later than
/// `last`, the newest that was accepted. Nothing: a wrong code, or one that was used.
std::optional<std::int64_t> accepted_step(std::string_view secret, std::string_view code, Instant now,
                                          std::int64_t last);

/// RFC 4648, without padding.
std::string to_base32(std::string_view bytes);
/// What the QR code says.
std::string uri(const std::string& issuer, const std::string& login, std::string_view secret);

} // namespace splot::identity::totp
