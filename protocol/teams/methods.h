#pragma once
#include "protocol/rpc/method.h"
#include "protocol/streams/types.h"
#include "protocol/teams/types.h"

namespace splot::teams {

struct CreateInstitution {
    static constexpr Method method{"teams.create_institution", Effect::writes, PerMinute{120}, "an administrator"};
    using Answer = Made; ///< institution, its head (person), the head's mandate, the institution's channel
    std::string name;
    std::string short_name;
    InstitutionKind kind;
    std::string town;
    Personal<std::string> head_name;
    std::string head_post;
    std::string head_login;
    std::optional<Personal<std::string>> head_password; ///< absent: the head cannot sign in yet
};
BOOST_DESCRIBE_STRUCT(CreateInstitution, (),
                      (name, short_name, kind, town, head_name, head_post, head_login, head_password))

struct CreateTeam {
    static constexpr Method method{"teams.create_team", Effect::writes, PerMinute{60},
                                   "the head of the lead institution"};
    using Answer = Made; ///< team, then its channels (T-55)
    InstitutionId lead;
    std::string name;
    TeamKind kind;
    Variant variant;
    std::string purpose;
    std::optional<TeamId> parent; ///< exactly for a case team (T-05)
};
BOOST_DESCRIBE_STRUCT(CreateTeam, (), (lead, name, kind, variant, purpose, parent))

struct AdmitInstitution {
    static constexpr Method method{"teams.admit_institution", Effect::writes, PerMinute{120}, "the team's animator"};
    using Answer = Made;
    TeamId team;
    InstitutionId institution;
    MembershipMode mode;
};
BOOST_DESCRIBE_STRUCT(AdmitInstitution, (), (team, institution, mode))

struct GiveMandate {
    static constexpr Method method{"teams.give_mandate", Effect::writes, PerMinute{240},
                                   "the institution's head or one with its power of attorney (T-10)"};
    using Answer = Made; ///< the mandate
    PersonId person;
    InstitutionId institution;
    std::optional<TeamId> team; ///< absent: inside the institution only
    Role role;
    bool decision_maker;
    std::string act;              ///< the written act, or "ustnie, …" with date and witness (T-11)
    std::optional<Instant> from;  ///< absent: now
    std::optional<Instant> until; ///< required for a guest or supervisor (T-17)
};
BOOST_DESCRIBE_STRUCT(GiveMandate, (), (person, institution, team, role, decision_maker, act, from, until))

struct EndMandate {
    static constexpr Method method{"teams.end_mandate", Effect::writes, PerMinute{240},
                                   "the institution's head or one with its power of attorney (T-10)"};
    using Answer = Made;
    MandateId mandate;
};
BOOST_DESCRIBE_STRUCT(EndMandate, (), (mandate))

struct ShowTeam {
    static constexpr Method method{"teams.show_team", Effect::reads, PerMinute{240}, "a member of the team"};
    using Answer = TeamSnapshot;
    TeamId team;
};
BOOST_DESCRIBE_STRUCT(ShowTeam, (), (team))

struct InstitutionList {
    std::vector<Institution> institutions;
};
BOOST_DESCRIBE_STRUCT(InstitutionList, (), (institutions))

/// Institutions of the hub, to be admitted to a team.
struct ListInstitutions {
    static constexpr Method method{"teams.list_institutions", Effect::reads, PerMinute{120},
                                   "an administrator; a head; a team's animator"};
    using Answer = InstitutionList;
};
BOOST_DESCRIBE_STRUCT(ListInstitutions, (), ())

struct PeopleList {
    std::vector<Person> people;
};
BOOST_DESCRIBE_STRUCT(PeopleList, (), (people))

/// The people entered under an institution.
struct ListPeople {
    static constexpr Method method{"teams.list_people", Effect::reads, PerMinute{120},
                                   "an administrator; whoever acts for the institution"};
    using Answer = PeopleList;
    InstitutionId institution;
};
BOOST_DESCRIBE_STRUCT(ListPeople, (), (institution))

struct RoleRow {
    Role role;
    std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(RoleRow, (), (role, may))

struct RoleTable {
    std::vector<RoleRow> roles;
};
BOOST_DESCRIBE_STRUCT(RoleTable, (), (roles))

/// The table that the hub enforces, for people (T-26).
struct ShowRoles {
    static constexpr Method method{"teams.show_roles", Effect::reads, PerMinute{60}, "anybody signed in"};
    using Answer = RoleTable;
};
BOOST_DESCRIBE_STRUCT(ShowRoles, (), ())

} // namespace splot::teams
