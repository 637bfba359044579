#include "hub/channels/rules.h"

#include <algorithm>

namespace splot::channels::rules {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos; }

std::size_t length(std::string_view utf8) {
    return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

Result<void> check_text(const Personal<std::string>& text, const std::vector<PersonId>& mentions) {
    if (is_blank(text.reveal())) return refuse(Code::invalid, {}, "params.text");
    if (length(text.reveal()) > longest_text) return refuse(Code::too_large, {}, "params.text");
    if (mentions.size() > most_mentions) return refuse(Code::invalid, {}, "params.mentions");
    return {};
}

Result<void> check_name(std::string_view name, std::string field) {
    if (is_blank(name) || length(name) > longest_name) return refuse(Code::invalid, {}, std::move(field));
    return {};
}

bool is_author(const Author& author, PersonId person) { return author.entered_by.value_or(author.person) == person; }

} // namespace splot::channels::rules
