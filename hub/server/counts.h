#pragma once
#include <atomic>
#include <cstdint>

namespace splot {

/// What a listener has seen, for the metrics page. Relaxed: each number is right, two of them need not match.
struct ServerCounts {
    std::atomic<std::int64_t> connections{0}; ///< open now, of any kind
    std::atomic<std::int64_t> sockets{0};     ///< WebSockets open now
    std::atomic<std::uint64_t> accepted{0};
    std::atomic<std::uint64_t> refused_connections{0}; ///< too few file descriptors left
    std::atomic<std::uint64_t> handshakes{0};          ///< TLS handshakes that succeeded
    std::atomic<std::uint64_t> failed_handshakes{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> bad_requests{0}; ///< malformed, too large, too slow
    std::atomic<std::uint64_t> refused_upgrades{0};
    std::atomic<std::uint64_t> frames_in{0};
    std::atomic<std::uint64_t> bytes_in{0};
    std::atomic<std::uint64_t> frames_out{0};
    std::atomic<std::uint64_t> objects_out{0}; ///< what the frames carried
    std::atomic<std::uint64_t> bytes_out{0};
    std::atomic<std::uint64_t> overflows{0};
    std::atomic<std::uint64_t> dead_peers{0}; ///< silent, or too slow to take one frame
    std::atomic<std::uint64_t> failures{0};   ///< exceptions that reached the server: bugs

    template <class T> static void add(std::atomic<T>& count, T by = 1) {
        count.fetch_add(by, std::memory_order_relaxed);
    }
};

} // namespace splot
