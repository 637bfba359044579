#include "hub/server/lines.h"

#include "hub/server/listener_state.h"
#include "hub/server/web_socket.h"

#include <boost/asio/co_spawn.hpp>

namespace splot {

ShardLines::ShardLines(Listener::State& state, Shard& its_shard) :
    shard(its_shard), state_(state), timer_(its_shard.io()), tick_(sweep_interval(state.limits)) {}

void ShardLines::add(std::shared_ptr<Connection> connection) {
    connection->place_ = connections_.size();
    connections_.push_back(connection);
    auto& served = *connection;
    boost::asio::co_spawn(shard.io(), served.run(), [connection](std::exception_ptr failure) {
        if (failure) connection->state->report(failure);
        connection->lines.remove(*connection);
    });
    if (leaving_) served.leave();
    if (!sweeping_) sweep_later();
}

void ShardLines::remove(Connection& connection) {
    const auto state = connection.state; // the connection may be gone after the next lines
    connection.abort();
    const auto place = connection.place_;
    connections_.back()->place_ = place;
    std::swap(connections_[place], connections_.back());
    connections_.pop_back();
    state->connection_ended();
}

void ShardLines::end_handshake() {
    handshakes.fetch_sub(1);
    state_.handshake_ended();
}

void ShardLines::flush_soon(std::shared_ptr<WebSocket> socket) {
    unflushed_.push_back(std::move(socket));
    if (unflushed_.size() == 1)
        boost::asio::post(shard.io(), [this, state = state_.shared_from_this()] { flush_all(); });
}

void ShardLines::flush_all() {
    for (auto& socket : std::exchange(unflushed_, {}))
        socket->flush();
}

void ShardLines::leave_all() {
    leaving_ = true;
    for (const auto& connection : std::vector(connections_))
        connection->leave();
}

void ShardLines::abort_all() {
    for (const auto& connection : connections_)
        connection->abort();
}

void ShardLines::forget_all() {
    connections_.clear();
    unflushed_.clear();
}

void ShardLines::sweep_later() {
    sweeping_ = true;
    timer_.expires_after(tick_);
    timer_.async_wait([this, state = state_.shared_from_this()](boost::system::error_code error) {
        sweeping_ = false;
        if (!error) sweep();
    });
}

void ShardLines::sweep() {
    const auto now = std::chrono::steady_clock::now();
    for (const auto& connection : connections_)
        connection->sweep(now); // ends none of them at once
    if (!connections_.empty()) sweep_later();
}

} // namespace splot
