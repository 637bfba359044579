#include "storage/keys/server.h"
#include "storage/keys/store.h"

#include <charconv>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace splot::keys {
namespace {

constexpr const char* usage =
    "splot-keys --store DIR --socket PATH [--allow-uid N ...]   hold the keys, until SIGTERM\n"
    "splot-keys --store DIR rotate                              renew the key-encryption key\n"
    "                                                           (while no holder runs)\n";

struct Options {
    std::string store;
    std::string socket;
    std::set<uid_t> allowed = {0, ::geteuid()};
    bool rotates = false;
};

std::optional<uid_t> parse_uid(std::string_view text) {
    uid_t uid = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), uid);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(uid) : std::nullopt;
}

std::optional<Options> parse_options(int count, char** words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        if (word == "rotate") {
            options.rotates = true;
            continue;
        }
        if (++i == count) return std::nullopt;
        const std::string_view value = words[i];
        if (word == "--store") {
            options.store = value;
        } else if (word == "--socket") {
            options.socket = value;
        } else if (const auto uid = parse_uid(value); word == "--allow-uid" && uid) {
            options.allowed.insert(*uid);
        } else {
            return std::nullopt;
        }
    }
    const bool is_complete = !options.store.empty() && options.rotates == options.socket.empty();
    return is_complete ? std::optional(options) : std::nullopt;
}

/// Keys must not reach the disk by way of a core file or a debugger of the same user.
void keep_memory_private() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ // its leak check looks at the process as a debugger does
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

Fd stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    Fd fd(::signalfd(-1, &signals, SFD_CLOEXEC));
    if (!fd) throw std::system_error(errno, std::generic_category(), "signalfd");
    return fd;
}

int run(const Options& options) {
    keep_memory_private();
    if (options.rotates) {
        Store store(options.store);
        std::printf("splot-keys: %zu keys wrapped anew\n", store.rotate());
        return 0;
    }
    const Fd stop = stop_signals();
    Store store(options.store);
    Listener listener(options.socket, options.allowed);
    Server server(store, listener, options.allowed);
    std::puts("splot-keys: ready");
    std::fflush(stdout);
    server.run(stop.get());
    return 0;
}

} // namespace
} // namespace splot::keys

int main(int count, char** words) {
    const auto options = splot::keys::parse_options(count, words);
    if (!options) {
        std::fputs(splot::keys::usage, stderr);
        return 2;
    }
    try {
        return splot::keys::run(*options);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "splot-keys: %s\n", problem.what());
        return 1;
    }
}
