#pragma once
#include "hub/access/decide.h"

/// Small facts for tests of the policy: ids from numbers, days from a fixed morning.
namespace splot::access::given {

template <class T> T id(std::uint8_t number) {
    Uuid uuid;
    uuid.bytes[15] = number;
    return T(uuid);
}

inline Instant day(int number) { return Instant(std::chrono::days(20'000 + number)); }
inline Instant today() { return day(0); }

// The world of these tests: a welfare centre and a labour office, both in one team, the centre in another team as well.
inline const auto nina = id<PersonId>(1), iza = id<PersonId>(2);
inline const auto centre = id<InstitutionId>(11), office = id<InstitutionId>(12);
inline const auto team = id<TeamId>(21), other_team = id<TeamId>(22);
inline const auto list = id<ChannelId>(31), other_list = id<ChannelId>(32);

inline LaneFact lane(LaneKind kind) {
    LaneFact lane{.id = 1, .scope = Scope::team, .scope_id = Uuid(team), .kind = kind};
    if (kind == LaneKind::listed) lane.list = list;
    return lane;
}
inline LaneFact room(InstitutionId institution) {
    return {.id = 1, .scope = Scope::institution, .scope_id = Uuid(institution), .kind = LaneKind::institution};
}
inline LaneFact inbox(PersonId person) {
    return {.id = 1, .scope = Scope::person, .scope_id = Uuid(person), .kind = LaneKind::inbox};
}

inline Label everybody() { return {.id = 1, .lane = 1}; }
inline Label only(std::vector<InstitutionId> institutions) {
    return {.id = 1, .lane = 1, .institutions = std::move(institutions)};
}
inline Label only(std::vector<PersonId> persons) { return {.id = 1, .lane = 1, .persons = std::move(persons)}; }

inline MandateFact mandate(Role role, InstitutionId institution, std::optional<TeamId> in = team) {
    return {.id = id<MandateId>(41),
            .person = nina,
            .institution = institution,
            .team = in,
            .role = role,
            .power_of_attorney = false,
            .from = day(-100),
            .until = {}};
}
inline MembershipFact membership(InstitutionId institution, TeamId in = team) {
    return {.team = in, .institution = institution, .mode = MembershipMode::active, .from = day(-300), .until = {}};
}
inline ListFact listed(ChannelId channel = list) {
    return {.person = nina, .channel = channel, .from = day(-50), .until = {}};
}

/// Nina of the labour office, with this role in the team.
inline Facts nina_as(Role role) {
    Facts facts{.person = nina, .known = true};
    facts.mandates = {mandate(role, office)};
    facts.memberships = {membership(office), membership(centre), membership(centre, other_team)};
    return facts;
}
/// The same, and a second mandate of the welfare centre in the same team.
inline Facts nina_for_two(Role role) {
    auto facts = nina_as(role);
    facts.mandates.push_back(mandate(role, centre));
    facts.mandates.back().id = id<MandateId>(42);
    return facts;
}

inline Actor as_nina() { return {.person = nina, .device = {}, .as = {}}; }
inline Actor as_nina_under(std::uint8_t mandate_number) {
    return {.person = nina, .device = {}, .as = id<MandateId>(mandate_number)};
}

inline Decision decide_now(Action action, const LaneFact& lane, const Label& label, const Facts& facts) {
    return decide(as_nina(), action, lane, label, facts, today());
}
inline Gate reading(const LaneFact& lane, const Label& label, const Facts& facts) {
    return decide_now(Action::read, lane, label, facts).gate;
}
inline Gate reading(LaneKind kind, const Facts& facts) { return reading(lane(kind), everybody(), facts); }
inline Gate doing(Action action, LaneKind kind, const Facts& facts) {
    return decide_now(action, lane(kind), everybody(), facts).gate;
}

} // namespace splot::access::given
