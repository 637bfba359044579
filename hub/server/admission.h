#pragma once
#include "hub/server/http.h"
#include "hub/server/listener.h"

namespace splot {

inline constexpr std::string_view sub_protocol = "splot.v1";

/// 101, or the status to refuse an upgrade on /ws with: 400 (no upgrade we know), 403 (foreign origin), 426 (no upgrade
/// at all). A missing Origin is refused where a cookie is sent: browsers always send it, so it is not one.
unsigned check_upgrade(const HttpRequest& request, const ListenerOptions& options);

/// Whether a request that may change something comes from our own pages, or from a program without cookies.
bool is_from_us(const HttpRequest& request, const ListenerOptions& options);

/// Who really asks, when a proxy in front says so: the last address it appended.
void believe_proxy(HttpRequest& request);

} // namespace splot
