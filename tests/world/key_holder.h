#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <sys/types.h>

namespace splot::world {

/// The real program `splot-keys` on a store of its own; ends with the test program.
class KeyHolder {
public:
    /// What a store's folder holds, by file name; to begin a store where another left off.
    using Files = std::map<std::string, std::string>;

    explicit KeyHolder(const Files& files = {});
    ~KeyHolder();
    KeyHolder(const KeyHolder&) = delete;

    std::string socket() const { return (folder_ / "socket").string(); }
    /// A folder for whatever else must lie on a disk, gone with the holder.
    const std::filesystem::path& folder() const { return folder_; }
    Files files() const;
    void kill();
    void start();

private:
    std::filesystem::path store() const { return folder_ / "store"; }

    std::filesystem::path folder_;
    pid_t pid_ = -1;
};

} // namespace splot::world
