#pragma once
#include "hub/server/limits.h"
#include "hub/server/wire.h"

#include <cstddef>
#include <string>
#include <vector>

namespace splot {

/// What waits for one peer: bounded, in order, and taken out in batches that become one text frame each. No I/O.
class Outbox {
public:
    enum class Added : std::uint8_t {
        queued,
        dropped,    ///< a whisper without room, or anything but an answer while overflowing
        overflowed, ///< this one began an overflow: every waiting event and whisper is gone, and it too
        exhausted,  ///< too many answers: the peer must be cut off
    };
    /// One text frame's content: a JSON array of `objects` objects.
    struct Batch {
        Frame single;       ///< when there is one object: its text, still without brackets
        std::string joined; ///< else all of them with brackets and commas
        std::size_t objects = 0;
        std::size_t bytes = 0;
    };

    explicit Outbox(const Limits& limits) : limits_(limits) {}

    Added add(Frame frame, FrameKind kind);
    /// The next frame's worth; it counts until `sent`.
    Batch take();
    void sent() { in_flight_ = 0; }
    /// Forgets what waits (not what is in flight).
    void clear();

    bool is_empty() const { return items_.empty(); }
    /// Bytes of answers that wait.
    std::size_t answers() const { return answers_; }
    /// All bytes that wait or are in flight.
    std::size_t bytes() const { return waiting_ + in_flight_; }
    bool is_overflowing() const { return overflowing_; }
    /// The user was told: events may come again.
    void end_overflow() { overflowing_ = false; }

private:
    struct Item {
        Frame frame;
        FrameKind kind;
    };
    bool has_room(std::size_t size) const;
    void push(Frame frame, FrameKind kind);
    template <class Predicate> void drop(Predicate is_dropped);

    const Limits& limits_;
    std::vector<Item> items_;
    std::size_t waiting_ = 0;
    std::size_t answers_ = 0;
    std::size_t in_flight_ = 0;
    bool overflowing_ = false;
};

} // namespace splot
