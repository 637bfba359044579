#pragma once
#include "protocol/channels/types.h"
#include "protocol/problem.h"

/// What the slice decides without looking anywhere.
namespace splot::channels::rules {

constexpr std::size_t longest_text = 10'000; ///< characters of a message
constexpr std::size_t longest_name = 120;    ///< characters of a channel's or topic's name
constexpr std::size_t most_mentions = 50;
constexpr std::size_t most_listed = 500;

/// Problems: invalid or too_large, at the field.
Result<void> check_text(const Personal<std::string>& text, const std::vector<PersonId>& mentions);

/// Only the author (or who entered it for them, E-02) words a message anew.
bool is_author(const Author& author, PersonId person);

} // namespace splot::channels::rules
