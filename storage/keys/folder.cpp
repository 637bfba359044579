#include "storage/keys/folder.h"

#include <array>
#include <cerrno>
#include <memory>
#include <stdexcept>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace splot::keys {
namespace {

constexpr std::size_t max_file = 64 * 1024;
const std::string unfinished = ".new-";

[[noreturn]] void fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

void write_all(int fd, std::span<const std::uint8_t> bytes, const std::string& name) {
    while (!bytes.empty()) {
        const ssize_t wrote = ::write(fd, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) fail("write " + name);
        bytes = bytes.subspan(static_cast<std::size_t>(wrote));
    }
}

void sync_fd(int fd, const std::string& name) {
    if (::fsync(fd) != 0) fail("fsync " + name);
}

/// Zeroes the file's blocks. Where the disk copies on write this does not reach the old ones; what lies there is still
/// wrapped.
void overwrite(int fd, const std::string& name) {
    struct stat info {};
    if (::fstat(fd, &info) != 0) fail("stat " + name);
    const std::vector<std::uint8_t> zeros(static_cast<std::size_t>(info.st_size));
    if (::lseek(fd, 0, SEEK_SET) != 0) fail("seek " + name);
    write_all(fd, zeros, name);
    sync_fd(fd, name);
}

void check_ours_alone(int fd, const std::string& path) {
    struct stat info {};
    if (::fstat(fd, &info) != 0) fail("stat " + path);
    if (info.st_uid != ::geteuid()) throw std::runtime_error(path + " belongs to another user");
    if ((info.st_mode & 077) != 0) throw std::runtime_error(path + " may be entered by others: chmod 700");
}

} // namespace

Fd::~Fd() {
    if (fd_ >= 0) ::close(fd_);
}

Folder::Folder(const std::filesystem::path& path) {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail("mkdir " + path.string());
    dir_ = Fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!dir_) fail("open " + path.string());
    check_ours_alone(dir_.get(), path.string());
    lock_ = open("lock", O_RDWR | O_CREAT);
    if (!lock_) fail("open lock");
    if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0)
        throw std::runtime_error(path.string() + " is held by another splot-keys");
    for (const std::string& name : names())
        if (name.starts_with(unfinished)) erase(name);
    sync();
}

Fd Folder::open(const std::string& name, int flags) const {
    return Fd(::openat(dir_.get(), name.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
}

bool Folder::has(const std::string& name) const {
    struct stat info {};
    if (::fstatat(dir_.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0) return true;
    if (errno != ENOENT) fail("stat " + name);
    return false;
}

std::optional<std::vector<std::uint8_t>> Folder::read(const std::string& name) const {
    const Fd file = open(name, O_RDONLY);
    if (!file && errno == ENOENT) return std::nullopt;
    if (!file) fail("open " + name);
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) fail("stat " + name);
    if (!S_ISREG(info.st_mode) || info.st_size > static_cast<off_t>(max_file))
        throw std::runtime_error(name + " is no file of ours");
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(info.st_size));
    std::size_t have = 0;
    while (have < bytes.size()) {
        const ssize_t got = ::read(file.get(), bytes.data() + have, bytes.size() - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read " + name);
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

std::vector<std::string> Folder::names() const {
    const int fd = ::openat(dir_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(fd < 0 ? nullptr : ::fdopendir(fd), &::closedir);
    if (!listing) fail("list the store");
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(listing.get()))
        names.emplace_back(entry->d_name);
    return names;
}

void Folder::replace(const std::string& name, std::span<const std::uint8_t> bytes) {
    const std::string temporary = unfinished + name;
    const Fd file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file) fail("open " + temporary);
    write_all(file.get(), bytes, temporary);
    sync_fd(file.get(), temporary);
    if (::renameat(dir_.get(), temporary.c_str(), dir_.get(), name.c_str()) != 0) fail("rename " + temporary);
}

void Folder::write(const std::string& name, std::span<const std::uint8_t> bytes) {
    replace(name, bytes);
    sync();
}

void Folder::write_over(const std::string& name, std::span<const std::uint8_t> bytes) {
    const Fd former = open(name, O_WRONLY);
    if (!former && errno != ENOENT) fail("open " + name);
    write(name, bytes);
    if (former) overwrite(former.get(), name);
}

void Folder::erase(const std::string& name) {
    {
        const Fd file = open(name, O_WRONLY);
        if (!file && errno == ENOENT) return;
        if (!file) fail("open " + name);
        overwrite(file.get(), name);
    }
    if (::unlinkat(dir_.get(), name.c_str(), 0) != 0 && errno != ENOENT) fail("unlink " + name);
    sync();
}

void Folder::sync() { sync_fd(dir_.get(), "the store"); }

} // namespace splot::keys
