#include "hub/rpc/site.h"

#include "hub/hub.h"
#include "hub/identity/door.h"
#include "hub/log.h"
#include "hub/rpc/front_page.h"
#include "hub/rpc/metrics.h"
#include "hub/rpc/sentences.h"
#include "hub/rpc/session.h"
#include "protocol/openrpc.h"
#include "storage/identity/queries.h"

namespace splot {
namespace {

constexpr std::string_view version = "0.1";

unsigned status_of(Code code) {
    switch (code) {
    case Code::unauthenticated:
        return 401;
    case Code::not_found:
        return 404;
    case Code::gate_closed:
    case Code::enrolment_required:
    case Code::step_up_required:
        return 403;
    case Code::locked:
        return 423;
    case Code::conflict:
        return 409;
    case Code::too_large:
        return 413;
    case Code::rate_limited:
        return 429;
    case Code::unavailable:
        return 503;
    case Code::internal:
        return 500;
    default:
        return 400;
    }
}

Async<HttpAnswer> health(Desk&, const HttpRequest&) { co_return HttpAnswer{.body = "ok\n"}; }

/// Ready: the database and the key holder answer.
Async<HttpAnswer> readiness(Hub& hub, Desk& desk, const HttpRequest&) {
    if (!hub.is_ready()) co_return HttpAnswer{.status = 503, .body = "starting\n"};
    co_await storage::log::world_kind(desk.log);
    co_await desk.keys.derive("cursor");
    co_return HttpAnswer{.body = "ready\n"};
}

Async<HttpAnswer> show_front(Hub& hub, Desk& desk, const HttpRequest& request) {
    FrontPage page;
    page.demonstration = hub.is_demonstration();
    page.version = version;
    page.address = (request.secure ? "https://" : "http://") + std::string(request.header("host"));
    if (page.demonstration) page.cards = co_await storage::identity::door_cards(desk.door);
    co_return HttpAnswer{.content_type = "text/html; charset=utf-8", .body = front_page(page)};
}

Async<HttpAnswer> fixed(std::string type, std::string body) {
    co_return HttpAnswer{.content_type = std::move(type), .body = std::move(body)};
}

} // namespace

HttpAnswer json_answer(unsigned status, std::string body) { return {status, "application/json", std::move(body), {}}; }

HttpAnswer problem_answer(const Problem& problem, std::int32_t retry_after_ms) {
    std::optional<std::int32_t> wait;
    if (retry_after_ms > 0) wait = retry_after_ms;
    auto answer = json_answer(status_of(problem.code), rpc::error_object(problem, sentence_for(problem), wait));
    if (wait) answer.headers.emplace_back("retry-after", std::to_string((retry_after_ms + 999) / 1000));
    return answer;
}

HubSite::HubSite(Hub& hub) : hub_(hub) {
    routes_["GET /healthz"] = health;
    routes_["GET /readyz"] = [&hub](Desk& desk, const HttpRequest& request) { return readiness(hub, desk, request); };
    routes_["GET /metrics"] = [&hub](Desk& desk, const HttpRequest&) {
        return fixed("text/plain; version=0.0.4; charset=utf-8", metrics_page(hub, desk));
    };
    routes_["GET /openrpc.json"] = [](Desk&, const HttpRequest&) {
        return fixed("application/json", openrpc_document(std::string(version)));
    };
    if (const auto& root = hub.settings().hub.web_root; !root.empty()) {
        client_.emplace(root);
    } else {
        routes_["GET /"] = [&hub](Desk& desk, const HttpRequest& request) { return show_front(hub, desk, request); };
        routes_["GET /front.css"] = [](Desk&, const HttpRequest&) {
            return fixed("text/css", std::string(front_css()));
        };
    }
    identity::add_door([this](std::string name, Route route) { routes_[std::move(name)] = std::move(route); }, hub);
}

Async<HttpAnswer> HubSite::serve(Shard& shard, HttpRequest request) {
    auto& desk = hub_.desk(shard.index());
    const auto route = routes_.find(request.method + " " + request.path);
    if (route != routes_.end()) co_return co_await answer(route->second, desk, request);
    if (client_)
        if (auto file = client_->answer(request)) co_return *std::move(file);
    co_return problem_answer(refuse(Code::not_found));
}

Async<HttpAnswer> HubSite::answer(const Route& route, Desk& desk, const HttpRequest& request) {
    std::optional<Problem> problem;
    try {
        co_return co_await route(desk, request);
    } catch (const storage::DatabaseGone&) {
        problem = refuse(Code::unavailable);
    } catch (const vault::KeyHolderGone&) {
        problem = refuse(Code::unavailable);
    } catch (const storage::DatabaseError& error) {
        const bool passes = error.is_out_of_resources() || error.is_timeout();
        log::error("an HTTP request failed", {{"path", request.path}, {"why", error.what()}});
        problem = refuse(passes ? Code::unavailable : Code::internal);
    } catch (const std::exception& error) {
        log::error("an HTTP request failed", {{"path", request.path}, {"why", error.what()}});
        problem = refuse(Code::internal);
    }
    co_return problem_answer(*problem);
}

unsigned HubSite::admit(const HttpRequest&) { return hub_.is_ready() ? 101 : 503; }

std::shared_ptr<WireUser> HubSite::open(Shard& shard, std::shared_ptr<Wire> wire, const HttpRequest&) {
    auto session = std::make_shared<Session>(hub_.desk(shard.index()), hub_.dispatcher(), std::move(wire));
    session->begin();
    return session;
}

} // namespace splot
