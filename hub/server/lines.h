#pragma once
#include "hub/server/connection.h"

#include <atomic>
#include <memory>
#include <vector>

namespace splot {

/// The connections of one listener on one shard. Used on that shard only, but for `handshakes`.
class ShardLines {
public:
    ShardLines(Listener::State& state, Shard& shard);

    void add(std::shared_ptr<Connection> connection);
    void remove(Connection& connection);
    /// The handshake of a connection is over, well or not.
    void end_handshake();
    /// `flush` of this socket is called once the handlers that are ready now have run: what they send goes in one
    /// frame.
    void flush_soon(std::shared_ptr<WebSocket> socket);
    void leave_all();
    void abort_all();
    /// Once the shard's thread has stopped: what is left goes with its io_context.
    void forget_all();
    void stop_sweeping() { timer_.cancel(); }

    Shard& shard;
    std::atomic<std::size_t> handshakes{0}; ///< in flight; raised by the accepting shard

private:
    void sweep_later();
    void sweep();
    void flush_all();

    Listener::State& state_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::vector<std::shared_ptr<WebSocket>> unflushed_;
    boost::asio::steady_timer timer_;
    std::chrono::milliseconds tick_;
    bool sweeping_ = false;
    bool leaving_ = false;
};

} // namespace splot
