#pragma once
#include "protocol/time.h"

#include <optional>
#include <string>
#include <string_view>

/// Times as people in Poland read and write them (kept in UTC, shown in Europe/Warsaw).
namespace splot::cli {

struct LocalTime {
    Date day;
    int hour;
    int minute;
};
/// The clock on the wall in Warsaw. Computed by the rule of the European Union, valid since 1996.
LocalTime warsaw(Instant instant);
/// The other way: midnight of a day in Warsaw.
Instant warsaw_midnight(Date day);

std::string clock_text(Instant instant);  ///< "9:05"
std::string day_text(Date day);           ///< "wtorek, 24 listopada 2026"
std::string moment_text(Instant instant); ///< "24.11.2026, 9:05"
/// "2026-11-24" (that midnight in Warsaw) or a whole ISO 8601 instant.
std::optional<Instant> read_moment(std::string_view text);

} // namespace splot::cli
