#include "hub/channels/rules.h"

#include "protocol/text.h"

namespace splot::channels::rules {

Result<void> check_text(const Personal<std::string>& text, const std::vector<PersonId>& mentions) {
    if (is_blank(text.reveal())) return refuse(Code::invalid, {}, "params.text");
    if (length(text.reveal()) > longest_text) return refuse(Code::too_large, {}, "params.text");
    if (mentions.size() > most_mentions) return refuse(Code::invalid, {}, "params.mentions");
    return {};
}

bool is_author(const Author& author, PersonId person) { return author.entered_by.value_or(author.person) == person; }

} // namespace splot::channels::rules
