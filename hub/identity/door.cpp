#include "hub/identity/door.h"

#include "hub/demonstration/load.h"
#include "hub/hub.h"
#include "hub/identity/setup.h"
#include "hub/make_id.h"
#include "hub/rpc/site.h"
#include "protocol/enums.h"
#include "protocol/identity/door.h"
#include "storage/identity/queries.h"
#include "storage/vault/digest.h"

#include <algorithm>

namespace splot::identity {
namespace {

using namespace splot::door;

constexpr auto session_lasts = std::chrono::hours(12);

std::string_view cookie_name(const HttpRequest& request) { return request.secure ? "__Host-splot" : "splot"; }

std::string set_cookie(const HttpRequest& request, const std::string& value, std::chrono::seconds lasts) {
    std::string cookie = std::string(cookie_name(request)) + "=" + value +
                         "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(lasts.count());
    if (request.secure) cookie += "; Secure";
    return cookie;
}

/// A browser's request comes from our own page; a program says that it is none by our header.
Result<void> check_origin(const HttpRequest& request) {
    const auto site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return refuse(Code::gate_closed);
    const auto origin = request.header("origin");
    const std::string own = (request.secure ? "https://" : "http://") + std::string(request.header("host"));
    if (!origin.empty() && origin != own) return refuse(Code::gate_closed);
    if (request.header("x-splot") != "1") return refuse(Code::bad_request, {}, "x-splot");
    if (!request.header("content-type").starts_with("application/json"))
        return refuse(Code::bad_request, {}, "content-type");
    return {};
}

template <class T> Result<T> read(const HttpRequest& request) {
    CHECK_OK(check_origin(request));
    TRY(const auto value, json::parse(request.body));
    return json::decode<T>(value);
}

std::vector<std::byte> token_hash(std::string_view token) {
    const auto digest = vault::sha256(token);
    return {digest.begin(), digest.end()};
}

/// A device, its cookie, and who it is.
Async<HttpAnswer> enter(Desk& desk, const HttpRequest& request, PersonId person, std::string name) {
    const auto token = vault::to_base64url(random_bytes<32>());
    const auto now = desk.now();
    storage::identity::NewDevice device{DeviceId(make_id(now)), person, name.substr(0, 120),
                                        token_hash(token),      now,    now + session_lasts};
    const SignedIn answer{person, device.id, device.until};
    co_await storage::identity::door_insert_device(desk.door, std::move(device));
    auto http = json_answer(200, json::to_json(answer));
    http.headers.emplace_back("set-cookie", set_cookie(request, token, session_lasts));
    co_return http;
}

/// Equal answers and equal work for known and unknown logins.
Async<HttpAnswer> sign_in(Hub& hub, Desk& desk, const HttpRequest& request) {
    const auto ask = read<SignIn>(request);
    if (!ask) co_return problem_answer(ask.error());
    if (!hub.sign_ins().spend(request.peer, desk.now())) co_return problem_answer(refuse(Code::rate_limited));
    const auto account = co_await storage::identity::door_account(desk.door, ask->login);
    std::optional<std::string> stored;
    if (account) stored = account->password_hash;
    const auto matches = co_await hub.passwords().matches(desk.shard.io(), ask->password, std::move(stored));
    if (!matches) co_return problem_answer(refuse(Code::unavailable));
    if (!*matches) co_return problem_answer(refuse(Code::unauthenticated, {}, "password"));
    co_return co_await enter(desk, request, account->person, ask->device);
}

/// D-03: only in the demonstration, only from this machine, and never behind a proxy.
bool is_open_to(const Hub& hub, const HttpRequest& request) {
    return hub.is_demonstration() && request.loopback && !hub.settings().listen.behind_proxy;
}

Async<HttpAnswer> enter_as(Hub& hub, Desk& desk, const HttpRequest& request) {
    if (!is_open_to(hub, request)) co_return problem_answer(refuse(Code::not_found));
    const auto ask = read<EnterAs>(request);
    if (!ask) co_return problem_answer(ask.error());
    const auto account = co_await storage::identity::door_account(desk.door, ask->login);
    if (!account) co_return problem_answer(refuse(Code::not_found));
    co_return co_await enter(desk, request, account->person, ask->device);
}

Async<std::optional<storage::identity::DoorDevice>> device_of(Desk& desk, const HttpRequest& request) {
    const auto cookie = request.cookie(cookie_name(request));
    if (cookie.empty()) co_return std::nullopt;
    co_return co_await storage::identity::door_device(desk.door, token_hash(cookie), desk.now());
}

Async<HttpAnswer> ticket(Hub& hub, Desk& desk, const HttpRequest& request) {
    const auto ask = read<Nothing>(request);
    if (!ask) co_return problem_answer(ask.error());
    const auto device = co_await device_of(desk, request);
    if (!device) co_return problem_answer(refuse(Code::unauthenticated));
    co_return json_answer(200, json::to_json(Ticket{hub.tickets().issue({device->person, device->id}, desk.now())}));
}

Async<HttpAnswer> sign_out(Desk& desk, const HttpRequest& request) {
    const auto ask = read<Nothing>(request);
    if (!ask) co_return problem_answer(ask.error());
    const auto device = co_await device_of(desk, request);
    if (device) {
        co_await storage::identity::door_end_device(desk.door, device->id, desk.now());
        desk.shared.hub.facts_moved();
    }
    auto answer = json_answer(200, "{}");
    answer.headers.emplace_back("set-cookie", set_cookie(request, "", std::chrono::seconds(0)));
    answer.headers.emplace_back("clear-site-data", "\"cache\", \"storage\"");
    co_return answer;
}

/// D-41. One at a time: a second click waits for nothing and changes nothing.
Async<HttpAnswer> start_anew(Hub& hub, Desk& desk, const HttpRequest& request) {
    if (!is_open_to(hub, request)) co_return problem_answer(refuse(Code::not_found));
    const auto ask = read<Nothing>(request);
    if (!ask) co_return problem_answer(ask.error());
    static std::atomic<bool> under_way{false};
    if (under_way.exchange(true)) co_return problem_answer(refuse(Code::conflict));
    std::exception_ptr failed;
    try {
        co_await demonstration::start_anew(hub, desk);
    } catch (const std::exception&) {
        failed = std::current_exception();
    }
    under_way = false;
    if (failed) std::rethrow_exception(failed);
    co_return json_answer(200, "{}");
}

Async<HttpAnswer> doors(Hub& hub, Desk& desk, const HttpRequest& request) {
    Doors answer{is_open_to(hub, request), {}};
    if (answer.demonstration) answer.cards = co_await storage::identity::door_cards(desk.door);
    co_return json_answer(200, json::to_json(answer));
}

/// The first administrator, and under them the first institution with its head; with the code, once.
Async<HttpAnswer> setup(Hub& hub, Desk& desk, const HttpRequest& request) {
    const auto ask = read<Setup>(request);
    if (!ask) co_return problem_answer(ask.error());
    if (!hub.sign_ins().spend(request.peer, desk.now())) co_return problem_answer(refuse(Code::rate_limited));
    const auto problem = co_await found_hub(hub, desk, *ask);
    co_return problem ? problem_answer(*problem) : json_answer(200, "{}");
}

} // namespace

void add_door(std::function<void(std::string, DoorRoute)> add, Hub& hub) {
    add("POST /session/sign-in",
        [&hub](Desk& desk, const HttpRequest& request) { return sign_in(hub, desk, request); });
    add("POST /session/enter-as",
        [&hub](Desk& desk, const HttpRequest& request) { return enter_as(hub, desk, request); });
    add("POST /session/ticket", [&hub](Desk& desk, const HttpRequest& request) { return ticket(hub, desk, request); });
    add("POST /session/sign-out", sign_out);
    add("POST /session/setup", [&hub](Desk& desk, const HttpRequest& request) { return setup(hub, desk, request); });
    add("POST /session/start-anew",
        [&hub](Desk& desk, const HttpRequest& request) { return start_anew(hub, desk, request); });
    add("GET /session/doors", [&hub](Desk& desk, const HttpRequest& request) { return doors(hub, desk, request); });
}

} // namespace splot::identity
