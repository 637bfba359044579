#include "tests/server/fixture.h"

namespace splot::tests {
namespace {

using client::Headers;
using client::HttpReply;
using client::Session;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Http : public ServerTest {
protected:
    HttpReply ask(std::string method, std::string target, Headers headers = {}, std::string body = {}) {
        HttpReply reply;
        run([&]() -> Async<void> {
            reply = co_await client::request(endpoint(), std::move(method), std::move(target), std::move(headers),
                                             std::move(body));
        });
        return reply;
    }
    /// Sends bytes as they are; everything that comes back until the hub closes.
    std::string say(std::string bytes) {
        std::string all;
        run([&]() -> Async<void> {
            const auto session = co_await Session::connect(endpoint());
            co_await session->send_raw(std::move(bytes));
            all = co_await read_to_end(*session);
        });
        return all;
    }
    static Headers one(std::string name, std::string value) {
        Headers headers;
        headers.emplace_back(std::move(name), std::move(value));
        return headers;
    }
};

TEST_F(Http, several_requests_share_one_connection) {
    start(Transport::tls);
    run([&]() -> Async<void> {
        const auto session = co_await Session::connect(endpoint());
        for (const char* body : {"jeden", "dwa", "trzy"}) {
            const auto reply = co_await session->post("/echo", {}, body);
            EXPECT_EQ(reply.body, body);
        }
    });
    EXPECT_EQ(counts().accepted.load(), 1U);
    EXPECT_EQ(counts().requests.load(), 3U);
}

TEST_F(Http, requests_sent_ahead_are_answered_in_order) {
    start(Transport::plain);
    const auto all = say("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\njeden"
                         "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close\r\n\r\ndwa");
    EXPECT_LT(all.find("jeden"), all.find("dwa"));
    EXPECT_NE(all.find("dwa"), std::string::npos);
}

TEST_F(Http, HEAD_answers_the_headers_of_GET) {
    start(Transport::plain);
    const auto reply = ask("HEAD", "/page");
    EXPECT_EQ(reply.status, 200U);
    EXPECT_EQ(reply.body, "");
    EXPECT_EQ(reply.header("content-length"), "35");
    EXPECT_EQ(site.log.count("GET /page"), 1);
}

TEST_F(Http, the_site_sees_the_query_the_cookies_and_who_asks) {
    start(Transport::tls);
    auto headers = one("Cookie", "first=1; second=zwei; third");
    EXPECT_EQ(ask("GET", "/asked?a=1&b", headers).body, "127.0.0.1 secure here a=1&b zwei");
}

TEST_F(Http, behind_a_proxy_the_last_forwarded_address_asks_and_is_never_here) {
    options.trusts_proxy = true;
    start(Transport::plain);
    EXPECT_EQ(ask("GET", "/asked", one("X-Forwarded-For", "127.0.0.1, 192.0.2.7")).body, "192.0.2.7 secure away  ");
}

TEST_F(Http, without_a_proxy_a_forwarded_address_is_not_believed) {
    start(Transport::plain);
    EXPECT_EQ(ask("GET", "/asked", one("X-Forwarded-For", "192.0.2.7")).body, "127.0.0.1 plain here  ");
}

TEST_F(Http, every_answer_carries_the_security_headers) {
    options.strict_transport = true;
    start(Transport::tls);
    const auto page = ask("GET", "/page");
    EXPECT_THAT(page.header("content-security-policy"), HasSubstr("script-src 'self'"));
    EXPECT_THAT(page.header("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
    EXPECT_EQ(page.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
    for (const auto& reply :
         {page, ask("GET", "/echo"), ask("GET", "/ws"), ask("POST", "/echo", one("Cookie", "a=1"))}) {
        EXPECT_THAT(reply.header("content-security-policy"), HasSubstr("default-src 'none'"));
        EXPECT_EQ(reply.header("x-content-type-options"), "nosniff");
        EXPECT_EQ(reply.header("referrer-policy"), "no-referrer");
        EXPECT_EQ(reply.header("cross-origin-opener-policy"), "same-origin");
        EXPECT_EQ(reply.header("cache-control"), "no-store");
    }
}

TEST_F(Http, strict_transport_is_never_asked_for_over_plain_TCP) {
    options.strict_transport = true;
    start(Transport::plain);
    EXPECT_EQ(ask("GET", "/page").header("strict-transport-security"), "");
}

TEST_F(Http, a_file_may_be_cached_when_the_site_says_so) {
    start(Transport::plain);
    EXPECT_EQ(ask("GET", "/file").header("cache-control"), "public, max-age=60");
}

TEST_F(Http, a_change_from_a_foreign_page_is_refused) {
    start(Transport::plain);
    EXPECT_EQ(ask("POST", "/echo", one("Origin", "https://example.org")).status, 403U);
    EXPECT_EQ(ask("POST", "/echo", one("Sec-Fetch-Site", "cross-site")).status, 403U);
    EXPECT_EQ(ask("POST", "/echo", one("Cookie", "splot=1")).status, 403U);
    EXPECT_EQ(site.log.count("POST /echo"), 0);
}

TEST_F(Http, a_change_from_our_own_page_is_served) {
    start(Transport::plain);
    auto headers = one("Origin", origin());
    headers.emplace_back("Cookie", "splot=1");
    headers.emplace_back("Sec-Fetch-Site", "same-origin");
    EXPECT_EQ(ask("POST", "/echo", headers).status, 200U);
}

TEST_F(Http, a_site_that_throws_is_a_typed_500_and_the_connection_lives) {
    start(Transport::plain);
    run([&]() -> Async<void> {
        const auto session = co_await Session::connect(endpoint());
        const auto reply = co_await session->request("GET", "/throw", {}, "");
        EXPECT_EQ(reply.status, 500U);
        EXPECT_THAT(reply.body, HasSubstr("\"internal\""));
        EXPECT_THAT(reply.body, Not(HasSubstr("as ordered")));
        const auto next = co_await session->post("/echo", {}, "dalej");
        EXPECT_EQ(next.body, "dalej");
    });
    EXPECT_EQ(site.log.count("reported"), 1);
}

TEST_F(Http, a_header_cannot_be_split) {
    start(Transport::plain);
    const auto reply = ask("GET", "/split");
    EXPECT_EQ(reply.status, 500U);
    EXPECT_EQ(reply.header("set-cookie"), "");
}

TEST_F(Http, long_headers_are_431) {
    start(Transport::tls);
    const auto reply = ask("GET", "/", one("X-Long", std::string(limits.header, 'x')));
    EXPECT_EQ(reply.status, 431U);
    EXPECT_THAT(reply.body, HasSubstr("\"too_large\""));
}

TEST_F(Http, a_large_body_is_413) {
    start(Transport::tls);
    EXPECT_EQ(ask("POST", "/echo", {}, std::string(limits.body + 1, 'x')).status, 413U);
    EXPECT_EQ(ask("POST", "/echo", {}, std::string(limits.body, 'x')).status, 200U);
}

TEST_F(Http, a_large_chunked_body_is_413) {
    start(Transport::plain);
    std::string request = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 20; ++i)
        request += "1000\r\n" + std::string(4096, 'x') + "\r\n";
    EXPECT_THAT(say(request), StartsWith("HTTP/1.1 413"));
}

TEST_F(Http, a_body_waits_for_100_continue) {
    start(Transport::plain);
    run([&]() -> Async<void> {
        const auto session = co_await Session::connect(endpoint());
        co_await session->send_raw(
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        const std::string go_on = co_await session->receive_raw();
        EXPECT_THAT(go_on, StartsWith("HTTP/1.1 100"));
        co_await session->send_raw("abc");
        const std::string answer = co_await session->receive_raw();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
    });
}

TEST_F(Http, what_is_not_HTTP_is_400_and_closed) {
    start(Transport::plain);
    for (const char* bytes :
         {"hello\r\n\r\n", "GET / HTTP/7.7\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nbad header\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
          "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"})
        EXPECT_THAT(say(bytes), StartsWith("HTTP/1.1 400")) << bytes;
    EXPECT_EQ(counts().bad_requests.load(), 7U);
}

TEST_F(Http, a_request_without_a_host_is_400) {
    start(Transport::plain);
    EXPECT_THAT(say("GET /echo HTTP/1.1\r\nConnection: close\r\n\r\n"), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(say("GET /echo HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Http, slow_headers_are_cut_off) {
    limits.header_time = std::chrono::milliseconds(60);
    start(Transport::plain);
    EXPECT_EQ(say("GET / HTTP/1.1\r\nX-Never: "), "");
    await_count(counts().connections, 0);
}

TEST_F(Http, slow_bodies_are_cut_off) {
    limits.body_time = std::chrono::milliseconds(60);
    start(Transport::plain);
    EXPECT_EQ(say("POST /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc"), "");
    EXPECT_EQ(site.log.count("POST /echo"), 0);
}

TEST_F(Http, an_idle_connection_is_closed_in_time) {
    limits.keep_alive = std::chrono::milliseconds(20);
    limits.header_time = std::chrono::seconds(2); // the first request must fit in it, also on a busy machine
    start(Transport::plain);
    EXPECT_THAT(say("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Http, a_peer_that_never_closes_is_left) {
    limits.close_time = std::chrono::milliseconds(60);
    start(Transport::plain);
    run([&]() -> Async<void> {
        const auto session = co_await Session::connect(endpoint());
        co_await session->send_raw("GET /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        const std::string answer = co_await session->receive_raw();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
        co_await until([&] { return counts().connections.load() == 0; });
    });
}

} // namespace
} // namespace splot::tests
