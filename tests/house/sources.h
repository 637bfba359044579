#pragma once
#include <string>
#include <vector>

namespace splot::house {

/// One file of the project, by its path from the root.
struct Source {
    std::string path;
    std::string text;

    /// "hub/channels" for hub/channels/rules.cpp, "hub" for hub/main.cpp.
    std::string folder() const;
    /// "hub" for both.
    std::string floor() const;
    bool is_cpp() const;
    /// Names between the quotes or brackets of its includes.
    std::vector<std::string> includes() const;
};

/// Every file that git tracks or would track; without git, every file that no build made.
const std::vector<Source>& all_sources();

std::string first_part(const std::string& path);
bool starts_with_any(const std::string& text, const std::vector<std::string>& beginnings);
/// One a line, so that a failure reads as a list of what to mend.
std::string as_list(const std::vector<std::string>& findings);

} // namespace splot::house
