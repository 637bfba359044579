#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace splot::keys {

/// Owns a file descriptor.
class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Fd();
    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }

private:
    int fd_ = -1;
};

/// A directory of small secret files, owned by one process at a time. After `write`, `sync` or `erase` returns, what it
/// did survives loss of power. Throws std::system_error where the disk refuses, std::runtime_error where the
/// directory is not ours alone.
class Folder {
public:
    /// Makes the directory (mode 0700) if it is missing, checks that nobody else may enter it, and locks it until this
    /// object goes; removes what an interrupted `replace` left.
    explicit Folder(const std::filesystem::path& path);

    bool has(const std::string& name) const;
    /// The file's bytes (at most 64 KiB), or nullopt when there is none.
    std::optional<std::vector<std::uint8_t>> read(const std::string& name) const;
    std::vector<std::string> names() const;

    /// Puts the bytes under the name, whole or not at all. The name itself is durable only after `sync`.
    void replace(const std::string& name, std::span<const std::uint8_t> bytes);
    void write(const std::string& name, std::span<const std::uint8_t> bytes);
    /// Like `write`, and overwrites the blocks of what stood there.
    void write_over(const std::string& name, std::span<const std::uint8_t> bytes);
    /// Overwrites the file, then removes it. No file is fine.
    void erase(const std::string& name);
    void sync();

private:
    Fd open(const std::string& name, int flags) const;

    Fd dir_;
    Fd lock_;
};

} // namespace splot::keys
