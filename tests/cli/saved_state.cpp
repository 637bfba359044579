#include "clients/cli/saved_state.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sys/stat.h>

using namespace splot;
using namespace splot::cli;

namespace {

unsigned mode_of(const std::filesystem::path& path) {
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 ? about.st_mode & 07777 : 0;
}

struct State : testing::Test {
    State() {
        std::string name = testing::TempDir() + "splot-XXXXXX";
        folder = ::mkdtemp(name.data());
        file = folder / "config" / "splot" / "state.json";
    }
    ~State() override { std::filesystem::remove_all(folder); }

    SavedState sample() const {
        return {"https://localhost:8443",
                {{"https://localhost:8443", {"splot=abc", "nina", *parse_instant("2026-11-24T12:00:00Z")}}}};
    }

    std::filesystem::path folder;
    std::filesystem::path file;
};

} // namespace

TEST_F(State, is_kept_from_one_run_to_the_next) {
    ASSERT_TRUE(save_state(file, sample()));

    const auto loaded = load_state(file);

    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->hub, "https://localhost:8443");
    EXPECT_EQ(loaded->hubs.at("https://localhost:8443").cookie, "splot=abc");
}

TEST_F(State, is_for_its_owner_only) {
    ::umask(0);
    ASSERT_TRUE(save_state(file, sample()));
    EXPECT_EQ(mode_of(file), 0600u);
    EXPECT_EQ(mode_of(file.parent_path()), 0700u);
    ::umask(022);
}

TEST_F(State, that_others_could_read_is_closed_to_them) {
    ASSERT_TRUE(save_state(file, sample()));
    std::filesystem::permissions(file, std::filesystem::perms(0644));

    EXPECT_TRUE(load_state(file));

    EXPECT_EQ(mode_of(file), 0600u);
}

TEST_F(State, that_is_absent_is_empty) {
    const auto loaded = load_state(file);
    ASSERT_TRUE(loaded);
    EXPECT_TRUE(loaded->hubs.empty());
}

TEST_F(State, that_is_damaged_says_what_to_do) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << "{";

    const auto loaded = load_state(file);

    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().advice, testing::HasSubstr("zaloguj się"));
}

TEST_F(State, leaves_nothing_beside_the_file) {
    ASSERT_TRUE(save_state(file, sample()));
    ASSERT_TRUE(save_state(file, sample()));
    const auto entries = std::filesystem::directory_iterator(file.parent_path());
    EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}
