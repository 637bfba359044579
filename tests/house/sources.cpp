#include "tests/house/sources.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>

namespace splot::house {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> paths_from_git(const std::string& root) {
    const std::string command = "git -C '" + root + "' ls-files --cached --others --exclude-standard 2>/dev/null";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
    std::vector<std::string> paths;
    std::string line;
    for (int c = pipe ? std::fgetc(pipe.get()) : EOF; c != EOF; c = std::fgetc(pipe.get())) {
        if (c != '\n') {
            line += static_cast<char>(c);
            continue;
        }
        paths.push_back(line);
        line.clear();
    }
    return paths;
}

std::vector<std::string> paths_from_folders(const std::string& root) {
    std::vector<std::string> paths;
    for (auto entry = fs::recursive_directory_iterator(root); entry != fs::end(entry); ++entry) {
        const std::string name = entry->path().filename();
        if (entry->is_directory() && (name == "build" || name == "node_modules" || name == ".git" || name == ".cache"))
            entry.disable_recursion_pending();
        else if (entry->is_regular_file())
            paths.push_back(fs::relative(entry->path(), root));
    }
    return paths;
}

std::vector<Source> read_all(const std::string& root) {
    std::vector<std::string> paths = paths_from_git(root);
    if (paths.empty()) paths = paths_from_folders(root);
    std::ranges::sort(paths);
    std::vector<Source> sources;
    for (const auto& path : paths)
        if (fs::is_regular_file(root + "/" + path)) sources.push_back({path, read(root + "/" + path)});
    return sources;
}

/// `beginning` is what stands before the name: "#include ", with spaces as one likes.
bool is_include(std::string beginning) {
    std::erase_if(beginning, [](char c) { return c == ' ' || c == '\t'; });
    return beginning == "#include";
}

} // namespace

std::string Source::folder() const {
    const auto first = path.find('/');
    if (first == std::string::npos) return "";
    const auto second = path.find('/', first + 1);
    return path.substr(0, second == std::string::npos ? first : second);
}

std::string Source::floor() const { return path.find('/') == std::string::npos ? "" : first_part(path); }

bool Source::is_cpp() const { return path.ends_with(".h") || path.ends_with(".cpp"); }

std::vector<std::string> Source::includes() const {
    std::vector<std::string> names;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto open = line.find_first_of("<\"");
        if (open == std::string::npos || !is_include(line.substr(0, open))) continue;
        const auto close = line.find_first_of(">\"", open + 1);
        if (close != std::string::npos) names.push_back(line.substr(open + 1, close - open - 1));
    }
    return names;
}

const std::vector<Source>& all_sources() {
    static const std::vector<Source> sources = read_all(SPLOT_SOURCE_DIR);
    return sources;
}

std::string first_part(const std::string& path) { return path.substr(0, path.find('/')); }

bool starts_with_any(const std::string& text, const std::vector<std::string>& beginnings) {
    return std::ranges::any_of(beginnings, [&](const std::string& beginning) { return text.starts_with(beginning); });
}

std::string as_list(const std::vector<std::string>& findings) {
    std::string list;
    for (const auto& finding : findings)
        list += "\n  " + finding;
    return list;
}

} // namespace splot::house
