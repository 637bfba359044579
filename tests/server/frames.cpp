#include "tests/server/frames.h"

#include <algorithm>
#include <iomanip>
#include <optional>

namespace splot::tests {
namespace {

constexpr auto fence = "the answer to this is the end";

void add_number(std::string& bytes, std::uint64_t number, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> shift);
}

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t number = 0;
    for (const char c : bytes.substr(at, size))
        number = number << 8 | static_cast<unsigned char>(c);
    return number;
}

std::optional<Received> take_frame(std::string& bytes) {
    if (bytes.size() < 2) return std::nullopt;
    const auto first = static_cast<unsigned char>(bytes[0]), second = static_cast<unsigned char>(bytes[1]);
    Received one{first & 0x0f, "", (first & 0x80) != 0, (second & 0x80) != 0, true};
    std::uint64_t size = second & 0x7f;
    std::size_t header = 2;
    if (const std::size_t more = size == 126 ? 2 : size == 127 ? 8 : 0) {
        if (bytes.size() < header + more) return std::nullopt;
        size = number_at(bytes, header, more);
        one.is_minimal = more == 2 ? size > 125 : size > 0xffff;
        header += more;
    }
    if (bytes.size() < header + size) return std::nullopt;
    one.payload = bytes.substr(header, size);
    bytes.erase(0, header + size);
    return one;
}

} // namespace

std::string frame(int opcode, std::string payload, const Shape& shape) {
    const int masked = shape.masked ? 0x80 : 0;
    std::string bytes(1, static_cast<char>((shape.final ? 0x80 : 0) | shape.reserved | opcode));
    if (shape.length == LengthForm::eight_bytes || payload.size() > 0xffff) {
        bytes += static_cast<char>(masked | 127);
        add_number(bytes, payload.size(), 8);
    } else if (shape.length == LengthForm::two_bytes || payload.size() > 125) {
        bytes += static_cast<char>(masked | 126);
        add_number(bytes, payload.size(), 2);
    } else {
        bytes += static_cast<char>(masked | static_cast<int>(payload.size()));
    }
    if (shape.masked) {
        bytes += shape.mask;
        for (std::size_t i = 0; i < payload.size(); ++i)
            payload[i] = static_cast<char>(payload[i] ^ shape.mask[i % 4]);
    }
    return bytes + payload;
}

std::string close_frame(int code, std::string_view reason) {
    std::string payload;
    add_number(payload, static_cast<std::uint64_t>(code), 2);
    return frame(close, payload.append(reason));
}

void PrintTo(const Received& one, std::ostream* out) {
    *out << "frame " << one.opcode << " of " << one.payload.size() << " bytes "
         << std::quoted(one.payload.substr(0, 60));
}

Received said(std::string text) { return {text_frame, std::move(text)}; }

std::vector<Received> take_frames(std::string& bytes) {
    std::vector<Received> frames;
    while (auto one = take_frame(bytes))
        frames.push_back(*std::move(one));
    return frames;
}

FrameTest::Frames FrameTest::answers_to(std::string bytes, std::function<bool(const Frames&)> enough, Sending sending) {
    Frames answers;
    run([&]() -> Async<void> {
        const auto session = co_await client::Session::connect(endpoint());
        co_await session->upgrade("", "");
        if (sending == Sending::byte_by_byte)
            for (const char c : bytes)
                co_await session->send_raw(std::string(1, c));
        else
            co_await session->send_raw(bytes);
        const std::string last_ping = frame(ping, fence);
        std::string rest;
        for (bool asked = false;;) {
            // Only now: a pong may overtake a message that was complete before its ping.
            if (!asked && enough(answers)) {
                asked = true;
                co_await session->send_raw(last_ping);
            }
            const auto more = co_await session->receive_raw();
            if (more.empty()) throw std::runtime_error("the hub hung up");
            rest += more;
            std::ranges::move(take_frames(rest), std::back_inserter(answers));
            if (asked && !answers.empty() && answers.back().payload == fence) break;
        }
    });
    if (!answers.empty()) answers.pop_back();
    return answers;
}

FrameTest::Frames FrameTest::answers_to(std::string bytes, std::size_t count, Sending sending) {
    return answers_to(
        std::move(bytes), [count](const Frames& answers) { return answers.size() >= count; }, sending);
}

FrameTest::Frames FrameTest::all_after(std::string bytes) {
    std::vector<Received> answers;
    run([&]() -> Async<void> {
        const auto session = co_await client::Session::connect(endpoint());
        co_await session->upgrade("", "");
        co_await session->send_raw(std::move(bytes));
        std::string rest = co_await read_to_end(*session);
        answers = take_frames(rest);
    });
    return answers;
}

int FrameTest::code_after(std::string bytes) {
    const auto frames = all_after(std::move(bytes));
    if (frames.empty() || frames.back().opcode != close) return 0;
    const auto& payload = frames.back().payload;
    return payload.size() < 2 ? no_code : static_cast<int>(number_at(payload, 0, 2));
}

} // namespace splot::tests
