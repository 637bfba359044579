#include "hub/teams/mandates.h"
#include "protocol/teams/events.h"
#include "storage/teams/queries.h"

#include <algorithm>

namespace splot::teams {
namespace {

using feed::Replayed;
using storage::Transaction;

template <class Rows> auto find(const Rows& rows, const auto& id) -> decltype(rows.data()) {
    const auto found = std::ranges::find(rows, id, [](const auto& row) { return row.id; });
    return found == rows.end() ? nullptr : &*found;
}

Async<void> load_mandates(Transaction& tx, std::vector<Replayed*> wanted) {
    std::vector<MandateId> ids;
    std::vector<PersonId> persons;
    for (const auto* one : wanted) {
        ids.emplace_back(one->event.object);
        if (one->event.subject) persons.emplace_back(*one->event.subject);
    }
    const auto mandates = co_await storage::teams::replay_mandates(tx, GrantMaker::pass(), ids);
    const auto people = co_await storage::teams::replay_people(tx, GrantMaker::pass(), persons);
    for (auto* one : wanted) {
        const auto* mandate = find(mandates, MandateId(one->event.object));
        if (!mandate) continue;
        const auto* person = find(people, mandate->person);
        if (one->event.kind == MandateEnded::kind)
            one->payload = json::to_json(MandateEnded{*mandate});
        else if (person)
            one->payload = json::to_json(MandateGiven{*person, *mandate});
    }
}

} // namespace

void add_mandate_replay(Desk& desk) { desk.replayer.add({MandateGiven::kind, MandateEnded::kind}, load_mandates); }

void add_mandates(Dispatcher& rpc) {
    rpc.add<GiveMandate>(give_mandate);
    rpc.add<EndMandate>(end_mandate);
}

} // namespace splot::teams
