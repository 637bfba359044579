#pragma once
#include <string>
#include <vector>

namespace splot::cli {

/// The whole program: reads the words after its name, answers on the standard output, complains on the standard error.
/// The answer is the exit code (Exit).
int run(const std::vector<std::string>& words);

} // namespace splot::cli
