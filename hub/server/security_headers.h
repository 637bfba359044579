#pragma once
#include "hub/server/http.h"

namespace splot {

/// Adds what every HTTP answer of ours carries, unless the site has set it itself (Cache-Control of a file, say).
void add_security_headers(HttpAnswer& answer, bool strict_transport);

} // namespace splot
