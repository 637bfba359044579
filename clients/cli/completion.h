#pragma once
#include "clients/cli/arguments.h"

#include <string>
#include <string_view>
#include <vector>

namespace splot::cli {

class Roster;

/// What `splot completion bash` prints. It asks `splot __complete WORDS…` for candidates, one a line.
std::string completion_script(std::string_view shell);

/// Those of the candidates that begin with `word`, folded; sorted, each once.
std::vector<std::string> beginning_with(std::string_view word, std::vector<std::string> candidates);

/// Names of one kind. Channels come by their own name where that is unique, and by path.
std::vector<std::string> names_for(Completes kind, const Roster& roster);

} // namespace splot::cli
