#include "tests/server/fixture.h"

#include <future>

namespace splot::tests {
namespace {

using client::Session;
using client::Socket;
using namespace std::chrono_literals;

class Shutdown : public ServerTest {
protected:
    /// Begins it; `is_down` tells.
    void shut_down(std::chrono::milliseconds grace) {
        listener->shutdown(grace, [this] { down = true; });
    }
    bool is_down() const { return down.load(); }
    std::atomic<bool> down{false};
};

TEST_F(Shutdown, a_socket_hears_goodbye_and_is_closed_with_1012) {
    start(Transport::tls);
    std::string last;
    std::uint16_t code = 0;
    run([&]() -> Async<void> {
        const auto socket = co_await Socket::open(endpoint(), "", "");
        co_await socket->send("1");
        co_await socket->receive();
        shut_down(10s);
        try {
            for (;;)
                last = co_await socket->receive();
        } catch (const client::SocketClosed& closed) {
            code = closed.code;
        }
    });
    EXPECT_EQ(last, "[\"bye\"]");
    EXPECT_EQ(code, 1012);
    run_until([&] { return is_down(); });
    EXPECT_EQ(site.log.count("closed"), 1);
}

TEST_F(Shutdown, an_answer_under_way_is_finished_and_the_connection_closed) {
    start(Transport::tls);
    run([&]() -> Async<void> {
        const auto session = co_await Session::connect(endpoint());
        std::optional<client::HttpReply> reply;
        boost::asio::co_spawn(
            io, [&]() -> Async<void> { reply = co_await session->request("GET", "/wait", {}, ""); },
            [](std::exception_ptr failure) { EXPECT_FALSE(failure); });
        co_await until([&] { return site.log.count("waiting") == 1; });
        shut_down(10s);
        site.release();
        co_await until([&] { return reply.has_value(); });
        EXPECT_EQ(reply->body, "waited");
        EXPECT_EQ(reply->header("connection"), "close");
    });
    run_until([&] { return is_down(); });
}

TEST_F(Shutdown, nobody_new_is_let_in) {
    start(Transport::plain);
    shut_down(10s);
    run_until([&] { return is_down(); });
    EXPECT_THROW(run([&]() -> Async<void> { co_await Session::connect(endpoint()); }), boost::system::system_error);
}

TEST_F(Shutdown, idle_connections_do_not_hold_it_up) {
    start(Transport::plain);
    run([&]() -> Async<void> {
        const auto session = co_await Session::connect(endpoint());
        co_await session->post("/echo", {}, "1");
        shut_down(10s);
        EXPECT_EQ(co_await read_to_end(*session), "");
    });
    run_until([&] { return is_down(); });
}

TEST_F(Shutdown, who_does_not_read_is_cut_off_after_the_grace) {
    start(Transport::tls);
    auto there = endpoint();
    there.receive_buffer = 4096;
    std::unique_ptr<Socket> socket;
    run([&]() -> Async<void> {
        socket = co_await Socket::open(there, "", "");
        co_await socket->send("!answers 1 1000000");
    });
    site.log.await("answers");
    listener->shutdown(50ms);
    EXPECT_EQ(site.log.count("closed"), 1);
    EXPECT_EQ(counts().connections.load(), 0);
}

TEST_F(Shutdown, two_hundred_connections_leave_nothing_behind) {
    start(Transport::tls);
    auto there = endpoint();
    there.trust = client::make_trust(there.ca_file);
    run([&]() -> Async<void> {
        std::vector<std::unique_ptr<Socket>> sockets;
        for (int i = 0; i < 200; ++i)
            sockets.push_back(co_await Socket::open(there, "", ""));
        co_await until([&] { return counts().sockets.load() == 200; });
        for (std::size_t i = 0; i < sockets.size(); i += 2)
            co_await sockets[i]->close();
        sockets.clear(); // the others are cut
    });
    await_count(counts().connections, 0);
    EXPECT_EQ(counts().sockets.load(), 0);
    EXPECT_EQ(site.log.count("closed"), 200);
}

TEST_F(Shutdown, the_shards_may_stop_without_it) {
    start(Transport::tls);
    run([&]() -> Async<void> {
        const auto socket = co_await Socket::open(endpoint(), "", "");
        co_await socket->send("1");
        co_await socket->receive();
        shards->stop();
    });
    listener.reset();
    site.last_wire.reset();
    shards.reset(); // under the sanitizers: nothing of the connection is used after its shard
}

TEST_F(Shutdown, a_taken_address_is_said_at_once) {
    start(Transport::plain);
    options.port = listener->port();
    EXPECT_THAT([&] { Listener second(*shards, site, limits, options); },
                ::testing::ThrowsMessage<std::runtime_error>(::testing::HasSubstr(std::to_string(options.port))));
}

} // namespace
} // namespace splot::tests
