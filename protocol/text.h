#pragma once
#include "protocol/problem.h"

#include <cstddef>
#include <string>
#include <string_view>

/// What every slice asks of a text that people type.
namespace splot {

/// Nothing but white space.
bool is_blank(std::string_view text);
/// Characters, not bytes.
std::size_t length(std::string_view utf8);

/// A name that people read: not blank, at most `longest` characters. Problem: invalid, at the field.
Result<void> check_name(std::string_view name, std::size_t longest, std::string field);

} // namespace splot
