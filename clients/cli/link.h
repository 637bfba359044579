#pragma once
#include "clients/cli/connection.h"
#include "clients/cli/reply.h"
#include "protocol/rpc/envelope.h"

#include <boost/asio/steady_timer.hpp>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace splot::client {

/// One WebSocket from its upgrade to its end: answers find their calls by id, the rest goes to `hear`.
class Link : public std::enable_shared_from_this<Link> {
public:
    using Hear = std::function<void(rpc::Incoming)>;
    using End = std::function<void(std::string reason)>;

    /// `hear` and `ended` are called on the link's executor; `ended` once, unless `abandon` came first.
    Link(std::unique_ptr<Session> session, Hear hear, End ended);

    /// Reads until the connection ends. To be spawned once.
    Async<void> read();
    /// Sends the request and waits for its answer, for `patience` at most.
    Async<Reply<boost::json::value>> call(std::string id, std::string request, std::chrono::milliseconds patience);
    Async<void> close();
    void abort() { session_->abort(); }
    /// Cuts the line and hears nothing more; what waits is lost.
    void abandon();
    bool is_open() const { return open_; }

private:
    struct Waiting {
        std::optional<Reply<boost::json::value>> reply;
        boost::asio::steady_timer done;
    };

    void take(std::string_view frame);
    void settle(const std::string& id, Reply<boost::json::value> reply);
    void end(const std::string& reason);
    Async<void> send_queued();

    std::shared_ptr<Session> session_;
    Hear hear_;
    End ended_;
    std::map<std::string, Waiting*> waiting_;
    std::deque<std::string> outgoing_;
    bool sending_ = false;
    bool open_ = true;
};

/// The network's trouble in Polish, for people.
std::string reason_of(const boost::system::error_code& error);
CallError lost_connection(const std::string& reason);
CallError error_of(rpc::WireError error);

} // namespace splot::client
