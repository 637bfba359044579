// The disk of PostgreSQL's data is full: a small volume in memory takes its place.
#include "tests/faults/aftermath.h"
#include "tests/faults/talk.h"

#include <fcntl.h>
#include <fstream>
#include <pwd.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace splot::faults {
namespace {

namespace fs = std::filesystem;

/// A volume of a few megabytes that only this program and its children see, gone with them.
class SmallVolume {
public:
    SmallVolume() {
        std::string name = "/tmp/splot-volume-XXXXXX";
        if (!::mkdtemp(name.data())) return;
        path_ = name;
        mounted_ = ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                   ::mount("tmpfs", name.c_str(), "tmpfs", 0, "size=48m,mode=0777") == 0;
    }
    ~SmallVolume() {
        if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
        std::error_code none;
        fs::remove(path_, none);
    }
    SmallVolume(const SmallVolume&) = delete;

    bool is_mounted() const { return mounted_; }
    /// A folder on it that PostgreSQL may have for its own.
    fs::path data() const {
        const auto folder = path_ / "data";
        fs::create_directory(folder);
        fs::permissions(folder, fs::perms::all);
        if (const passwd* user = ::getpwnam("postgres"); user && ::geteuid() == 0)
            if (::chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0) throw std::runtime_error("chown");
        return folder;
    }

    void fill() const {
        std::ofstream ballast(path_ / "ballast", std::ios::binary);
        const std::string block(64 * 1024, 'x');
        while (ballast.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
        }
    }
    void free() const { fs::remove(path_ / "ballast"); }

private:
    fs::path path_;
    bool mounted_ = false;
};

TEST(DiskFull, writes_are_refused_reads_go_on_and_all_heals) {
    const SmallVolume volume;
    if (!volume.is_mounted()) GTEST_SKIP() << "a volume of its own needs the right to mount";
    Stage stage({.data_folder = volume.data()});
    const auto room = stage.make_rooms(1, 0).front();
    Talker nina(stage, "nina.gajda");
    const std::string long_text(8'000, 'p');
    std::vector<std::string> acknowledged;
    ASSERT_EQ(outcome_of(nina.post(room, "Piórko przed")), "ok");
    acknowledged.emplace_back("Piórko przed");

    volume.fill();
    std::string said = "ok";
    for (int i = 0; said == "ok" && i < 500; ++i) { // pages with room take some more
        const auto text = std::to_string(i) + long_text;
        said = outcome_of(nina.post(room, text));
        if (said == "ok") acknowledged.push_back(text);
    }
    EXPECT_EQ(said, "unavailable");
    EXPECT_EQ(outcome_of(nina.list(room)), "ok");
    EXPECT_EQ(outcome_of(nina.open(room)), "ok");
    EXPECT_TRUE(nina.client().is_connected());

    volume.free();
    EXPECT_TRUE(stage.becomes([&] { return outcome_of(nina.post(room, "Piórko po")) == "ok"; }));
    const auto texts = nina.texts(room);
    for (const auto& text : acknowledged)
        EXPECT_EQ(std::ranges::count(texts, text), 1) << text.substr(0, 40);
    EXPECT_EQ(std::ranges::count(texts, "Piórko po"), 1);
    expect_nothing_personal(stage);
}

} // namespace
} // namespace splot::faults
