#pragma once
#include "tests/world/private_cluster.h"

#include <functional>
#include <string>

namespace splot::world {

/// Fills an unfinished database, given its connection string as the owner.
using Fill = std::function<void(const std::string& conninfo)>;

/// Makes the template once, also when several test programs ask at the same time.
void ensure_template(const std::string& name, const std::string& from, Fill fill);

const std::string& migrated_template();
Database clone_of(const std::string& template_name);

} // namespace splot::world
