#pragma once
#include "hub/server/http.h"

#include <functional>
#include <string>

namespace splot {
class Hub;
struct Desk;
} // namespace splot

namespace splot::identity {

using DoorRoute = std::function<Async<HttpAnswer>(Desk&, const HttpRequest&)>;

/// The routes of protocol/identity/door.h. `add("POST /session/sign-in", …)`.
void add_door(std::function<void(std::string, DoorRoute)> add, Hub& hub);

} // namespace splot::identity
