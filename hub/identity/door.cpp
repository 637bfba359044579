#include "hub/identity/door.h"

#include "hub/demonstration/load.h"
#include "hub/identity/setup.h"
#include "hub/identity/visit.h"
#include "protocol/identity/door.h"

#include <atomic>

namespace splot::identity {
namespace {

using namespace splot::door;

/// D-03: only in the demonstration, only from this machine, and never behind a proxy.
bool is_open_to(const Hub& hub, const HttpRequest& request) {
    return hub.is_demonstration() && request.loopback && !hub.settings().listen.behind_proxy;
}

/// A full session that is fresh to its end and never idle: it guards nothing.
Async<HttpAnswer> enter_as(Visit& visit, EnterAs ask) {
    if (!is_open_to(visit.hub, visit.request)) co_return problem_answer(refuse(Code::not_found));
    const auto account = co_await storage::identity::door_account(visit.desk.door, ask.login);
    if (!account) co_return problem_answer(refuse(Code::not_found));
    Entrance entrance{account->person, std::move(ask.device), SessionLevel::full, visit.now + session_lasts};
    entrance.idles = false;
    co_return co_await enter(visit, std::move(entrance));
}

/// D-41. One at a time: a second click waits for nothing and changes nothing.
Async<HttpAnswer> start_anew(Visit& visit, Nothing) {
    if (!is_open_to(visit.hub, visit.request)) co_return problem_answer(refuse(Code::not_found));
    static std::atomic<bool> under_way{false};
    if (under_way.exchange(true)) co_return problem_answer(refuse(Code::conflict));
    std::exception_ptr failed;
    try {
        co_await demonstration::start_anew(visit.hub, visit.desk);
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
Async<HttpAnswer> setup(Visit& visit, Setup ask) {
    if (!visit.keeper().sign_ins.spend(visit.request.peer, visit.now))
        co_return problem_answer(refuse(Code::rate_limited));
    const auto problem = co_await found_hub(visit.hub, visit.desk, std::move(ask));
    co_return problem ? problem_answer(*problem) : json_answer(200, "{}");
}

} // namespace

void add_door(std::function<void(std::string, DoorRoute)> add, Hub& hub) {
    add_sign_in(add, hub);
    add_session(add, hub);
    add_enrolment(add, hub);
    add_links(add, hub);
    add("POST /session/enter-as", outside<EnterAs>(hub, enter_as));
    add("POST /session/setup", outside<Setup>(hub, setup));
    add("POST /session/start-anew", outside<Nothing>(hub, start_anew));
    add("GET /session/doors", [&hub](Desk& desk, const HttpRequest& request) { return doors(hub, desk, request); });
}

} // namespace splot::identity
