#include "hub/demonstration/world.h"

#include "hub/demonstration/world_json.h"
#include "protocol/json/json.h"

#include <stdexcept>

namespace splot::demonstration {

World read_world() {
    const auto parsed = json::parse(world_json());
    if (!parsed) throw std::logic_error("world.json is no JSON");
    auto world = json::decode<World>(*parsed, "world");
    if (!world) throw std::logic_error("world.json: " + world.error().field + ": " + world.error().expected);
    return std::move(*world);
}

} // namespace splot::demonstration
