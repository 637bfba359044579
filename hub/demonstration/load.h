#pragma once
#include "protocol/time.h"
#include "storage/async/async.h"

namespace splot {
class Hub;
struct Desk;
} // namespace splot

namespace splot::demonstration {

/// Loads the demonstration world through the services, as the people who would have done it, at the times at which they
/// would have (D-01, D-04). Only into a database that is a demonstration and has no institution yet.
void load_if_empty(Hub& hub, Instant now);

/// Throws away what was said and done in the demonstration and loads it anew (D-41); every session ends. Runs on one
/// desk of the hub. A database that is no demonstration is refused: std::logic_error.
Async<void> start_anew(Hub& hub, Desk& desk);

} // namespace splot::demonstration
