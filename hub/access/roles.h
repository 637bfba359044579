#pragma once
#include "protocol/channels/types.h"
#include "protocol/teams/types.h"

#include <cstdint>
#include <initializer_list>
#include <string_view>

/// The one table of roles and what they may do; `teams.show_roles` prints it (T-26).
namespace splot::access {

enum class Action {
    read,             ///< see the object and its content
    post,             ///< write, open a topic, tell that one types
    manage_channels,  ///< make channels of a team, put people on their lists
    moderate,         ///< delete another person's message
    admit,            ///< take institutions into the team
    give_mandates,    ///< for the own institution (T-10)
    manage_people,    ///< enter people of the own institution, keep their accounts
    confirm_recovery, ///< be the second of two who give a colleague a new way in
    found_team,       ///< as the lead institution
    manage_institution_channels,
    destroy_key,
    list_institutions,
};

/// Rights of a role inside a team or an institution. Bits, so that the table reads as rows.
enum Right : std::uint32_t {
    reads_team = 1u << 0, ///< lane `all`
    reads_announcements = 1u << 1,
    reads_heads = 1u << 2,
    reads_animators = 1u << 3,
    reads_institution = 1u << 4, ///< the room of the own institution
    joins_lists = 1u << 5,       ///< channels whose list names the person
    posts = 1u << 6,             ///< where one reads, but for announcements
    announces = 1u << 7,
    leads_team = 1u << 8, ///< channels, lists, admission, moderation
    gives_mandates = 1u << 9,
    founds_teams = 1u << 10,
    destroys_keys = 1u << 11,
};

struct RoleRights {
    Role role;
    std::uint32_t rights;
};

inline constexpr std::uint32_t member_rights =
    reads_team | reads_announcements | reads_institution | joins_lists | posts;

inline constexpr RoleRights role_table[] = {
    {Role::head, member_rights | reads_heads | gives_mandates | founds_teams | destroys_keys},
    {Role::animator, member_rights | reads_animators | announces | leads_team},
    {Role::member, member_rights},
    {Role::contact_person, member_rights},
    {Role::councillor, member_rights},
    {Role::authority, reads_team | reads_announcements | reads_institution | posts},
    {Role::regional_adviser, reads_team | reads_announcements | reads_institution | posts},
    {Role::supervisor, joins_lists | posts},
    {Role::observer, reads_announcements},
    {Role::guest, joins_lists | posts},
};

constexpr std::uint32_t rights_of(Role role) {
    for (const auto& row : role_table)
        if (row.role == role) return row.rights;
    return 0;
}
constexpr bool may(Role role, Right right) { return (rights_of(role) & right) != 0; }

struct RightText {
    Right right;
    std::string_view sentence;
};
/// For people, in Polish.
inline constexpr RightText right_texts[] = {
    {reads_team, "czyta rozmowy całego zespołu"},
    {reads_announcements, "czyta ogłoszenia"},
    {reads_heads, "czyta kanał kierowników"},
    {reads_animators, "czyta kanał animatorów"},
    {reads_institution, "czyta kanał własnej instytucji"},
    {joins_lists, "czyta kanały, na których listę została wpisana"},
    {posts, "pisze tam, gdzie czyta"},
    {announces, "pisze ogłoszenia"},
    {leads_team, "zakłada kanały, przyjmuje instytucje, moderuje rozmowy zespołu"},
    {gives_mandates, "udziela i odbiera upoważnień w swojej instytucji"},
    {founds_teams, "zakłada zespół jako instytucja wiodąca"},
    {destroys_keys, "niszczy klucz zapieczętowanego kanału"},
};

} // namespace splot::access
