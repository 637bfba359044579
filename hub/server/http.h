#pragma once
#include "hub/server/shard.h"
#include "hub/server/wire.h"
#include "storage/async/async.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace splot {

struct HttpRequest {
    std::string method;                                       ///< "GET", "POST"
    std::string path;                                         ///< without the query
    std::string query;                                        ///< after the '?', undecoded, or empty
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;                                         ///< at most `Limits::body`
    std::string peer;                                         ///< address without port
    bool secure = false;                                      ///< TLS here, or a proxy in front that is said to do it
    bool loopback = false;                                    ///< the peer is on this machine

    /// The header's value, or empty.
    std::string_view header(std::string_view lower_case_name) const;
    /// The cookie's value, or empty.
    std::string_view cookie(std::string_view name) const;
};

struct HttpAnswer {
    unsigned status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers; ///< in addition to those every answer carries
};

/// What the listener serves. One object for all shards: its functions run on the connection's shard.
class Site {
public:
    virtual ~Site() = default;
    virtual Async<HttpAnswer> serve(Shard& shard, HttpRequest request) = 0;
    /// Decides about an upgrade on /ws before it is accepted; its origin and sub-protocol have been checked.
    /// Answers a status to refuse with, or 101. Called on the connection's shard.
    virtual unsigned admit(const HttpRequest& upgrade) = 0;
    /// The socket is open: who sits on it? Called on the wire's shard; the wire outlives the user's on_closed.
    virtual std::shared_ptr<WireUser> open(Shard& shard, std::shared_ptr<Wire> wire, const HttpRequest& upgrade) = 0;
};

} // namespace splot
