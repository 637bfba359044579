#pragma once
#include "hub/hub.h"
#include "hub/identity/door.h"
#include "hub/identity/passkeys.h"
#include "hub/rpc/site.h"
#include "protocol/json/json.h"
#include "protocol/rpc/method.h"
#include "storage/identity/queries.h"

/// What the routes of the door stand on: who asks, from which page, and how far their session came.
namespace splot::identity {

/// One HTTP request at the door.
struct Visit {
    Hub& hub;
    Desk& desk;
    const HttpRequest& request;
    std::string origin; ///< of the page, or the hub's own where a program asks
    Instant now;

    Keeper& keeper() const { return hub.keeper(); }
    passkeys::Site site() const { return passkeys::site_of(origin); }
};

/// The session of the cookie.
using Inside = storage::identity::DoorDevice;

/// A browser's request comes from our own page, whose address is the request's Host or one that the
/// settings name; a program says that it is none by our header. Gives the page's origin.
Result<std::string> check_origin(const HttpRequest& request, const Settings& settings);

/// The cookie's session, locked or not; one that nobody used for too long is locked, or ended, by looking at it.
Async<std::optional<Inside>> session_of(Visit& visit);
/// The same for what needs a level. Problems: unauthenticated, locked, enrolment_required, step_up_required.
Async<Result<Inside>> come_inside(Visit& visit, Level needed);

struct Entrance {
    PersonId person;
    std::string device;
    SessionLevel level = SessionLevel::full;
    std::optional<Instant> fresh_until = {};
    std::optional<RememberedId> remembered = {};
    bool idles = true;
};
/// A new session and its cookie.
Async<HttpAnswer> enter(Visit& visit, Entrance entrance);
/// The session again, under a new cookie. The row has that cookie's hash already.
HttpAnswer renewed(const Visit& visit, const Inside& inside, SessionLevel level, const std::string& token);
void clear_cookie(const Visit& visit, HttpAnswer& answer);

inline constexpr std::chrono::hours session_lasts{12};
inline constexpr std::chrono::minutes fresh_lasts{10};
inline constexpr std::chrono::days remembered_lasts{180};

/// The remembered device of the second cookie.
Async<std::optional<storage::identity::Remembered>> remembered_here(Visit& visit);
/// Remembers this device, or renews what it remembers; its cookie goes on the answer.
Async<RememberedId> remember(Visit& visit, PersonId person, std::string name, std::string& cookie);

storage::Bytes token_hash(std::string_view token);
std::string new_token();
/// The account in the count of failures.
storage::Bytes subject_of(const Keeper& keeper, std::string_view login);

template <class Ask> Result<Ask> read_body(const HttpRequest& request) {
    TRY(const auto value, json::parse(request.body));
    return json::decode<Ask>(value);
}

template <class Ask>
Async<HttpAnswer> serve_outside(Hub& hub, Desk& desk, const HttpRequest& request,
                                Async<HttpAnswer> (*run)(Visit&, Ask)) {
    auto origin = check_origin(request, hub.settings());
    if (!origin) co_return problem_answer(origin.error());
    auto ask = read_body<Ask>(request);
    if (!ask) co_return problem_answer(ask.error());
    Visit visit{hub, desk, request, *std::move(origin), desk.now()};
    co_return co_await run(visit, *std::move(ask));
}

template <class Ask>
Async<HttpAnswer> serve_inside(Hub& hub, Desk& desk, const HttpRequest& request, Level needed,
                               Async<HttpAnswer> (*run)(Visit&, Inside, Ask)) {
    auto origin = check_origin(request, hub.settings());
    if (!origin) co_return problem_answer(origin.error());
    auto ask = read_body<Ask>(request);
    if (!ask) co_return problem_answer(ask.error());
    Visit visit{hub, desk, request, *std::move(origin), desk.now()};
    auto inside = co_await come_inside(visit, needed);
    if (!inside) co_return problem_answer(inside.error());
    co_return co_await run(visit, *std::move(inside), *std::move(ask));
}

/// A route for whoever comes.
template <class Ask> DoorRoute outside(Hub& hub, Async<HttpAnswer> (*run)(Visit&, Ask)) {
    return [&hub, run](Desk& desk, const HttpRequest& request) { return serve_outside<Ask>(hub, desk, request, run); };
}
/// A route for a session of this level.
template <class Ask> DoorRoute inside(Hub& hub, Level needed, Async<HttpAnswer> (*run)(Visit&, Inside, Ask)) {
    return [&hub, needed, run](Desk& desk, const HttpRequest& request) {
        return serve_inside<Ask>(hub, desk, request, needed, run);
    };
}

using AddRoute = std::function<void(std::string, DoorRoute)>;
// The routes, by what they are for: sign_in.cpp, session_door.cpp, enrolment.cpp, links.cpp.
void add_sign_in(const AddRoute& add, Hub& hub);
void add_session(const AddRoute& add, Hub& hub);
void add_enrolment(const AddRoute& add, Hub& hub);
void add_links(const AddRoute& add, Hub& hub);

} // namespace splot::identity
