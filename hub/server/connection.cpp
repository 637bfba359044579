#include "hub/server/connection.h"

#include "hub/server/listener_state.h"
#include "hub/server/web_socket.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace splot {
namespace {

constexpr auto done = boost::asio::as_tuple(boost::asio::use_awaitable);

boost::asio::ip::address address_of(const TlsStream::Socket& socket) {
    boost::system::error_code error;
    const auto endpoint = socket.remote_endpoint(error); // fails if the peer has gone already
    const auto address = endpoint.address();
    return !error && address.is_v6() && address.to_v6().is_v4_mapped()
               ? boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6())
               : address;
}

} // namespace

Async<void> Signal::wait() { co_await timer_.async_wait(done); }

Connection::Connection(std::shared_ptr<Listener::State> listener, ShardLines& its_lines, TlsStream::Socket socket) :
    state(std::move(listener)), lines(its_lines),
    stream(std::move(socket), state->options.tls ? state->options.tls->current() : nullptr) {
    const auto address = address_of(stream.socket());
    peer = address.to_string();
    loopback = address.is_loopback();
}

Connection::~Connection() {
    if (socket_) socket_->detach(); // only where the shards stopped in the middle of its life
}

Async<bool> Connection::shake_hands() {
    expect_within(state->limits.handshake_time);
    waiting_for_request_ = true;
    const auto [error] = co_await stream.async_handshake(done);
    waiting_for_request_ = false;
    expect_nothing();
    lines.end_handshake();
    ServerCounts::add(error ? state->counts.failed_handshakes : state->counts.handshakes);
    co_return !error;
}

Async<void> Connection::run() {
    if (stream.is_tls() && !co_await shake_hands()) co_return;
    auto upgrade = co_await serve_http(*this);
    if (!upgrade) co_return;
    socket_ = std::make_shared<WebSocket>(*this);
    co_await socket_->run(std::move(upgrade));
    socket_.reset();
}

void Connection::sweep(SteadyTime now) {
    if (now > deadline_) return abort();
    if (stream.is_lingering()) {
        if (lingering_since_ == SteadyTime::max()) lingering_since_ = now;
        if (now - lingering_since_ > state->limits.close_time) return abort();
    }
    if (socket_) socket_->sweep(now);
}

void Connection::leave() {
    leaving_ = true;
    if (socket_)
        socket_->leave();
    else if (waiting_for_request_)
        abort();
}

} // namespace splot
