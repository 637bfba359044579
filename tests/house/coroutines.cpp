// What g++ 12 compiles wrongly must not come back: an aggregate built around a co_await is destroyed twice.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <string>

namespace {

namespace fs = std::filesystem;

TEST(Coroutines, no_aggregate_is_built_around_a_co_await) {
    const std::regex built_around(R"([A-Z][A-Za-z]*\{[^;{]*co_await)");
    for (const std::string floor : {"hub", "storage", "clients/cli", "tests"})
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(SPLOT_SOURCE_DIR) / floor)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
            if (entry.path().filename() == "coroutines.cpp") continue;
            std::ifstream file(entry.path());
            int number = 0;
            for (std::string line; std::getline(file, line);) {
                ++number;
                EXPECT_FALSE(std::regex_search(line, built_around))
                    << entry.path().string() << ":" << number << ": " << line;
            }
        }
}

} // namespace
