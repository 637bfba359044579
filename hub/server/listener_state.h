#pragma once
#include "hub/server/lines.h"

#include <boost/asio/ip/tcp.hpp>

#include <atomic>

namespace splot {

/// What a listener and its connections share; lives until the last of them is gone.
struct Listener::State : std::enable_shared_from_this<Listener::State> {
    using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

    State(Shards& shards, Site& site, Limits limits, ListenerOptions options);

    void report(std::exception_ptr failure);
    /// A connection is gone: the accepting shard may have been waiting for that, or the whole shutdown.
    void connection_ended();
    void handshake_ended();

    /// The listener goes without a shutdown, so the shards have stopped: connections and this hold each other.
    void forget_connections();

    // On the accepting shard only.
    void accept_next();
    void shut_down(std::chrono::milliseconds grace, std::function<void()> done);
    void finish_if_empty();

    Site& site;
    const Limits limits;
    ListenerOptions options;
    ServerCounts counts;
    boost::asio::io_context& io; ///< shard 0, which accepts
    Acceptor acceptor;
    std::uint16_t port = 0;
    std::vector<std::unique_ptr<ShardLines>> lines;

private:
    ShardLines* next_with_room();
    void take(ShardLines& chosen, TlsStream::Socket socket);
    void retry_later();

    boost::asio::steady_timer retry_;
    boost::asio::steady_timer grace_;
    std::function<void()> done_;
    std::atomic<std::size_t> alive_{0};
    std::size_t most_connections_;
    std::size_t turn_ = 0;
    std::atomic<bool> waiting_for_room_{false};
    std::atomic<bool> shutting_down_{false};
    bool accepting_ = false;
};

/// How often deadlines are compared: the shortest of them is missed by a quarter at most.
std::chrono::milliseconds sweep_interval(const Limits& limits);

} // namespace splot
