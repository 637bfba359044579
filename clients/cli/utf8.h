#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace splot::cli {

/// Takes one character off the front of `text` (not empty). Bytes that are no UTF-8 come as U+FFFD, one by one.
char32_t take_character(std::string_view& text);
void add_character(std::string& out, char32_t character);
/// In characters, which for the languages of our users is in columns of a terminal.
std::size_t width_of(std::string_view text);
/// Text of other people made safe for a terminal: no control characters but line ends and tabs, no direction overrides.
std::string printable(std::string_view text);

} // namespace splot::cli
