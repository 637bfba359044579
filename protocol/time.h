#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace splot {

/// A moment, UTC, to the microsecond (what PostgreSQL keeps). On the wire: ISO 8601 with offset.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
/// A day without time. On the wire: `date` (YYYY-MM-DD).
using Date = std::chrono::year_month_day;

/// "2026-11-24T12:00:00.000000Z"; the fraction is left out when it is zero.
std::string to_text(Instant instant);
/// Accepts an offset Z or ±hh:mm (RFC 3339); nullopt for anything else, also for 30 February.
std::optional<Instant> parse_instant(std::string_view text);
std::string to_text(Date date);
std::optional<Date> parse_date(std::string_view text);

} // namespace splot
