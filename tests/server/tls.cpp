#include "tests/server/fixture.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/system/system_error.hpp>

#include <fstream>

namespace splot::tests {
namespace {

using boost::system::system_error;
using client::Session;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::ThrowsMessage;

class Tls : public ServerTest {
protected:
    struct Seen {
        std::string certificate;
        bool resumed = false;
    };
    Seen connect(client::Endpoint there) {
        Seen seen;
        run([&]() -> Async<void> {
            const auto session = co_await Session::connect(there);
            const auto reply = co_await session->post("/echo", {}, "są"); // also takes in the session ticket
            EXPECT_EQ(reply.body, "są");
            seen.certificate = session->certificate_serial();
            seen.resumed = session->resumed();
        });
        return seen;
    }
};

TEST_F(Tls, a_certificate_nobody_vouches_for_is_refused_by_the_client) {
    start(Transport::tls);
    auto there = endpoint();
    there.ca_file.clear();
    EXPECT_THROW(connect(there), system_error);
    there.insecure_loopback = true;
    EXPECT_NE(connect(there).certificate, "");
}

TEST_F(Tls, the_self_signed_certificate_is_for_localhost_and_its_addresses_only) {
    start(Transport::tls);
    auto there = endpoint();
    there.host = "127.0.0.1";
    EXPECT_NE(connect(there).certificate, "");
    there.host = "127.0.0.2"; // the same machine by another name
    EXPECT_THROW(connect(there), system_error);
}

TEST_F(Tls, a_ticket_spares_the_second_handshake) {
    start(Transport::tls);
    auto there = endpoint();
    there.trust = client::make_trust(there.ca_file);
    EXPECT_FALSE(connect(there).resumed);
    EXPECT_TRUE(connect(there).resumed);
}

TEST_F(Tls, a_new_certificate_is_for_new_connections_and_tickets_go_on) {
    start(Transport::tls);
    auto there = endpoint();
    there.trust = client::make_trust(there.ca_file);
    run([&]() -> Async<void> {
        const auto old = co_await Session::connect(there);
        const auto before = co_await old->post("/echo", {}, "1");

        make_self_signed(folder.path);
        options.tls->reload();

        const auto after = co_await old->post("/echo", {}, "2");
        EXPECT_EQ(before.body + after.body, "12");
    });
    EXPECT_TRUE(connect(there).resumed);
    EXPECT_THROW(connect([&] {
                     auto fresh = there;
                     fresh.trust = nullptr;
                     fresh.ca_file.clear();
                     return fresh;
                 }()),
                 system_error);
    const auto fresh = connect(endpoint()); // reads the new file
    EXPECT_NE(fresh.certificate, "");
}

TEST_F(Tls, wrong_files_are_refused_and_the_old_certificate_stays) {
    start(Transport::tls);
    const auto before = connect(endpoint()).certificate;
    const auto other = make_self_signed(folder.path / "other");
    std::filesystem::copy_file(other.key, files.key, std::filesystem::copy_options::overwrite_existing);
    EXPECT_THAT([&] { options.tls->reload(); }, ThrowsMessage<std::runtime_error>(HasSubstr("key.pem")));
    std::ofstream(files.certificate, std::ios::app) << "";
    EXPECT_EQ(connect(endpoint()).certificate, before);
}

TEST_F(Tls, a_missing_file_is_named) {
    const TlsFiles nowhere{folder.path / "no.pem", folder.path / "no.key"};
    EXPECT_THAT([&] { TlsContext context(nowhere); }, ThrowsMessage<std::runtime_error>(HasSubstr("no.pem")));
}

TEST_F(Tls, the_key_is_for_its_owner_only) {
    const auto made = make_self_signed(folder.path);
    const auto rights = std::filesystem::status(made.key).permissions();
    EXPECT_EQ(rights & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none);
}

TEST_F(Tls, who_speaks_no_TLS_is_let_go) {
    start(Transport::tls);
    auto there = endpoint();
    there.tls = false;
    run([&]() -> Async<void> {
        const auto session = co_await Session::connect(there);
        co_await session->send_raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        try {
            const std::string alert = co_await read_to_end(*session);
            EXPECT_THAT(alert, Not(HasSubstr("HTTP")));
        } catch (const system_error&) {
            // a reset is an end too
        }
    });
    await_count(counts().failed_handshakes, 1);
    await_count(counts().connections, 0);
}

TEST_F(Tls, a_silent_handshake_is_cut_off) {
    limits.handshake_time = std::chrono::milliseconds(60);
    start(Transport::tls);
    auto there = endpoint();
    there.tls = false;
    run([&]() -> Async<void> {
        const auto session = co_await Session::connect(there);
        EXPECT_EQ(co_await read_to_end(*session), "");
    });
    await_count(counts().failed_handshakes, 1);
}

TEST_F(Tls, more_handshakes_than_allowed_wait_for_their_turn) {
    limits.handshakes = 1;
    start(Transport::tls);
    auto silent = endpoint();
    silent.tls = false;
    run([&]() -> Async<void> {
        const auto first = co_await Session::connect(silent); // one for each of the two shards
        const auto second = co_await Session::connect(silent);
        co_await until([&] { return counts().accepted.load() == 2U; });
        bool answered = false;
        boost::asio::co_spawn(
            io,
            [&]() -> Async<void> {
                const auto reply = co_await client::request(endpoint(), "GET", "/page", {}, "");
                answered = reply.status == 200;
            },
            [](std::exception_ptr failure) { EXPECT_FALSE(failure); });
        co_await until([&] { return counts().accepted.load() == 2U; });
        EXPECT_FALSE(answered);
        first->abort();
        co_await until([&] { return answered; });
    });
}

} // namespace
} // namespace splot::tests
