#include "tests/server/fixture.h"

#include <random>

namespace splot::tests {
namespace {

using client::Session;

/// Bytes of strangers, valid in part, at both layers. Which answer comes does not matter here: that the hub lives, and
/// keeps nothing, does. The seed is fixed, so a failure comes again.
class Garbage : public ServerTest {
protected:
    std::string noise(std::size_t most) {
        std::string bytes(random() % most, '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(random());
        return bytes;
    }
    /// The text with some bytes changed, left out or doubled.
    std::string damaged(std::string text) {
        for (std::size_t changes = 1 + random() % 4; changes != 0 && !text.empty(); --changes) {
            const std::size_t at = random() % text.size();
            switch (random() % 3) {
            case 0:
                text[at] = static_cast<char>(random());
                break;
            case 1:
                text.erase(at, 1 + random() % 8);
                break;
            default:
                text.insert(at, text.substr(at, 1 + random() % 8));
                break;
            }
        }
        return text;
    }
    /// A masked client frame; its length, flags and opcode need not make sense.
    std::string frame() {
        std::string bytes;
        bytes += static_cast<char>(random() % 4 == 0 ? random() : 0x80 | (random() % 11));
        const std::size_t size = random() % 126;
        bytes += static_cast<char>(0x80 | size);
        bytes += "mask";
        bytes += noise(1 + size + random() % 8);
        return bytes;
    }
    /// Sends, does not care whether the hub still listens, and reads what comes until it closes or falls silent.
    void send_and_leave(std::string bytes, bool upgrade) {
        run([&]() -> Async<void> {
            const auto session = co_await Session::connect(endpoint());
            if (upgrade) co_await session->upgrade("", "");
            try {
                co_await session->send_raw(std::move(bytes));
                if (random() % 2 == 0) co_await session->receive_raw();
            } catch (const boost::system::system_error&) {
                // the hub hung up: that is its right
            }
        });
    }

    std::mt19937 random{20240229};
    const std::string good = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                             "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n";
};

TEST_F(Garbage, in_place_of_HTTP_does_no_harm) {
    limits.header_time = limits.body_time = limits.close_time = std::chrono::milliseconds(40);
    start(Transport::plain);
    for (int i = 0; i < 300; ++i)
        send_and_leave(i % 3 == 0 ? noise(2000) : damaged(good), false);
    await_count(counts().connections, 0);
    EXPECT_EQ(counts().failures.load(), 0U);
}

TEST_F(Garbage, in_place_of_frames_does_no_harm) {
    limits.ping_after = limits.close_time = std::chrono::milliseconds(20);
    limits.dead_after = std::chrono::milliseconds(60);
    start(Transport::plain);
    for (int i = 0; i < 300; ++i) {
        std::string frames;
        for (std::size_t left = 1 + random() % 6; left != 0; --left)
            frames += frame();
        send_and_leave(i % 5 == 0 ? noise(500) : frames, true);
    }
    await_count(counts().connections, 0);
    EXPECT_EQ(counts().sockets.load(), 0);
    EXPECT_EQ(site.log.count("closed"), 300);
}

TEST_F(Garbage, in_place_of_TLS_does_no_harm) {
    limits.handshake_time = std::chrono::milliseconds(40);
    start(Transport::tls);
    const auto hello = std::string("\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03", 11) + std::string(200, 'x');
    options.tls = nullptr; // the clients speak plain TCP
    for (int i = 0; i < 100; ++i)
        send_and_leave(i % 2 == 0 ? noise(600) : damaged(hello), false);
    await_count(counts().failed_handshakes, 100);
    await_count(counts().connections, 0);
}

} // namespace
} // namespace splot::tests
