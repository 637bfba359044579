#include "tests/access/oracle.h"

#include <map>
#include <set>

namespace splot::access::oracle {
namespace {

using Roles = std::set<Role>;

const Roles everybody_of_a_team{Role::head,       Role::animator,  Role::member,          Role::contact_person,
                                Role::councillor, Role::authority, Role::regional_adviser};

/// Who reads which space.
const std::map<LaneKind, Roles> readers{
    {LaneKind::all, everybody_of_a_team},
    {LaneKind::announcements,
     {Role::head, Role::animator, Role::member, Role::contact_person, Role::councillor, Role::authority,
      Role::regional_adviser, Role::observer}},
    {LaneKind::heads, {Role::head}},
    {LaneKind::animators, {Role::animator}},
    {LaneKind::institution, everybody_of_a_team},
    {LaneKind::listed,
     {Role::head, Role::animator, Role::member, Role::contact_person, Role::councillor, Role::supervisor, Role::guest}},
};

bool is_in_force(Instant from, std::optional<Instant> until, Instant now) {
    if (now < from) return false;
    if (!until) return true;
    return *until > now;
}

bool is_for_this_place(const MandateFact& mandate, const LaneFact& lane) {
    if (lane.scope == Scope::person) return mandate.person.value == lane.scope_id;
    if (lane.scope == Scope::institution) return mandate.institution.value == lane.scope_id;
    if (mandate.team.has_value()) return mandate.team->value == lane.scope_id;
    // A head without a mandate in the team is told what the institution is told.
    const std::set<LaneKind> told{LaneKind::announcements, LaneKind::heads};
    return mandate.role == Role::head && told.contains(lane.kind);
}

std::optional<MembershipFact> membership_now(const Facts& facts, Uuid team, InstitutionId institution, Instant now) {
    std::optional<MembershipFact> found;
    for (const auto& membership : facts.memberships)
        if (membership.team.value == team && membership.institution == institution)
            if (is_in_force(membership.from, membership.until, now) && !found) found = membership;
    return found;
}

std::optional<ListFact> entry_now(const Facts& facts, const LaneFact& lane, Instant now) {
    std::optional<ListFact> found;
    if (!lane.list) return found;
    for (const auto& entry : facts.lists)
        if (entry.channel == *lane.list && is_in_force(entry.from, entry.until, now) && !found) found = entry;
    return found;
}

bool is_addressed(const Label& label, const MandateFact& mandate) {
    const std::set<InstitutionId> institutions(label.institutions.begin(), label.institutions.end());
    const std::set<PersonId> persons(label.persons.begin(), label.persons.end());
    if (!institutions.empty() && institutions.count(mandate.institution) == 0) return false;
    if (!persons.empty() && persons.count(mandate.person) == 0) return false;
    return true;
}

bool does(Role role, Action action, const LaneFact& lane) {
    if (action == Action::read) return true;
    if (action == Action::post && lane.kind == LaneKind::announcements) return role == Role::animator;
    if (action == Action::post) return role != Role::observer;
    const std::set<Action> leading{Action::manage_channels, Action::moderate, Action::admit};
    if (leading.contains(action)) return role == Role::animator && lane.scope == Scope::team;
    if (action == Action::manage_institution_channels) return role == Role::head && lane.scope == Scope::institution;
    if (action == Action::destroy_key) return role == Role::head;
    return false;
}

bool role_reads(Role role, LaneKind kind) {
    if (kind == LaneKind::inbox) return true;
    return readers.at(kind).count(role) == 1;
}

std::string gate_of(const MandateFact& mandate, Action action, const LaneFact& lane, const Label& label,
                    const Facts& facts, Instant now) {
    if (!is_in_force(mandate.from, mandate.until, now)) return "mandate";
    if (!is_for_this_place(mandate, lane)) return "mandate";
    if (lane.scope == Scope::team && !membership_now(facts, lane.scope_id, mandate.institution, now))
        return "membership";
    if (!role_reads(mandate.role, lane.kind)) return "lane";
    if (lane.kind == LaneKind::listed && !entry_now(facts, lane, now)) return "lane";
    if (!is_addressed(label, mandate)) return "audience";
    if (!does(mandate.role, action, lane)) return "role";
    return "open";
}

/// The beginning of the unbroken time up to this mandate, of mandates in the same place that read the same space;
/// never before the institution's joining, nor before the entry in the list (T-45).
Instant since_of(const MandateFact& mandate, const LaneFact& lane, const Facts& facts, Instant now) {
    std::multimap<Instant, std::optional<Instant>> stays;
    for (const auto& other : facts.mandates)
        if (other.institution == mandate.institution && other.team == mandate.team && role_reads(other.role, lane.kind))
            stays.emplace(other.from, other.until);
    Instant begin = mandate.from;
    std::optional<Instant> covered_from, covered_to;
    bool open_ended = false;
    for (const auto& [from, until] : stays) {
        if (from > mandate.from) break;
        const bool goes_on = covered_from && (open_ended || *covered_to >= from);
        if (!goes_on) covered_from = from, covered_to = from;
        if (!until) open_ended = true;
        if (until && *until > *covered_to) covered_to = *until;
        begin = *covered_from;
    }
    if (lane.scope == Scope::team) {
        const auto membership = membership_now(facts, lane.scope_id, mandate.institution, now);
        if (membership->from > begin) begin = membership->from;
    }
    if (lane.kind == LaneKind::listed) {
        const auto entry = entry_now(facts, lane, now);
        if (entry->from > begin) begin = entry->from;
    }
    return begin;
}

std::size_t rank(const std::string& gate) {
    const std::vector<std::string> order{"mandate", "membership", "lane", "audience", "role"};
    std::size_t at = 0;
    while (order.at(at) != gate)
        ++at;
    return at;
}

std::vector<MandateFact> usable(const Actor& actor, const Facts& facts) {
    if (!actor.as) return facts.mandates;
    std::vector<MandateFact> named;
    for (const auto& mandate : facts.mandates)
        if (mandate.id == *actor.as) named.push_back(mandate);
    return named;
}

} // namespace

Opinion about(const Actor& actor, Action action, const LaneFact& lane, const Label& label, const Facts& facts,
              Instant now) {
    if (!facts.known) return {"account", {}};
    if (lane.kind == LaneKind::inbox && lane.scope == Scope::person && lane.scope_id == actor.person.value)
        if (action == Action::read) return {"open", {}};
    std::string furthest = "mandate";
    std::set<InstitutionId> voices;
    std::set<Instant> sinces;
    for (const auto& mandate : usable(actor, facts)) {
        const std::string gate = gate_of(mandate, action, lane, label, facts, now);
        if (gate == "open") {
            voices.insert(mandate.institution);
            sinces.insert(since_of(mandate, lane, facts, now));
        } else if (rank(gate) > rank(furthest)) {
            furthest = gate;
        }
    }
    if (voices.empty()) return {furthest, {}};
    if (voices.size() > 1 && action != Action::read) return {"choice", {}}; // T-08
    return {"open", *sinces.begin()};
}

Opinion about_institution(const Actor& actor, Action action, InstitutionId institution, const Facts& facts,
                          Instant now) {
    if (!facts.known) return {"account", {}};
    std::string gate = "mandate";
    for (const auto& mandate : usable(actor, facts)) {
        if (mandate.institution != institution || !is_in_force(mandate.from, mandate.until, now)) continue;
        bool may = false;
        if (action == Action::read)
            may = everybody_of_a_team.contains(mandate.role);
        else if (action == Action::found_team)
            may = mandate.role == Role::head;
        else
            may = mandate.role == Role::head || mandate.power_of_attorney; // T-10
        if (may) return {"open", {}};
        gate = "role";
    }
    return {gate, {}};
}

} // namespace splot::access::oracle
