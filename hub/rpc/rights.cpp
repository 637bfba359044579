#include "hub/rpc/rights.h"

#include "hub/hub.h"
#include "hub/log.h"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <set>

namespace splot::rights {
namespace {

std::vector<std::int32_t> lanes_for(const feed::Subscription& subscription, const access::ScopeBook& scope) {
    if (subscription.lane) return {subscription.lane};
    std::vector<std::int32_t> lanes;
    for (const auto& lane : scope.lanes)
        lanes.push_back(lane.id);
    return lanes;
}

bool is_affected(const Session& session, const std::vector<access::Epoch>& epochs) {
    if (!session.facts()) return false;
    return std::ranges::any_of(session.facts()->epochs, [&](const access::Epoch& known) {
        return std::ranges::any_of(
            epochs, [&](const auto& moved) { return moved.id == known.id && moved.value > known.value; });
    });
}

/// One look for all of them: facts of the persons, scopes of the streams. Whoever could not be decided about, because
/// the look failed or something moved during it, is due again at the housekeeper's next.
Async<void> redecide(Desk& desk, std::vector<std::shared_ptr<Session>> sessions) {
    if (sessions.empty()) co_return;
    for (const auto& session : sessions)
        session->doubt();
    std::set<PersonId> persons;
    std::set<Uuid> ids;
    for (const auto& session : sessions) {
        persons.insert(session->person());
        for (const auto& scope : session->scopes())
            ids.insert(scope);
    }
    const auto facts = co_await desk.kernel.facts(std::vector(persons.begin(), persons.end()));
    const auto scopes = co_await desk.kernel.scopes(std::vector(ids.begin(), ids.end()));
    const auto now = desk.now();
    for (const auto& session : sessions) {
        const auto own = std::ranges::find(facts, session->person(), [](const auto& f) { return f->person; });
        if (own == facts.end() || !session->is_open()) continue;
        if (desk.kernel.is_old(**own))
            session->doubt(); // a later look may have decided it already, and must not be undone
        else
            session->redecide(*own, scopes, now);
    }
}

template <class Predicate> std::vector<std::shared_ptr<Session>> pick(Desk& desk, Predicate predicate) {
    std::vector<std::shared_ptr<Session>> picked;
    for (auto* session : desk.sessions)
        if (session->is_authenticated() && session->is_open() && predicate(*session))
            picked.push_back(session->shared_from_this());
    return picked;
}

} // namespace

feed::ReadSet decide(const access::Actor& actor, const feed::Subscription& subscription, const access::ScopeBook& scope,
                     const access::Facts& facts, Instant now) {
    const auto lanes = lanes_for(subscription, scope);
    feed::ReadSet set{access::readable_in(actor, scope, lanes, facts, now), {}};
    for (const auto& label : scope.labels)
        if (std::ranges::find(lanes, label.lane) != lanes.end()) set.judged.push_back(label.id);
    std::ranges::sort(set.judged);
    return set;
}

Async<void> moved(Desk& desk, std::vector<access::Epoch> epochs) {
    desk.kernel.moved(epochs);
    try {
        co_await redecide(desk, pick(desk, [&](const Session& session) { return is_affected(session, epochs); }));
    } catch (const std::exception& error) {
        log::warn("rights could not be decided anew and wait for the next look", {{"why", error.what()}});
    }
}

void decide_anew(Desk& desk, std::shared_ptr<Session> session) {
    boost::asio::co_spawn(desk.shard.io(), redecide(desk, std::vector(1, std::move(session))),
                          [](std::exception_ptr failed) {
                              if (failed) log::warn("a session could not be decided anew and waits for the next look");
                          });
}

Async<void> due(Desk& desk) {
    const auto now = desk.now();
    co_await redecide(desk, pick(desk, [&](const Session& session) {
                          return session.holds_until() && *session.holds_until() <= now;
                      }));
}

namespace {

std::size_t sockets_here(const Desk& desk, PersonId person) {
    return static_cast<std::size_t>(
        std::ranges::count_if(desk.sessions, [&](const Session* s) { return s->is_open() && s->person() == person; }));
}

} // namespace

void came(Desk& desk, Session& session) {
    desk.shared.hub.spread_presence(desk, session.person(), sockets_here(desk, session.person()));
}
void left(Desk& desk, Session& session) {
    desk.shared.hub.spread_presence(desk, session.person(), sockets_here(desk, session.person()));
}

} // namespace splot::rights
