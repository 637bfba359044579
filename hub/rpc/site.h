#pragma once
#include "hub/rpc/web_client.h"
#include "hub/server/http.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace splot {

class Hub;
struct Desk;

/// What is HTTP and not JSON-RPC: the web client, the door, openrpc.json, health, metrics.
class HubSite final : public Site {
public:
    explicit HubSite(Hub& hub);
    Async<HttpAnswer> serve(Shard& shard, HttpRequest request) override;
    unsigned admit(const HttpRequest& upgrade) override;
    std::shared_ptr<WireUser> open(Shard& shard, std::shared_ptr<Wire> wire, const HttpRequest& upgrade) override;

private:
    using Route = std::function<Async<HttpAnswer>(Desk&, const HttpRequest&)>;
    Async<HttpAnswer> answer(const Route& route, Desk& desk, const HttpRequest& request);

    Hub& hub_;
    std::optional<WebClient> client_;
    std::map<std::string, Route, std::less<>> routes_; ///< "GET /healthz"
};

/// A JSON answer that nothing keeps.
HttpAnswer json_answer(unsigned status, std::string body);
/// The error object of JSON-RPC, with the HTTP status that fits it. `retry_after_ms` where waiting helps, else 0.
HttpAnswer problem_answer(const struct Problem& problem, std::int32_t retry_after_ms = 0);

} // namespace splot
