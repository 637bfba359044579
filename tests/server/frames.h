#pragma once
#include "tests/server/fixture.h"

namespace splot::tests {

enum : int { continuation = 0, text_frame = 1, binary_frame = 2, close = 8, ping = 9, pong = 10 };
inline constexpr int no_code = 1005; ///< a close frame without a code, as libraries tell it

enum class LengthForm : std::uint8_t { shortest, two_bytes, eight_bytes };

/// How a frame differs from a good one of a client.
struct Shape {
    bool final = true;
    bool masked = true;
    int reserved = 0; ///< bits of the first byte
    LengthForm length = LengthForm::shortest;
    std::string mask = "\x37\xfa\x21\x3d";
};
std::string frame(int opcode, std::string payload, const Shape& shape = {});
std::string close_frame(int code, std::string_view reason = "");

/// A frame that the hub sent.
struct Received {
    int opcode = 0;
    std::string payload;
    bool is_final = true, is_masked = false, is_minimal = true;

    bool operator==(const Received&) const = default;
    friend void PrintTo(const Received& one, std::ostream* out);
};
Received said(std::string text);
/// The frames in these bytes; the rest of a last, cut one is left in them.
std::vector<Received> take_frames(std::string& bytes);

/// A socket for each case, and bytes by hand.
class FrameTest : public ServerTest {
protected:
    enum class Sending : std::uint8_t { at_once, byte_by_byte };

    void SetUp() override {
        limits.frame = 256 * 1024;
        start(Transport::plain);
    }
    using Frames = std::vector<Received>;
    /// What the hub answers: reads until it is enough, then proves by a ping that nothing else was on its way.
    Frames answers_to(std::string bytes, std::function<bool(const Frames&)> enough, Sending sending = Sending::at_once);
    /// Until that many frames.
    Frames answers_to(std::string bytes, std::size_t count = 1, Sending sending = Sending::at_once);
    /// Everything until the hub hangs up.
    Frames all_after(std::string bytes);
    /// The code of the close frame that must be the last thing that comes; 0 when there is none.
    int code_after(std::string bytes);
};

} // namespace splot::tests
