#pragma once
#include "hub/server/counts.h"
#include "hub/server/http.h"
#include "hub/server/limits.h"
#include "hub/server/shard.h"
#include "hub/server/tls_context.h"

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace splot {

struct ListenerOptions {
    std::string address = "127.0.0.1";    ///< numeric; "::" for every address of the machine
    std::uint16_t port = 0;               ///< 0: any free one
    std::shared_ptr<TlsContext> tls;      ///< none: plain TCP
    bool trusts_proxy = false;            ///< a proxy in front does the TLS and tells the peer (X-Forwarded-For)
    bool strict_transport = false;        ///< send HSTS; only where the name's every port is to be TLS for years
    std::vector<std::string> own_origins; ///< exact, such as `https://splot.example.org` or `http://localhost:8444`
    bool own_local_names = false; ///< `http://ewa.localhost:8444` is ours where `http://localhost:8444` is (D-39)
    std::function<void(std::exception_ptr)> report; ///< told of exceptions that reached the server; any shard
};

/// Accepts connections on one address, hands them to the shards in turn and serves the site on them: HTTP/1.1 with
/// keep-alive, then, if asked on /ws, the WebSocket `splot.v1` on the same connection.
///
/// The shards outlive the listener. It is destroyed after `shutdown` is done or after the shards have stopped.
class Listener {
public:
    /// Binds and listens, so that the port is known; nothing is accepted yet. Throws if the address is taken.
    Listener(Shards& shards, Site& site, Limits limits, ListenerOptions options);
    ~Listener();

    std::uint16_t port() const;
    /// One more origin of our own, for those who ask for any port. Before `start`.
    void add_own_origin(std::string origin);
    void start();
    /// From any thread; what is connected stays.
    void stop_accepting();
    /// Stops accepting, tells every WebSocket's user (`on_shutdown`), sends what is queued, closes with 1012, finishes
    /// HTTP answers under way; after `grace` cuts off what is left. `done` is called once, on shard 0, when nothing of
    /// this listener is left. From any thread.
    void shutdown(std::chrono::milliseconds grace, std::function<void()> done);
    /// The same, for a thread that is no shard: returns when done.
    void shutdown(std::chrono::milliseconds grace);

    const ServerCounts& counts() const;

    struct State;

private:
    std::shared_ptr<State> state_;
};

} // namespace splot
