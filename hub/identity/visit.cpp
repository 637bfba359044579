#include "hub/identity/visit.h"

#include "hub/access/decide.h"
#include "hub/make_id.h"
#include "protocol/identity/door.h"
#include "storage/vault/digest.h"

#include <algorithm>

namespace splot::identity {
namespace {

std::string session_cookie(const HttpRequest& request) { return request.secure ? "__Host-splot" : "splot"; }
std::string device_cookie(const HttpRequest& request) { return session_cookie(request) + "-device"; }

std::string set_cookie(const HttpRequest& request, const std::string& name, const std::string& value,
                       std::chrono::seconds lasts) {
    std::string cookie =
        name + "=" + value + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(lasts.count());
    if (request.secure) cookie += "; Secure";
    return cookie;
}

/// What a browser shows people of a device, cut where a letter ends.
std::string cut(std::string name) {
    constexpr std::size_t longest = 120;
    if (name.size() <= longest) return name;
    auto size = longest;
    while (size > 0 && (static_cast<unsigned char>(name[size]) & 0xC0) == 0x80)
        --size;
    name.resize(size);
    return name;
}

HttpAnswer signed_in(const Visit& visit, const door::SignedIn& answer, const std::string& token) {
    auto http = json_answer(200, json::to_json(answer));
    const auto lasts = std::chrono::ceil<std::chrono::seconds>(answer.until - visit.now);
    http.headers.emplace_back("set-cookie", set_cookie(visit.request, session_cookie(visit.request), token, lasts));
    return http;
}

} // namespace

Result<std::string> check_origin(const HttpRequest& request, const Settings& settings) {
    const auto site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return refuse(Code::gate_closed);
    const std::string origin(request.header("origin"));
    const std::string own = (request.secure ? "https://" : "http://") + std::string(request.header("host"));
    const auto& named = settings.listen.origins;
    if (!origin.empty() && origin != own && std::ranges::find(named, origin) == named.end())
        return refuse(Code::gate_closed);
    if (request.header("x-splot") != "1") return refuse(Code::bad_request, {}, "x-splot");
    if (!request.header("content-type").starts_with("application/json"))
        return refuse(Code::bad_request, {}, "content-type");
    return origin.empty() ? own : origin;
}

Async<std::optional<Inside>> session_of(Visit& visit) {
    const auto cookie = visit.request.cookie(session_cookie(visit.request));
    if (cookie.empty()) co_return std::nullopt;
    auto device = co_await storage::identity::door_device(visit.desk.door, token_hash(cookie), visit.now);
    if (!device || device->locked || !device->idle_at || *device->idle_at > visit.now) co_return device;
    const auto locked = co_await storage::identity::door_lock_device(visit.desk.door, device->id, visit.now);
    visit.hub.facts_moved();
    if (!locked.value_or(true)) co_return std::nullopt;
    device->locked = true;
    co_return device;
}

Async<Result<Inside>> come_inside(Visit& visit, Level needed) {
    auto device = co_await session_of(visit);
    if (!device) co_return refuse(Code::unauthenticated);
    if (device->locked) co_return refuse(Code::locked);
    const access::DeviceFact fact{device->person, device->id,          device->until,
                                  device->level,  device->fresh_until, device->locked};
    if (!access::reaches_level(fact, device->exports_from, needed, visit.now))
        co_return access::problem_of_level(device->level, needed, device->exports_from, visit.now);
    co_return *std::move(device);
}

Async<HttpAnswer> enter(Visit& visit, Entrance entrance) {
    const auto token = new_token();
    storage::identity::NewDevice device;
    device.id = DeviceId(make_id(visit.now));
    device.person = entrance.person;
    device.name = cut(std::move(entrance.device));
    device.token_hash = token_hash(token);
    device.now = visit.now;
    device.until = visit.now + session_lasts;
    device.level = entrance.level;
    device.fresh_until = entrance.fresh_until;
    if (entrance.idles) device.idle_minutes = visit.keeper().idle_minutes;
    device.remembered = entrance.remembered;
    const door::SignedIn answer{device.person, device.id, device.until, device.level};
    co_await storage::identity::door_insert_device(visit.desk.door, std::move(device));
    co_return signed_in(visit, answer, token);
}

HttpAnswer renewed(const Visit& visit, const Inside& inside, SessionLevel level, const std::string& token) {
    return signed_in(visit, {inside.person, inside.id, inside.until, level}, token);
}

void clear_cookie(const Visit& visit, HttpAnswer& answer) {
    answer.headers.emplace_back("set-cookie",
                                set_cookie(visit.request, session_cookie(visit.request), "", std::chrono::seconds(0)));
    answer.headers.emplace_back("clear-site-data", "\"cache\", \"storage\"");
}

Async<std::optional<storage::identity::Remembered>> remembered_here(Visit& visit) {
    const auto cookie = visit.request.cookie(device_cookie(visit.request));
    co_return co_await storage::identity::door_remembered(visit.desk.door, token_hash(cookie), visit.now);
}

Async<RememberedId> remember(Visit& visit, PersonId person, std::string name, std::string& cookie) {
    const auto known = co_await remembered_here(visit);
    if (known && known->person == person) {
        co_await storage::identity::door_use_remembered(visit.desk.door, known->id, visit.now, visit.now);
        co_return known->id;
    }
    const auto token = new_token();
    const RememberedId id(make_id(visit.now));
    storage::identity::NewRemembered device{
        id, person, cut(std::move(name)), token_hash(token), visit.now, visit.now + remembered_lasts};
    co_await storage::identity::door_insert_remembered(visit.desk.door, std::move(device));
    cookie = set_cookie(visit.request, device_cookie(visit.request), token, remembered_lasts);
    co_return id;
}

storage::Bytes token_hash(std::string_view token) {
    const auto digest = vault::sha256(token);
    return {digest.begin(), digest.end()};
}

std::string new_token() { return vault::to_base64url(random_bytes<32>()); }

storage::Bytes subject_of(const Keeper& keeper, std::string_view login) {
    std::string lower(login);
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    const auto mac = vault::hmac_sha256(keeper.keys->logins, lower);
    return {mac.begin(), mac.end()};
}

} // namespace splot::identity
