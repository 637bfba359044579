#pragma once
#include "clients/cli/terminal.h"
#include "protocol/time.h"

#include <optional>
#include <string>
#include <vector>

namespace splot::cli {

/// A message with the names of everything it speaks of.
struct MessageView {
    std::string id; ///< short
    Instant at;
    std::string author;
    std::string place = {}; ///< of a live line: "Kanał"; of a page: empty
    std::string topic = {};
    std::string text;
    std::string reply_to = {};              ///< whom and what it answers, short
    std::vector<std::string> audience = {}; ///< empty: all of the lane
    bool edited = false;
    bool deleted = false;
    bool unreadable = false;
    bool mentions_me = false;
};

/// One or more lines, each with its end.
std::string format_message(const MessageView& message, const Look& look);
/// "── wtorek, 24 listopada 2026 ──": between the messages of two days.
std::string format_day(Date day, const Look& look);
/// The text's lines, each after `indent` spaces; broken between words when `width` (columns, with the indent) is not 0.
std::string indented(std::string_view text, std::size_t indent, std::size_t width);
/// At most so many characters; a longer one ends with "…". One line.
std::string shortened(std::string_view text, std::size_t most);

/// Rows with aligned columns; the last one is not padded.
std::string format_table(const std::vector<std::vector<std::string>>& rows, std::size_t indent = 0);

} // namespace splot::cli
