#pragma once
#include "protocol/identity/types.h"

namespace splot {

enum class InstitutionKind {
    welfare_centre,
    family_centre,
    labour_office,
    ngo,
    regional_centre,
    regional_labour_office,
    social_services_centre,
    integration_centre,
    counselling_centre,
    police,
    probation_service,
    school,
    health,
    authority,
    commission,
    workshop,
    other
};
BOOST_DESCRIBE_ENUM(InstitutionKind, welfare_centre, family_centre, labour_office, ngo, regional_centre,
                    regional_labour_office, social_services_centre, integration_centre, counselling_centre, police,
                    probation_service, school, health, authority, commission, workshop, other)

struct Institution {
    InstitutionId id;
    std::string name;
    std::string short_name;
    InstitutionKind kind;
    std::string town;
};
BOOST_DESCRIBE_STRUCT(Institution, (), (id, name, short_name, kind, town))

enum class TeamKind { partnership, case_team, regional, steering, working };
BOOST_DESCRIBE_ENUM(TeamKind, partnership, case_team, regional, steering, working)

enum class Variant { rural, urban_rural, urban, service_partnership };
BOOST_DESCRIBE_ENUM(Variant, rural, urban_rural, urban, service_partnership)

struct Team {
    TeamId id;
    std::string name;
    TeamKind kind;
    Variant variant; ///< exactly one (T-01)
    std::string purpose;
    InstitutionId lead;
    std::optional<TeamId> parent; ///< a case team has exactly one (T-05)
};
BOOST_DESCRIBE_STRUCT(Team, (), (id, name, kind, variant, purpose, lead, parent))

enum class MembershipMode { active, supporting, suspended, guest };
BOOST_DESCRIBE_ENUM(MembershipMode, active, supporting, suspended, guest)

/// Membership belongs to the institution (T-07).
struct Membership {
    TeamId team;
    InstitutionId institution;
    MembershipMode mode;
    Instant from;
    std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(Membership, (), (team, institution, mode, from, until))

/// What a mandate lets a person be. What each may do is one table: hub/access/roles.
enum class Role {
    head,
    animator,
    member,
    contact_person,
    councillor,
    authority,
    regional_adviser,
    supervisor,
    observer,
    guest
};
BOOST_DESCRIBE_ENUM(Role, head, animator, member, contact_person, councillor, authority, regional_adviser, supervisor,
                    observer, guest)

/// A person represents an institution, in one team or (without a team) in the institution itself, from–until (T-07).
struct Mandate {
    MandateId id;
    PersonId person;
    InstitutionId institution;
    std::optional<TeamId> team;
    Role role;
    bool decision_maker;
    Instant from;
    std::optional<Instant> until;
};
BOOST_DESCRIBE_STRUCT(Mandate, (), (id, person, institution, team, role, decision_maker, from, until))

} // namespace splot
