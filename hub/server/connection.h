#pragma once
#include "hub/server/http.h"
#include "hub/server/listener.h"
#include "hub/server/tls_stream.h"

#include <boost/asio/steady_timer.hpp>

#include <chrono>

namespace splot {

class ShardLines;
class WebSocket;

using SteadyTime = std::chrono::steady_clock::time_point;

/// Wakes one coroutine of the same shard that waits for something to become true.
class Signal {
public:
    explicit Signal(boost::asio::io_context& io) : timer_(io, SteadyTime::max()) {}
    /// Returns at the next `wake`; the caller then looks at its condition again.
    Async<void> wait();
    void wake() { timer_.cancel(); }

private:
    boost::asio::steady_timer timer_;
};

/// One accepted connection on its shard, from the handshake to the last byte. It has one deadline at a time, which its
/// shard's sweep compares: no timers of its own.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<Listener::State> state, ShardLines& lines, TlsStream::Socket socket);
    ~Connection();

    /// The whole life: handshake, HTTP, WebSocket, lingering.
    Async<void> run();
    /// Called about once a second, or oftener where the limits are smaller.
    void sweep(SteadyTime now);
    /// The hub is going down: finish what is under way and leave.
    void leave();
    void abort() { stream.abort(); }

    void expect_within(std::chrono::milliseconds time) { deadline_ = std::chrono::steady_clock::now() + time; }
    void expect_nothing() { deadline_ = SteadyTime::max(); }
    bool is_leaving() const { return leaving_; }
    /// While waiting for a next request, leaving means to cut the line at once.
    void wait_for_request(bool waiting) { waiting_for_request_ = waiting; }

    const std::shared_ptr<Listener::State> state;
    ShardLines& lines;
    TlsStream stream;
    std::string peer;
    bool loopback = false;

private:
    friend class ShardLines;
    Async<bool> shake_hands();

    std::shared_ptr<WebSocket> socket_;
    SteadyTime deadline_ = SteadyTime::max();
    SteadyTime lingering_since_ = SteadyTime::max();
    std::size_t place_ = 0; ///< in ShardLines
    bool handshaking_ = false;
    bool leaving_ = false;
    bool waiting_for_request_ = false;
};

/// Serves requests until the connection is done (null) or a request to upgrade has been admitted. On the heap, because
/// whoever awaits it lives as long as the socket.
Async<std::unique_ptr<HttpRequest>> serve_http(Connection& connection);

} // namespace splot
