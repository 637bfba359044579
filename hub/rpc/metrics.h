#pragma once
#include <string>

namespace splot {

class Hub;
struct Desk;

/// Prometheus text (exposition format 0.0.4): numbers without names. `desk`: the shard that is asked.
std::string metrics_page(Hub& hub, Desk& desk);

} // namespace splot
