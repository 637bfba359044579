#pragma once
#include "protocol/time.h"

#include <chrono>

/// Times are kept in UTC and meant in Warsaw.
namespace splot {

/// Summer time of the European Union: from 01:00 UTC on the last Sunday of March to the same of October. The C++
/// library of GCC 12 has no time zones.
std::chrono::hours offset_in_warsaw(Instant at);
/// The day on the wall.
Date day_in_warsaw(Instant at);

} // namespace splot
