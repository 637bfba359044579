#include "hub/identity/service.h"
#include "hub/teams/service.h"
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

Async<void> load_memberships(Transaction& tx, std::vector<Replayed*> wanted) {
    std::vector<TeamId> teams;
    std::vector<InstitutionId> ids;
    for (const auto* one : wanted)
        teams.emplace_back(one->event.object), ids.emplace_back(one->event.subject.value_or(Uuid{}));
    const auto institutions = co_await storage::teams::replay_institutions(tx, GrantMaker::pass(), ids);
    const auto memberships = co_await storage::teams::replay_memberships(tx, GrantMaker::pass(), teams);
    for (auto* one : wanted) {
        const auto* institution = find(institutions, InstitutionId(one->event.subject.value_or(Uuid{})));
        const auto membership = std::ranges::find_if(memberships, [&](const Membership& m) {
            return institution && m.institution == institution->id && Uuid(m.team) == one->event.object;
        });
        if (membership != memberships.end())
            one->payload = json::to_json(InstitutionAdmitted{*institution, *membership});
    }
}

} // namespace

void add_replay(Desk& desk) {
    desk.replayer.add({MandateGiven::kind, MandateEnded::kind}, load_mandates);
    desk.replayer.add({InstitutionAdmitted::kind}, load_memberships);
}

void add_handlers(Dispatcher& rpc, Passwords& passwords) {
    rpc.add<CreateInstitution>([&passwords](Call& call, CreateInstitution ask) {
        return create_institution(call, passwords, std::move(ask));
    });
    rpc.add<CreateTeam>(create_team);
    rpc.add<AdmitInstitution>(admit_institution);
    rpc.add<GiveMandate>(give_mandate);
    rpc.add<EndMandate>(end_mandate);
    rpc.add<ShowTeam>(show_team);
    rpc.add<ListInstitutions>(list_institutions);
    rpc.add<ListPeople>(list_people);
    rpc.add<ShowRoles>(show_roles);
}

} // namespace splot::teams
