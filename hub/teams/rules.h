#pragma once
#include "protocol/channels/types.h"
#include "protocol/problem.h"
#include "protocol/teams/methods.h"

#include <array>
#include <string_view>

/// What the slice decides without looking anywhere.
namespace splot::teams::rules {

/// The spaces that each team starts with (T-55): management, coordination, work, and what all are told.
struct Space {
    std::string_view name;
    std::string_view purpose;
    Lane lane;
};
inline constexpr std::array first_spaces = {
    Space{"Na co dzień", "Rozmowy całego zespołu.", Lane::all},
    Space{"Ogłoszenia", "Czytają wszyscy, piszą animatorzy.", Lane::announcements},
    Space{"Kierownicy", "Kierownicy instytucji zespołu.", Lane::heads},
    Space{"Animatorzy", "Animatorzy zespołu.", Lane::animators},
};

constexpr std::size_t longest_name = 200; ///< characters: full names of institutions are long

/// T-17: a guest's or supervisor's mandate has an end; an end comes after the beginning; an act is named.
/// Problems: invalid, at the field.
Result<void> check_mandate(const GiveMandate& ask, Instant now);

} // namespace splot::teams::rules
