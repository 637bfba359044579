#include "hub/access/decide.h"

#include <algorithm>

namespace splot::access {
namespace {

template <class Fact> bool holds(const Fact& fact, Instant now) {
    return fact.from <= now && (!fact.until || now < *fact.until);
}

bool reaches(const MandateFact& mandate, const LaneFact& lane) {
    switch (lane.scope) {
    case Scope::institution:
        return Uuid(mandate.institution) == lane.scope_id;
    case Scope::person:
        return Uuid(mandate.person) == lane.scope_id;
    case Scope::team:
        break;
    }
    if (mandate.team) return Uuid(*mandate.team) == lane.scope_id;
    // A head answers for the institution in every team that it belongs to; without a mandate in that team the head
    // reads what the institution is told as such, not the talk of those who work there.
    return mandate.role == Role::head && (lane.kind == LaneKind::heads || lane.kind == LaneKind::announcements);
}

const MembershipFact* membership_of(const Facts& facts, const LaneFact& lane, InstitutionId institution, Instant now) {
    for (const auto& m : facts.memberships)
        if (Uuid(m.team) == lane.scope_id && m.institution == institution && holds(m, now)) return &m;
    return nullptr;
}

const ListFact* list_entry(const Facts& facts, const LaneFact& lane, Instant now) {
    for (const auto& l : facts.lists)
        if (lane.list == l.channel && holds(l, now)) return &l;
    return nullptr;
}

bool reads_lane(const Facts& facts, const LaneFact& lane, Role role, Instant now) {
    switch (lane.kind) {
    case LaneKind::all:
        return may(role, reads_team);
    case LaneKind::announcements:
        return may(role, reads_announcements);
    case LaneKind::heads:
        return may(role, reads_heads);
    case LaneKind::animators:
        return may(role, reads_animators);
    case LaneKind::institution:
        return may(role, reads_institution);
    case LaneKind::listed:
        return may(role, joins_lists) && list_entry(facts, lane, now) != nullptr;
    case LaneKind::inbox:
        return true;
    }
    return false;
}

bool in_audience(const Label& label, const MandateFact& mandate) {
    const auto has = [](const auto& ids, const auto& id) { return ids.empty() || std::ranges::binary_search(ids, id); };
    return has(label.institutions, mandate.institution) && has(label.persons, mandate.person);
}

bool may_act(const MandateFact& mandate, Action action, const LaneFact& lane) {
    switch (action) {
    case Action::read:
        return true;
    case Action::post:
        return may(mandate.role, lane.kind == LaneKind::announcements ? announces : posts);
    case Action::manage_channels:
    case Action::moderate:
    case Action::admit:
        return lane.scope == Scope::team && may(mandate.role, leads_team);
    case Action::manage_institution_channels:
        return lane.scope == Scope::institution && mandate.role == Role::head;
    case Action::destroy_key:
        return may(mandate.role, destroys_keys);
    case Action::give_mandates:
    case Action::manage_people:
    case Action::confirm_recovery:
    case Action::found_team:
    case Action::list_institutions:
        return false; // decided for an institution, not for a label
    }
    return false;
}

bool may_for_institution(const MandateFact& mandate, Action action) {
    const bool manages = may(mandate.role, gives_mandates) || mandate.power_of_attorney;
    switch (action) {
    case Action::found_team:
        return may(mandate.role, founds_teams);
    case Action::read:
        return may(mandate.role, reads_institution);
    case Action::confirm_recovery:
        return manages || mandate.role == Role::contact_person;
    default:
        return manages;
    }
}

/// The gates for one mandate, in their order.
Gate first_shut(Action action, const LaneFact& lane, const Label& label, const Facts& facts, const MandateFact& mandate,
                Instant now) {
    if (!holds(mandate, now) || !reaches(mandate, lane)) return Gate::mandate;
    if (lane.scope == Scope::team && !membership_of(facts, lane, mandate.institution, now)) return Gate::membership;
    if (!reads_lane(facts, lane, mandate.role, now)) return Gate::lane;
    if (!in_audience(label, mandate)) return Gate::audience;
    if (!may_act(mandate, action, lane)) return Gate::role;
    return Gate::open;
}

/// From when on this mandate's holder has read this lane without a break: a renewed mandate goes on from the one
/// before, and one whose role did not read here does not count (a guest who became a member).
Instant joined(const Facts& facts, const LaneFact& lane, const MandateFact& mandate, Instant now) {
    Instant from = mandate.from;
    for (bool longer = true; longer;) {
        longer = false;
        for (const auto& m : facts.mandates) {
            const bool same_place = m.institution == mandate.institution && m.team == mandate.team;
            const bool touches = m.from < from && (!m.until || *m.until >= from);
            if (same_place && touches && reads_lane(facts, lane, m.role, now)) from = m.from, longer = true;
        }
    }
    return from;
}

/// Never from before the institution joined the team, or the person the list (T-45).
Instant since_of(const Facts& facts, const LaneFact& lane, const MandateFact& mandate, Instant now) {
    Instant from = joined(facts, lane, mandate, now);
    if (lane.scope == Scope::team) from = std::max(from, membership_of(facts, lane, mandate.institution, now)->from);
    if (lane.kind == LaneKind::listed) from = std::max(from, list_entry(facts, lane, now)->from);
    return from;
}

bool is_candidate(const Actor& actor, const MandateFact& mandate) { return !actor.as || mandate.id == *actor.as; }

bool is_own_inbox(const Actor& actor, Action action, const LaneFact& lane) {
    return action == Action::read && lane.scope == Scope::person && lane.kind == LaneKind::inbox &&
           lane.scope_id == Uuid(actor.person);
}

} // namespace

bool reaches_level(const DeviceFact& device, std::optional<Instant> exports_from, Level needed, Instant now) {
    if (needed == Level::nobody) return true;
    if (device.locked || device.until <= now) return false;
    const bool full = device.level == SessionLevel::full;
    const bool fresh = full && device.fresh_until && now < *device.fresh_until;
    switch (needed) {
    case Level::nobody:
    case Level::known:
        return true;
    case Level::enrolling:
        return !full || fresh;
    case Level::full:
        return full;
    case Level::fresh:
        return fresh;
    case Level::exporting:
        return fresh && !(exports_from && now < *exports_from);
    }
    return false;
}

Decision decide_level(const Actor& actor, Level needed, const Facts& facts, Instant now) {
    if (needed == Level::nobody || actor.device.is_nil()) return {.gate = Gate::open};
    if (!facts.known) return {};
    const auto device = std::ranges::find(facts.devices, actor.device, &DeviceFact::id);
    if (device == facts.devices.end()) return {};
    const bool reached = reaches_level(*device, facts.exports_from, needed, now);
    return {.gate = reached ? Gate::open : Gate::level};
}

Problem problem_of_level(std::optional<SessionLevel> level, Level needed, std::optional<Instant> exports_from,
                         Instant now) {
    if (!level) return refuse(Code::unauthenticated);
    if (*level == SessionLevel::first) return refuse(Code::enrolment_required);
    if (needed == Level::exporting && exports_from && now < *exports_from) return refuse(Code::gate_closed, "E-01");
    return refuse(Code::step_up_required);
}

Decision decide(const Actor& actor, Action action, const LaneFact& lane, const Label& label, const Facts& facts,
                Instant now) {
    if (!facts.known) return {};
    if (is_own_inbox(actor, action, lane)) return {.gate = Gate::open};

    Decision best{.gate = Gate::mandate};
    bool several = false; // institutions: two mandates of one institution speak with one voice
    for (const auto& mandate : facts.mandates) {
        if (!is_candidate(actor, mandate)) continue;
        const Gate gate = first_shut(action, lane, label, facts, mandate, now);
        if (gate != Gate::open) {
            if (!best.allowed()) best.gate = std::max(best.gate, gate);
            continue;
        }
        const Instant since = since_of(facts, lane, mandate, now);
        several = several || (best.allowed() && best.ground->institution != mandate.institution);
        if (!best.allowed() || since < best.since) best = {Gate::open, &mandate, since};
    }
    if (several && action != Action::read) return {.gate = Gate::choice};
    return best;
}

Decision decide_for_institution(const Actor& actor, Action action, InstitutionId institution, const Facts& facts,
                                Instant now) {
    if (!facts.known) return {};
    Decision best{.gate = Gate::mandate};
    for (const auto& mandate : facts.mandates) {
        if (!is_candidate(actor, mandate) || mandate.institution != institution || !holds(mandate, now)) continue;
        const bool allowed = may_for_institution(mandate, action);
        if (!allowed) {
            if (!best.allowed()) best.gate = Gate::role;
            continue;
        }
        if (!best.allowed()) best = {Gate::open, &mandate, mandate.from};
    }
    return best;
}

std::optional<Instant> holds_until(const Facts& facts, Instant now) {
    std::optional<Instant> next;
    const auto consider = [&](std::optional<Instant> edge) {
        if (edge && *edge > now && (!next || *edge < *next)) next = edge;
    };
    const auto both = [&](const auto& rows) {
        for (const auto& row : rows)
            consider(row.from), consider(row.until);
    };
    both(facts.mandates);
    both(facts.memberships);
    both(facts.lists);
    for (const auto& device : facts.devices)
        consider(device.until);
    return next;
}

Problem problem_of(const Decision& refusal, Action action) {
    if (refusal.gate == Gate::choice) return refuse(Code::invalid, "T-08", "params.as");
    if (refusal.gate == Gate::role && action != Action::read) return refuse(Code::gate_closed, "A-36");
    return refuse(Code::not_found);
}

bool is_within(const Label& inner, const Label& outer) {
    const auto narrower = [](const auto& in, const auto& out) {
        return out.empty() || (!in.empty() && std::ranges::includes(out, in));
    };
    return inner.lane == outer.lane && narrower(inner.institutions, outer.institutions) &&
           narrower(inner.persons, outer.persons);
}

} // namespace splot::access
