#pragma once
#include "protocol/ids.h"
#include "storage/async/run.h"
#include "storage/vault/key_client.h"
#include "storage/vault/random.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace splot::vault {

/// A directory that goes with the test.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// The real program `splot-keys`. Dies with the test.
class HolderProcess {
public:
    enum class Await { first_line, nothing };
    explicit HolderProcess(const std::vector<std::string>& options, Await await = Await::first_line);
    ~HolderProcess();
    HolderProcess(HolderProcess&&) = delete;

    /// Whether it said "ready"; false when it ended instead.
    bool is_ready() const { return is_ready_; }
    void signal(int number) const;
    /// Its exit code, or 128 and the number of the signal that ended it.
    int wait();

private:
    pid_t pid_ = -1;
    int output_ = -1;
    bool is_ready_ = false;
};

/// A key holder with a store of its own, and a client of it.
class Holder {
public:
    explicit Holder(std::vector<std::string> more_options = {});

    void start();
    void kill();
    /// SIGTERM; answers the exit code.
    int stop();
    void restart() {
        kill();
        start();
    }
    int rotate() const;

    std::filesystem::path store() const { return scratch_.path() / "store"; }
    std::filesystem::path socket() const { return scratch_.path() / "socket"; }
    std::filesystem::path key_file(KeyId key, std::string_view ending = ".key") const;
    HolderProcess& process() { return *process_; }

    void create(KeyId key, std::string_view context = "channel:1") { run(io, client.create(key, context)); }
    DataKey unwrap(KeyId key, std::string_view context = "channel:1") { return run(io, client.unwrap(key, context)); }
    void destroy(KeyId key) { run(io, client.destroy(key)); }
    SecretBytes derive(std::string_view purpose) { return run(io, client.derive(purpose)); }

private:
    ScratchFolder scratch_;
    std::vector<std::string> more_options_;
    std::unique_ptr<HolderProcess> process_;

public:
    boost::asio::io_context io;
    KeyClient client;
};

KeyId new_key_id();

template <class Kind> bool is_same(const Secret<Kind>& left, const Secret<Kind>& right) {
    return std::equal(left.bytes().begin(), left.bytes().end(), right.bytes().begin());
}

/// A connection that speaks bytes, for what our client would never send.
class RawClient {
public:
    explicit RawClient(const std::filesystem::path& socket);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient(RawClient&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

    bool is_connected() const { return fd_ >= 0; }
    /// As much as the socket takes at once.
    std::size_t send_some(std::string_view bytes) const;
    void send(std::string_view bytes) const;
    void end_sending() const;
    /// At least one byte; empty at the end. A holder that keeps silent for 20 s fails the test.
    std::string receive_some() const;
    std::string receive(std::size_t size) const;
    std::string receive_all() const;

private:
    int fd_ = -1;
};

} // namespace splot::vault
