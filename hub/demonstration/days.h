#pragma once
#include "protocol/time.h"

#include <string>
#include <string_view>

/// Days of the demonstration: its world is written in numbers of days, so that it fits any day of loading (D-04).
namespace splot::demonstration {

/// The day of loading in Warsaw.
Date day_of_loading(Instant now);

/// Monday to Friday, counted from the day of loading: 0 is that day or, on a weekend, the Monday after it.
Date working_day(Date loaded, int number);

/// `hh:mm` in Warsaw on that working day. A time that is none is a bug in world.json: std::invalid_argument.
Instant moment(Date loaded, int number, std::string_view hh_mm);

/// Midnight in Warsaw, that many calendar days from the day of loading: for memberships and mandates.
Instant start_of_day(Date loaded, int calendar_days);

/// Writes out the dates of a text: `{w:-3}` "we wtorek", `{do:2}` "do piątku", `{data:9}` "12 maja".
/// Braces that say nothing of this are a bug in world.json: std::invalid_argument.
std::string with_dates(std::string_view text, Date loaded);

} // namespace splot::demonstration
