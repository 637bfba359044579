#include "hub/streams/opening.h"

#include "hub/rpc/rights.h"

#include <algorithm>

namespace splot::streams {
namespace {

bool reads(const Call& call, const access::ScopeBook& scope, const access::Facts& facts, std::int32_t label_id) {
    const auto* label = scope.label(label_id);
    return label &&
           access::decide(call.actor(), access::Action::read, *scope.lane(label->lane), *label, facts, call.now)
               .allowed();
}

Candidate room_of(const access::ScopeBook& scope) {
    return {{StreamId(scope.room->id), scope.room->stream, scope.room->id, 0}, *scope.room};
}

Candidate channel_of(const access::ScopeBook& scope, const access::ObjectFact& channel) {
    return {{StreamId(channel.id), channel.stream, scope.room->id, channel.lane}, channel};
}

} // namespace

Async<std::vector<Candidate>> candidates(Call& call) {
    auto& kernel = call.access.kernel();
    const auto facts = co_await kernel.facts(call.actor().person);
    std::vector<Candidate> found;
    for (const auto& scope : co_await kernel.scopes(access::scopes_of(*facts, call.now))) {
        if (!scope->room) continue;
        const bool any = std::ranges::any_of(scope->labels,
                                             [&](const auto& label) { return reads(call, *scope, *facts, label.id); });
        if (any) found.push_back(room_of(*scope));
        for (const auto& channel : scope->channels)
            if (reads(call, *scope, *facts, channel.label)) found.push_back(channel_of(*scope, channel));
    }
    co_return found;
}

Async<std::optional<Candidate>> candidate(Call& call, StreamId id) {
    for (auto& one : co_await candidates(call))
        if (one.opening.id == id) co_return one;
    co_return std::nullopt;
}

void adopt_after(Call& call, std::vector<Session::HeldPtr> held, std::vector<std::int64_t> heads) {
    auto& session = *call.session;
    const auto facts = call.access.facts();
    std::vector<access::ScopePtr> scopes = call.access.scopes();
    if (call.access.scope()) scopes.push_back(call.access.scope());
    for (auto& one : held) {
        const auto scope =
            std::ranges::find_if(scopes, [&](const auto& s) { return s->room && s->room->id == one->scope; });
        if (scope == scopes.end()) continue;
        one->rights = call.desk.read_sets.share(rights::decide(session.actor(), *one, **scope, *facts, call.now));
    }
    const auto shared = std::make_shared<std::vector<Session::HeldPtr>>(std::move(held));
    call.after.push_back([&session, shared, facts, now = call.now, heads = std::move(heads)] {
        for (std::size_t i = 0; i < shared->size(); ++i)
            session.adopt(std::move((*shared)[i]), heads[i]);
        if (session.is_open()) session.decided_by(facts, now);
    });
}

} // namespace splot::streams
