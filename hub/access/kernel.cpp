#include "hub/access/kernel.h"

#include <algorithm>

namespace splot {

Grant GrantMaker::grant(const access::Actor& actor, const access::Decision& decision, const access::ObjectFact& object,
                        std::vector<Readable> readable) {
    Grant grant;
    grant.person_ = actor.person;
    grant.device_ = actor.device;
    if (decision.ground) grant.mandate_ = decision.ground->id, grant.institution_ = decision.ground->institution;
    grant.object_ = object.id;
    grant.stream_ = object.stream;
    grant.readable_ = std::move(readable);
    return grant;
}

Grant GrantMaker::technical(const access::Actor& actor, Uuid object) {
    Grant grant;
    grant.person_ = actor.person;
    grant.device_ = actor.device;
    grant.object_ = object;
    return grant;
}

} // namespace splot

namespace splot::access {
namespace {

constexpr std::size_t most_facts = 20'000; ///< of a shard; past it all are read anew as they are needed

template <class Rows> auto find_by_id(const Rows& rows, const auto& id) -> decltype(rows.data()) {
    const auto found = std::ranges::find(rows, id, [](const auto& row) { return row.id; });
    return found == rows.end() ? nullptr : &*found;
}

/// Of a channel.
Uuid scope_of(const ObjectFact& object) { return object.team ? Uuid(*object.team) : Uuid(*object.institution); }

/// One book a scope: rows of several scopes come mixed.
std::unordered_map<Uuid, std::shared_ptr<ScopeBook>> sort_by_scope(storage::access::ScopeRows rows,
                                                                   const std::vector<Uuid>& ids) {
    std::unordered_map<Uuid, std::shared_ptr<ScopeBook>> books;
    for (const auto& id : ids)
        books[id] = std::make_shared<ScopeBook>();
    std::map<std::int32_t, Uuid> lane_scope;
    for (auto& room : rows.rooms)
        books[room.id]->room = room;
    for (auto& lane : rows.lanes)
        lane_scope[lane.id] = lane.scope_id, books[lane.scope_id]->lanes.push_back(lane);
    for (auto& label : rows.labels)
        books[lane_scope[label.lane]]->labels.push_back(std::move(label));
    for (auto& channel : rows.channels)
        books[scope_of(channel)]->channels.push_back(channel);
    return books;
}

} // namespace

const LaneFact* ScopeBook::lane(std::int32_t id) const { return find_by_id(lanes, id); }
const Label* ScopeBook::label(std::int32_t id) const { return find_by_id(labels, id); }
std::int64_t ScopeBook::labels_in(std::int32_t lane) const { return std::ranges::count(labels, lane, &Label::lane); }

Async<FactsPtr> Kernel::facts(PersonId person) {
    if (const auto found = facts_.find(person); found != facts_.end()) co_return found->second;
    const auto loaded = co_await facts(just(person));
    co_return loaded.front();
}

Async<std::vector<FactsPtr>> Kernel::facts(std::vector<PersonId> persons) {
    std::vector<PersonId> missing;
    std::unordered_map<PersonId, FactsPtr> found; // kept here: a copy at hand may be dropped while the rest is read
    for (const auto& person : persons)
        if (const auto known = facts_.find(person); known != facts_.end())
            found.insert(*known);
        else
            missing.push_back(person);
    if (!missing.empty()) {
        if (facts_.size() + missing.size() > most_facts) facts_.clear();
        for (auto& loaded : co_await storage::access::load_facts(log_, GrantMaker::pass(), missing)) {
            const auto facts = std::make_shared<const Facts>(std::move(loaded));
            found[facts->person] = facts;
            if (!is_old(*facts)) facts_[facts->person] = facts;
        }
    }
    std::vector<FactsPtr> all;
    for (const auto& person : persons)
        all.push_back(found.at(person));
    co_return all;
}

Async<std::vector<ScopePtr>> Kernel::scopes(std::vector<Uuid> ids) {
    std::vector<Uuid> missing;
    std::unordered_map<Uuid, ScopePtr> found; // as in facts
    for (const auto& id : ids)
        if (const auto known = scopes_.find(id); known != scopes_.end())
            found.insert(*known);
        else
            missing.push_back(id);
    if (!missing.empty()) {
        auto rows = co_await storage::access::load_scopes(log_, GrantMaker::pass(), missing);
        for (auto& [id, book] : sort_by_scope(std::move(rows), missing)) {
            for (const auto& channel : book->channels)
                channel_scope_[ChannelId(channel.id)] = id;
            scopes_[id] = found[id] = book;
        }
    }
    std::vector<ScopePtr> all;
    for (const auto& id : ids)
        all.push_back(found.at(id));
    co_return all;
}

Async<ScopePtr> Kernel::scope_of(ChannelId channel) {
    auto known = channel_scope_.find(channel);
    std::optional<Uuid> scope;
    if (known != channel_scope_.end())
        scope = known->second;
    else
        scope = co_await storage::access::scope_of_channel(log_, GrantMaker::pass(), channel);
    if (!scope) co_return nullptr;
    const auto books = co_await scopes(just(*scope));
    if (!find_by_id(books.front()->channels, Uuid(channel))) {
        // Known to the database and not to this copy: a channel made a moment ago.
        forget_scope(*scope);
        const auto again = co_await scopes(just(*scope));
        co_return again.front();
    }
    co_return books.front();
}

Async<std::vector<PersonId>> Kernel::people_near(Uuid scope) {
    co_return co_await storage::access::people_near(log_, GrantMaker::pass(), scope);
}

void Kernel::moved(const std::vector<Epoch>& epochs) {
    if (moved_.size() > most_facts) moved_.clear(), facts_.clear(), scopes_.clear();
    for (const auto& epoch : epochs) {
        auto& newest = moved_[epoch.id];
        if (newest >= epoch.value) continue;
        newest = epoch.value;
        scopes_.erase(epoch.id);
    }
    std::erase_if(facts_, [&](const auto& entry) { return is_old(*entry.second); });
}

void Kernel::forget_all() {
    moved_.clear();
    facts_.clear();
    scopes_.clear();
    channel_scope_.clear();
}

bool Kernel::is_old(const Facts& facts) const {
    return std::ranges::any_of(facts.epochs, [&](const Epoch& known) {
        const auto newest = moved_.find(known.id);
        return newest != moved_.end() && known.value < newest->second;
    });
}

void Kernel::forget(const Facts& facts) {
    facts_.erase(facts.person);
    for (const auto& epoch : facts.epochs)
        scopes_.erase(epoch.id);
}

std::vector<Readable> readable_in(const Actor& actor, const ScopeBook& scope, const std::vector<std::int32_t>& lanes,
                                  const Facts& facts, Instant now) {
    std::vector<Readable> readable;
    for (const auto& label : scope.labels) {
        if (std::ranges::find(lanes, label.lane) == lanes.end()) continue;
        const auto decision = decide(actor, Action::read, *scope.lane(label.lane), label, facts, now);
        if (decision.allowed()) readable.push_back({label.id, decision.since});
    }
    std::ranges::sort(readable, {}, &Readable::label);
    return readable;
}

std::vector<Uuid> scopes_of(const Facts& facts, Instant now) {
    std::vector<Uuid> ids{Uuid(facts.person)}; // the inbox
    for (const auto& m : facts.mandates) {
        if (m.from > now || (m.until && *m.until <= now)) continue;
        ids.push_back(Uuid(m.institution));
        if (m.team) ids.push_back(Uuid(*m.team));
        if (m.role != Role::head) continue;
        for (const auto& ms : facts.memberships)
            if (ms.institution == m.institution) ids.push_back(Uuid(ms.team));
    }
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

} // namespace splot::access
