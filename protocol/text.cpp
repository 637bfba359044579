#include "protocol/text.h"

#include <algorithm>

namespace splot {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos; }

std::size_t length(std::string_view utf8) {
    return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

Result<void> check_name(std::string_view name, std::size_t longest, std::string field) {
    if (is_blank(name) || length(name) > longest) return refuse(Code::invalid, {}, std::move(field));
    return {};
}

} // namespace splot
