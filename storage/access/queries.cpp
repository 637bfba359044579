#include "storage/access/queries.h"

#include "storage/access/sql.h"

#include <algorithm>

namespace splot::storage::access {
namespace {

struct AccountRow {
    PersonId person;
    bool administrator;
    std::optional<Instant> exports_from;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (), (person, administrator, exports_from))

struct GuardRow {
    Uuid id;
    std::int64_t value;
    std::int32_t lane;
};
BOOST_DESCRIBE_STRUCT(GuardRow, (), (id, value, lane))

struct InternedLane {
    std::int32_t id;
    std::int32_t labels;
};
BOOST_DESCRIBE_STRUCT(InternedLane, (), (id, labels))

/// Keeps the epochs that bear on one person: their own, their institutions', their teams'.
std::vector<Epoch> epochs_of(const Facts& facts, const std::vector<Epoch>& all) {
    std::vector<Uuid> ids{Uuid(facts.person)};
    for (const auto& m : facts.mandates)
        ids.push_back(Uuid(m.institution));
    for (const auto& m : facts.memberships)
        ids.push_back(Uuid(m.team));
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<Epoch> epochs;
    epochs.reserve(ids.size());
    for (const auto& id : ids) {
        const auto found = std::ranges::find(all, id, &Epoch::id);
        epochs.push_back({id, found == all.end() ? 0 : found->value});
    }
    return epochs;
}

Facts gather(PersonId person, const std::vector<AccountRow>& accounts, const std::vector<MandateFact>& mandates,
             const std::vector<MembershipFact>& memberships, const std::vector<ListFact>& lists,
             const std::vector<DeviceFact>& devices, const std::vector<Epoch>& epochs) {
    Facts facts{.person = person};
    const auto account = std::ranges::find(accounts, person, &AccountRow::person);
    facts.known = account != accounts.end();
    facts.administrator = facts.known && account->administrator;
    if (facts.known) facts.exports_from = account->exports_from;
    std::ranges::copy_if(mandates, std::back_inserter(facts.mandates), [&](auto& m) { return m.person == person; });
    std::ranges::copy_if(memberships, std::back_inserter(facts.memberships), [&](auto& m) {
        return std::ranges::find(facts.mandates, m.institution, &MandateFact::institution) != facts.mandates.end();
    });
    std::ranges::copy_if(lists, std::back_inserter(facts.lists), [&](auto& l) { return l.person == person; });
    std::ranges::copy_if(devices, std::back_inserter(facts.devices), [&](auto& d) { return d.person == person; });
    facts.epochs = epochs_of(facts, epochs);
    facts.mandates.shrink_to_fit(); // they are kept for as long as somebody is here
    facts.memberships.shrink_to_fit();
    facts.devices.shrink_to_fit();
    return facts;
}

void set_scope(Transaction& tx, PersonId person, const std::vector<Readable>& readable) {
    std::vector<std::int32_t> labels;
    std::vector<Instant> since;
    for (const auto& r : readable)
        labels.push_back(r.label), since.push_back(r.since);
    tx.queue(sql::set_scope, person, labels, since);
}

} // namespace

Async<std::vector<Facts>> load_facts(Pool& log, FeedPass, std::vector<PersonId> persons) {
    auto tx = co_await Transaction::begin(log, Transaction::Mode::read_only_repeatable_read);
    tx.queue(sql::facts_accounts, persons);
    tx.queue(sql::facts_mandates, persons);
    tx.queue(sql::facts_memberships, persons);
    tx.queue(sql::facts_lists, persons);
    tx.queue(sql::facts_devices, persons);
    tx.queue(sql::facts_epochs, persons);
    const auto results = co_await tx.commit();
    const auto accounts = rows<AccountRow>(results[0]);
    const auto mandates = rows<MandateFact>(results[1]);
    const auto memberships = rows<MembershipFact>(results[2]);
    const auto lists = rows<ListFact>(results[3]);
    const auto devices = rows<DeviceFact>(results[4]);
    const auto epochs = rows<Epoch>(results[5]);
    std::vector<Facts> facts;
    facts.reserve(persons.size());
    for (const auto& person : persons)
        facts.push_back(gather(person, accounts, mandates, memberships, lists, devices, epochs));
    co_return facts;
}

Async<ScopeRows> load_scopes(Pool& log, FeedPass, std::vector<Uuid> scopes) {
    auto tx = co_await Transaction::begin(log, Transaction::Mode::read_only_repeatable_read);
    ScopeRows found;
    found.lanes = co_await tx.rows<LaneFact>(sql::lanes_of_scopes, scopes);
    std::vector<std::int32_t> lanes;
    for (const auto& lane : found.lanes)
        lanes.push_back(lane.id);
    tx.queue(sql::room_objects, scopes);
    tx.queue(sql::labels_of_lanes, lanes);
    tx.queue(sql::channel_objects, std::vector<ChannelId>{}, lanes);
    const auto results = co_await tx.commit();
    found.rooms = storage::rows<ObjectFact>(results[0]);
    found.labels = storage::rows<Label>(results[1]);
    found.channels = storage::rows<ObjectFact>(results[2]);
    co_return found;
}

Async<std::optional<Uuid>> scope_of_channel(Pool& log, FeedPass, ChannelId channel) {
    auto tx = co_await Transaction::begin(log, Transaction::Mode::read_only_repeatable_read);
    const std::vector<ChannelId> ids(1, channel);
    const std::vector<std::int32_t> no_lanes;
    const auto object = co_await tx.maybe<ObjectFact>(sql::channel_objects, ids, no_lanes);
    co_await tx.commit();
    if (!object) co_return std::nullopt;
    co_return object->team ? Uuid(*object->team) : Uuid(*object->institution);
}

Async<std::vector<PersonId>> people_near(Pool& log, FeedPass, Uuid scope) {
    auto tx = co_await Transaction::begin(log, Transaction::Mode::read_only_repeatable_read);
    auto people = co_await tx.rows<PersonId>(sql::people_near, scope);
    co_await tx.commit();
    co_return people;
}

Async<Guards> enter(Transaction& tx, PersonId person, const std::vector<Readable>& readable, std::vector<Uuid> epochs,
                    std::vector<std::int32_t> lanes) {
    set_scope(tx, person, readable);
    const auto found = co_await tx.rows<GuardRow>(sql::guards, epochs, lanes);
    Guards guards;
    for (const auto& row : found) {
        if (row.lane)
            guards.lanes.emplace_back(row.lane, row.value);
        else
            guards.epochs.push_back({row.id, row.value});
    }
    co_return guards;
}

void widen(Transaction& tx, PersonId person, const std::vector<Readable>& readable) { set_scope(tx, person, readable); }

Async<LaneFact> intern_lane(Transaction& tx, LaneKey key) {
    const auto lane = co_await tx.one<InternedLane>(sql::intern_lane, key.scope, key.scope_id, key.kind, key.list);
    co_return LaneFact{lane.id, key.scope, key.scope_id, key.kind, key.list, lane.labels};
}

Async<std::int32_t> intern_label(Transaction& tx, std::int32_t lane, std::vector<InstitutionId> institutions,
                                 std::vector<PersonId> persons) {
    tx.queue(sql::lock_lane, lane);
    co_return co_await tx.one<std::int32_t>(sql::intern_label, lane, institutions, persons);
}

Async<std::int32_t> intern_whole_lane(Transaction& tx, std::int32_t lane) {
    std::vector<InstitutionId> everybody;
    std::vector<PersonId> everyone;
    return intern_label(tx, lane, std::move(everybody), std::move(everyone));
}

Async<Moved> epochs_moved(Pool& log, FeedPass, std::string floor) {
    auto tx = co_await Transaction::begin(log, Transaction::Mode::read_only_repeatable_read);
    tx.queue(sql::snapshot_floor);
    tx.queue(sql::epochs_moved, floor);
    const auto results = co_await tx.commit();
    co_return Moved{storage::rows<Epoch>(results[1]), one<std::string>(results[0])};
}

} // namespace splot::storage::access
