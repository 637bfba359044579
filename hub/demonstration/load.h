#pragma once
#include "protocol/time.h"

namespace splot {
class Hub;
}

namespace splot::demonstration {

/// Loads the demonstration world through the services, as the people who would have done it, at the times at which they
/// would have (D-01, D-04). Only into a database that is a demonstration and has no institution yet.
void load_if_empty(Hub& hub, Instant now);

} // namespace splot::demonstration
