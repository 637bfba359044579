#include "tests/server/fixture.h"

namespace splot::tests {
namespace {

using client::Session;
using client::Socket;
using namespace std::chrono_literals;

/// Peers that do not read, do not speak or do not answer.
class SlowReaders : public ServerTest, public ::testing::WithParamInterface<bool> {
protected:
    void open() {
        start(GetParam() ? Transport::tls : Transport::plain);
        auto there = endpoint();
        there.receive_buffer = 4096;
        run([&]() -> Async<void> { socket = co_await Socket::open(there, "", ""); });
    }
    void order(std::string what) {
        run([&]() -> Async<void> { co_await socket->send(what); });
    }
    /// Reads until a frame holds this object; how many bytes came.
    std::size_t read_until(const std::string& object) {
        std::size_t bytes = 0;
        run([&]() -> Async<void> {
            for (;;) {
                const std::string frame = co_await socket->receive();
                bytes += frame.size();
                if (frame.find(object) != std::string::npos) break;
            }
        });
        return bytes;
    }
    std::uint16_t read_to_close() {
        std::uint16_t code = 0;
        run([&]() -> Async<void> { code = co_await code_of_close(socket->session()); });
        return code;
    }
    std::unique_ptr<Socket> socket;
};
INSTANTIATE_TEST_SUITE_P(Transports, SlowReaders, ::testing::Bool(),
                         [](const auto& transport) { return transport.param ? "Tls" : "Plain"; });

TEST_P(SlowReaders, loses_its_events_is_told_and_may_come_back) {
    open();

    order("!events 2000 10000");
    site.log.await("overflow");
    const auto bytes = read_until("overflow");

    EXPECT_LT(bytes, 3'000'000U); // of 20 MB: the queue, and what was on its way
    EXPECT_EQ(site.log.count("overflow"), 1);
    order("!events 1 1");
    read_until("[0]");
}

TEST_P(SlowReaders, is_closed_with_1013_when_it_overflows_again_soon) {
    open();
    order("!events 2000 10000");
    site.log.await("overflow");
    read_until("overflow");

    order("!events 2000 10000");

    EXPECT_EQ(read_to_close(), 1013);
    EXPECT_EQ(site.log.count("overflow"), 1);
    EXPECT_EQ(counts().overflows.load(), 2U);
    site.log.await("closed");
}

TEST_P(SlowReaders, may_overflow_again_after_a_while) {
    limits.overflow_memory = 0ms;
    open();
    for (int i = 1; i <= 2; ++i) {
        order("!events 2000 10000");
        site.log.await("overflow", i);
        read_until("overflow");
    }
}

TEST_P(SlowReaders, keeps_its_answers_in_an_overflow) {
    open();
    order("!answers 1 150000"); // more than the kernel takes: the next ones wait
    order("\"asked\"");
    order("!events 2000 10000");
    site.log.await("overflow");
    read_until("\"asked\"");
}

TEST_P(SlowReaders, loses_whispers_before_events) {
    limits.queue_frames = 100;
    open();
    order("!answers 1 400000");
    order("!whispers 100 10");
    order("!events 80 10");
    std::string all;
    run([&]() -> Async<void> {
        while (all.find("79        ") == std::string::npos)
            all += co_await socket->receive();
    });
    EXPECT_EQ(site.log.count("overflow"), 0);
}

TEST_P(SlowReaders, is_not_read_from_while_its_answers_wait) {
    limits.answers = 100'000;
    open();
    order("!answers 1 400000"); // stands on the line
    order("!answers 2 60000");  // waits: beyond the mark
    site.log.await("answers", 2);
    order("\"later\"");
    order("!events 1 1");
    read_until("later");
    site.log.await("events");
}

TEST_P(SlowReaders, is_cut_off_when_its_answers_pile_up) {
    open();
    order("!answers 40 100000");
    EXPECT_EQ(read_to_close(), 1013);
    site.log.await("closed");
}

TEST_P(SlowReaders, that_takes_nothing_for_long_is_cut_off) {
    limits.write_time = 20ms;
    open();
    order("!answers 1 1000000");
    site.log.await("closed");
    EXPECT_EQ(counts().dead_peers.load(), 1U);
}

TEST_P(SlowReaders, that_is_silent_and_answers_no_ping_is_dead) {
    limits.ping_after = 40ms;
    limits.dead_after = 120ms;
    open();
    site.log.await("closed"); // nobody runs the client's loop, so the ping stays unanswered
    EXPECT_EQ(counts().dead_peers.load(), 1U);
    await_count(counts().connections, 0);
}

TEST_P(SlowReaders, that_answers_pings_is_heard) {
    limits.ping_after = 20ms;
    open();
    std::string answer;
    run([&]() -> Async<void> {
        boost::asio::co_spawn(
            io, [&]() -> Async<void> { answer = co_await socket->receive(); },
            [](std::exception_ptr failure) { EXPECT_FALSE(failure); });
        co_await until([&] { return socket->session().pings() == 3; }); // unanswered, the first would be the last
        co_await socket->send("1");
    });
    run_until([&] { return !answer.empty(); });
    EXPECT_EQ(answer, "[1]");
}

TEST_P(SlowReaders, that_ignores_a_close_is_left_behind) {
    limits.close_time = 60ms;
    open();
    order("!close 4000 bye");
    site.log.await("closed");
    await_count(counts().connections, 0);
}

} // namespace
} // namespace splot::tests
