#pragma once
#include <chrono>
#include <cstddef>

namespace splot {

/// What one peer may cost the hub, in bytes and in time. Tests make the times small; an office changes none of it.
struct Limits {
    std::size_t frame = 64 * 1024;          ///< one WebSocket message from a peer
    std::size_t header = 8 * 1024;          ///< an HTTP request's line and headers
    std::size_t body = 64 * 1024;           ///< an HTTP request's body
    std::size_t frame_out = 64 * 1024;      ///< objects joined into one text frame
    std::size_t queue = 1024 * 1024;        ///< bytes that wait for one peer before its events are dropped
    std::size_t queue_frames = 512;         ///< objects that wait for one peer before its events are dropped
    std::size_t answers = 256 * 1024;       ///< waiting answers beyond which nothing more is read from that peer
    std::size_t answers_most = 1900 * 1024; ///< waiting answers beyond which the peer is cut off

    std::size_t handshakes = 64; ///< TLS handshakes in flight on one shard; more wait in the backlog
    int backlog = 4096;

    std::chrono::milliseconds handshake_time{10'000};
    std::chrono::milliseconds header_time{10'000}; ///< from the first moment to the last header line
    std::chrono::milliseconds body_time{20'000};
    std::chrono::milliseconds answer_time{60'000};     ///< one HTTP answer, to the last byte
    std::chrono::milliseconds keep_alive{30'000};      ///< between two requests on one connection
    std::chrono::milliseconds ping_after{20'000};      ///< a silent WebSocket is pinged
    std::chrono::milliseconds dead_after{40'000};      ///< a silent WebSocket is gone
    std::chrono::milliseconds write_time{20'000};      ///< one text frame out, for each 64 KiB of it
    std::chrono::milliseconds close_time{5'000};       ///< the peer's answer to a close, and the last bytes on a line
    std::chrono::milliseconds overflow_memory{30'000}; ///< two overflows within this time close the wire
};

} // namespace splot
