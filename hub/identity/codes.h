#pragma once
#include "protocol/identity/factors.h"
#include "storage/postgres/binary.h"

#include <string>
#include <string_view>
#include <vector>

/// Codes on paper: a card of 40, and 10 for the day when everything else is lost. Kept as HMACs under a key that the
/// database does not know, because a short code alone stands no search.
namespace splot::identity::codes {

inline constexpr std::size_t on_card = 40, for_recovery = 10;

/// "4839 2017" on a card; "k7mp-2wqx-9hde" for recovery.
std::vector<std::string> make(Factor kind);

storage::Bytes mac(std::span<const std::byte> key, PersonId person, Factor kind, std::string_view code);
/// What remains when people type spaces, hyphens and capitals as they like.
std::string typed(std::string_view code);

/// 4 to 12 digits, not all alike and not in a row.
bool is_acceptable_pin(std::string_view pin);
storage::Bytes pin_mac(std::span<const std::byte> key, PersonId person, std::string_view pin);

} // namespace splot::identity::codes
