#include "storage/keys/server.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace splot::keys {
namespace {

[[noreturn]] void fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

sockaddr_un address_of(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path) throw std::runtime_error("the socket's path is too long");
    std::memcpy(address.sun_path, path.c_str(), path.native().size());
    return address;
}

/// A killed holder leaves its socket's file; a living one answers.
void remove_leftover(const std::filesystem::path& path, const sockaddr_un& address) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0) {
        if (errno != ENOENT) fail("stat " + path.string());
        return;
    }
    if (!S_ISSOCK(info.st_mode)) throw std::runtime_error(path.string() + " exists and is no socket");
    const Fd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!probe) fail("socket");
    const bool is_refused = ::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
                            errno == ECONNREFUSED;
    if (!is_refused) throw std::runtime_error(path.string() + " is in use");
    if (::unlink(path.c_str()) != 0) fail("unlink " + path.string());
}

} // namespace

Listener::Listener(std::filesystem::path path, const std::set<uid_t>& allowed) : path_(std::move(path)) {
    const sockaddr_un address = address_of(path_);
    remove_leftover(path_, address);
    Fd made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!made) fail("socket");
    bool is_for_us_only = true;
    for (const uid_t user : allowed)
        if (user != 0 && user != ::geteuid()) is_for_us_only = false;
    const mode_t former = ::umask(is_for_us_only ? 0177 : 0111);
    const int bound = ::bind(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    const int reason = errno;
    ::umask(former);
    errno = reason;
    if (bound != 0) fail("bind " + path_.string());
    if (::listen(made.get(), 128) != 0) fail("listen on " + path_.string());
    socket_ = std::move(made);
}

Listener::~Listener() { ::unlink(path_.c_str()); }

} // namespace splot::keys
