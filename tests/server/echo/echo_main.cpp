// A bare echo over the hub's own stream class, for RFC 6455 suites from outside (no sub-protocol, no array, binary
// too).
#include "hub/server/shard.h"
#include "hub/server/tls_context.h"
#include "hub/server/tls_teardown.h"

#include <CLI/CLI.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <iostream>

namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;

constexpr auto done = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t largest_message = 64 * 1024 * 1024; // suites try several megabytes

asio::awaitable<void> echo(splot::TlsStream::Socket socket, std::shared_ptr<ssl_ctx_st> tls) {
    splot::TlsStream line(std::move(socket), std::move(tls));
    if (line.is_tls()) {
        const auto [error] = co_await line.async_handshake(done);
        if (error) co_return;
    }
    websocket::stream<splot::TlsStream&, false> stream(line);
    stream.read_message_max(largest_message);
    stream.auto_fragment(false);
    const auto [refused] = co_await stream.async_accept(done);
    if (refused) co_return;
    for (;;) {
        boost::beast::flat_buffer message;
        const auto [unread, got] = co_await stream.async_read(message, done);
        if (unread) co_return;
        stream.text(stream.got_text());
        const auto [unsent, sent] = co_await stream.async_write(message.data(), done);
        if (unsent) co_return;
    }
}

using Acceptor = asio::basic_socket_acceptor<tcp, splot::TlsStream::executor_type>;

void accept_next(Acceptor& acceptor, std::shared_ptr<splot::TlsContext> tls) {
    acceptor.async_accept([&acceptor, tls](boost::system::error_code error, splot::TlsStream::Socket socket) {
        if (error) return;
        const auto executor = acceptor.get_executor();
        asio::co_spawn(executor, echo(std::move(socket), tls ? tls->current() : nullptr),
                       [](std::exception_ptr failure) {
                           if (failure) std::rethrow_exception(failure);
                       });
        accept_next(acceptor, tls);
    });
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Echoes WebSocket messages over the hub's stream class.");
    std::uint16_t port = 9001;
    std::string tls_folder;
    app.add_option("--port", port, "on 127.0.0.1");
    app.add_option("--tls", tls_folder, "speak TLS, with a self-signed certificate written into this folder");
    CLI11_PARSE(app, argc, argv);

    std::shared_ptr<splot::TlsContext> tls;
    if (!tls_folder.empty()) tls = std::make_shared<splot::TlsContext>(splot::make_self_signed(tls_folder));
    asio::io_context io(1);
    Acceptor acceptor(io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), port));
    accept_next(acceptor, tls);
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&io](boost::system::error_code, int) { io.stop(); });
    std::cout << (tls ? "wss" : "ws") << "://127.0.0.1:" << port << std::endl;
    io.run();
}
