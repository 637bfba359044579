#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace splot {

/// One serialised JSON-RPC object, shared by everybody it goes to.
using Frame = std::shared_ptr<const std::string>;

enum class FrameKind : std::uint8_t {
    answer,  ///< never dropped; when too many wait, the wire stops reading from its peer
    event,   ///< dropped, all of them, when the queue is full: the peer resumes from its cursors
    whisper, ///< best effort: dropped first
};

/// One WebSocket, whatever is below it (TLS or plain TCP). Used only on its own shard.
/// Text frames out are always one JSON array of what was queued: `[a,b,c]`, at most 64 KiB of payload a frame unless
/// a single object is larger.
class Wire {
public:
    virtual ~Wire() = default;
    virtual void send(Frame frame, FrameKind kind) = 0;
    /// Sends what is queued, then a close frame; the user's `on_closed` follows.
    virtual void close(std::uint16_t code, std::string_view reason) = 0;
    virtual std::string_view peer() const = 0;
};

/// What sits on a wire: told of frames in order, on the wire's shard, never from within `send` or `close`.
class WireUser {
public:
    virtual ~WireUser() = default;
    /// One text frame of at most 64 KiB, well-formed UTF-8.
    virtual void on_frame(std::string text) = 0;
    /// All queued events and whispers were dropped, and so was every one sent until this call; those sent from now on
    /// are queued again. A second overflow within 30 s closes the wire (1013).
    virtual void on_overflow() = 0;
    /// The hub is going down: the last chance to send. The wire closes by itself (1012) when that has left.
    virtual void on_shutdown() {}
    /// The last call; after it the wire takes no more.
    virtual void on_closed() = 0;
};

} // namespace splot
