#include "tests/server/fixture.h"

namespace splot::tests {
namespace {

using client::Session;
using ::testing::HasSubstr;

class Sockets : public ServerTest, public ::testing::WithParamInterface<bool> {
protected:
    void SetUp() override { start(GetParam() ? Transport::tls : Transport::plain); }

    client::Headers good_headers() const {
        client::Headers headers;
        headers.emplace_back("Sec-WebSocket-Protocol", "splot.v1");
        headers.emplace_back("Origin", origin());
        return headers;
    }
    unsigned upgrade_with(client::Headers headers) {
        unsigned status = 0;
        run([&]() -> Async<void> {
            const auto session = co_await Session::connect(endpoint());
            status = co_await status_of_upgrade(*session, std::move(headers));
        });
        return status;
    }
};
INSTANTIATE_TEST_SUITE_P(Transports, Sockets, ::testing::Bool(),
                         [](const auto& transport) { return transport.param ? "Tls" : "Plain"; });

TEST_P(Sockets, answers_come_back_as_an_array) {
    std::string answer;
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        co_await socket->send("{\"id\":1}");
        answer = co_await socket->receive();
        co_await socket->close();
    });
    EXPECT_EQ(answer, "[{\"id\":1}]");
    site.log.await("closed");
}

TEST_P(Sockets, what_is_sent_in_one_go_is_one_frame) {
    std::string frame;
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        co_await socket->send("!events 5 1");
        frame = co_await socket->receive();
    });
    EXPECT_EQ(frame, "[0,1,2,3,4]");
    await_count(counts().frames_out, 1);
    EXPECT_EQ(counts().objects_out.load(), 5U);
}

TEST_P(Sockets, a_large_message_arrives_whole_in_fragments) {
    const std::string text(limits.frame, 'x'); // the client cuts it into frames of 4 KiB
    std::string answer;
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        co_await socket->send(text);
        answer = co_await socket->receive();
    });
    EXPECT_EQ(answer, "[" + text + "]");
}

TEST_P(Sockets, many_objects_leave_in_frames_of_64_KiB_and_in_order) {
    std::string joined;
    std::size_t largest = 0;
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        co_await socket->send("!events 300 1000");
        while (joined.size() < 300 * 1001) {
            const std::string frame = co_await socket->receive();
            largest = std::max(largest, frame.size());
            joined += frame.substr(1);
            joined.back() = ',';
        }
    });
    EXPECT_LE(largest, limits.frame_out);
    for (std::size_t i = 0; i < 300; ++i)
        EXPECT_EQ(std::stoul(joined.substr(i * 1001)), i);
}

TEST_P(Sockets, a_single_larger_object_is_one_frame) {
    std::string frame;
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        co_await socket->send("!answers 1 1000000");
        frame = co_await socket->receive();
    });
    EXPECT_EQ(frame.size(), 1'000'002U);
}

TEST_P(Sockets, a_ping_is_answered_with_its_payload) {
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        co_await socket->session().ping("są");
        co_await socket->send("1");
        co_await socket->receive();
        EXPECT_THAT(socket->session().pongs(), ::testing::ElementsAre("są"));
    });
}

TEST_P(Sockets, the_hub_closes_with_its_code_after_what_is_queued) {
    std::string last;
    std::uint16_t code = 0;
    std::string reason;
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        co_await socket->send("!answers 1 1");
        co_await socket->send("!close 4001 wynocha");
        try {
            for (;;)
                last = co_await socket->receive();
        } catch (const client::SocketClosed& closed) {
            code = closed.code;
            reason = closed.reason;
        }
    });
    EXPECT_EQ(last, "[0]");
    EXPECT_EQ(code, 4001);
    EXPECT_EQ(reason, "wynocha");
    site.log.await("closed");
    await_count(counts().connections, 0);
}

TEST_P(Sockets, a_line_that_is_cut_is_noticed) {
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        socket->abort();
    });
    site.log.await("closed");
    await_count(counts().sockets, 0);
    await_count(counts().connections, 0);
}

TEST_P(Sockets, too_large_a_message_is_1009) {
    std::uint16_t code = 0;
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        try {
            co_await socket->send(std::string(limits.frame + 1, 'x'));
        } catch (const client::SocketClosed&) {
            // the hub may have hung up before the last fragment
        }
        code = co_await code_of_close(socket->session());
    });
    EXPECT_EQ(code, 1009);
    site.log.await("closed");
}

TEST_P(Sockets, a_binary_message_is_1003) {
    std::uint16_t code = 0;
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        co_await socket->session().send_binary("{}");
        code = co_await code_of_close(socket->session());
    });
    EXPECT_EQ(code, 1003);
    EXPECT_EQ(site.log.count("overflow"), 0);
}

TEST_P(Sockets, bad_UTF_8_is_1007) {
    std::uint16_t code = 0;
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        co_await socket->send("\"\xc3\x28\"");
        code = co_await code_of_close(socket->session());
    });
    EXPECT_EQ(code, 1007);
}

TEST_P(Sockets, bytes_that_are_no_frame_are_1002) {
    std::uint16_t code = 0;
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        co_await socket->session().send_raw("\xff\xff garbage garbage");
        code = co_await code_of_close(socket->session());
    });
    EXPECT_EQ(code, 1002);
    site.log.await("closed");
}

TEST_P(Sockets, a_user_that_throws_is_1011_and_reported) {
    std::uint16_t code = 0;
    run([&]() -> Async<void> {
        const auto socket = co_await client::Socket::open(endpoint(), "", "");
        co_await socket->send("!throw");
        code = co_await code_of_close(socket->session());
    });
    EXPECT_EQ(code, 1011);
    EXPECT_EQ(site.log.count("reported"), 1);
}

TEST_P(Sockets, our_own_origin_is_admitted) { EXPECT_EQ(upgrade_with(good_headers()), 101U); }

TEST_P(Sockets, a_foreign_origin_is_refused) {
    auto headers = good_headers();
    headers[1].second = "https://localhost.example.org";
    EXPECT_EQ(upgrade_with(headers), 403U);
    EXPECT_EQ(counts().refused_upgrades.load(), 1U);
}

TEST_P(Sockets, a_missing_origin_is_refused_where_there_is_a_cookie) {
    auto headers = good_headers();
    headers[1] = {"Cookie", "splot=1"};
    EXPECT_EQ(upgrade_with(headers), 403U);
}

TEST_P(Sockets, a_missing_origin_without_a_cookie_is_a_program) {
    auto headers = good_headers();
    headers.pop_back();
    EXPECT_EQ(upgrade_with(headers), 101U);
}

TEST_P(Sockets, another_sub_protocol_is_refused) {
    auto headers = good_headers();
    headers[0].second = "splot.v2";
    EXPECT_EQ(upgrade_with(headers), 400U);
}

TEST_P(Sockets, our_sub_protocol_may_be_one_of_several) {
    auto headers = good_headers();
    headers[0].second = "chat, splot.v1";
    EXPECT_EQ(upgrade_with(headers), 101U);
}

TEST_P(Sockets, no_sub_protocol_is_refused) {
    auto headers = good_headers();
    headers.erase(headers.begin());
    EXPECT_EQ(upgrade_with(headers), 400U);
}

TEST_P(Sockets, the_site_may_refuse_an_upgrade) {
    site.admission = 503;
    EXPECT_EQ(upgrade_with(good_headers()), 503U);
}

TEST_P(Sockets, a_request_without_upgrade_is_told_what_is_there) {
    run([&]() -> Async<void> {
        const auto reply = co_await client::request(endpoint(), "GET", "/ws", {}, "");
        EXPECT_EQ(reply.status, 426U);
        EXPECT_EQ(reply.header("upgrade"), "websocket");
        EXPECT_EQ(reply.header("sec-websocket-version"), "13");
    });
}

TEST_P(Sockets, requests_and_the_upgrade_share_one_connection) {
    std::string answer;
    run([&]() -> Async<void> {
        const auto session = co_await Session::connect(endpoint());
        const auto ticket = co_await session->post("/ticket", {}, "{}");
        EXPECT_EQ(ticket.status, 200U);
        co_await session->upgrade("", origin());
        co_await session->send("1");
        answer = co_await session->receive();
    });
    EXPECT_EQ(answer, "[1]");
    EXPECT_EQ(counts().accepted.load(), 1U);
}

TEST_P(Sockets, frames_sent_before_the_upgrade_is_answered_are_refused) {
    std::string answer;
    run([&]() -> Async<void> {
        const auto session = co_await Session::connect(endpoint());
        co_await session->send_raw("GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\n"
                                   "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                   "Sec-WebSocket-Protocol: splot.v1\r\n\r\n\x81\x80....");
        answer = co_await session->receive_raw();
    });
    EXPECT_THAT(answer, HasSubstr("400 Bad Request"));
}

} // namespace
} // namespace splot::tests
