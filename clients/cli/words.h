#pragma once
#include "protocol/channels/types.h"
#include "protocol/teams/types.h"

#include <cstdint>
#include <string>
#include <string_view>

/// The Polish words for what the protocol names in English.
namespace splot::cli {

std::string_view word(Role role);
std::string_view word(Lane lane);
std::string_view word(MembershipMode mode);
std::string_view word(TeamKind kind);
std::string_view word(InstitutionKind kind);
std::string_view word(Way way);

/// "1 nowa", "2 nowe", "5 nowych": the number with the fitting form (one, few, many).
std::string counted(std::int64_t number, std::string_view one, std::string_view few, std::string_view many);

} // namespace splot::cli
