#include "clients/cli/format.h"

#include "clients/cli/calendar.h"
#include "clients/cli/utf8.h"

#include <algorithm>

namespace splot::cli {
namespace {

constexpr std::size_t text_indent = 6; // under the author, after the time

void add_line(std::string& out, std::string_view line, std::size_t indent) {
    if (!line.empty()) out.append(indent, ' ').append(line);
    out += '\n';
}

/// How much of `line` (wider than `width`) fits, up to a space; a longer word is left whole.
std::size_t breaking_place(std::string_view line, std::size_t width) {
    std::size_t best = std::string_view::npos;
    std::string_view rest = line;
    for (std::size_t column = 0; !rest.empty(); ++column) {
        if (rest.front() == ' ') {
            const auto place = line.size() - rest.size();
            if (column > width && best != std::string_view::npos) return best;
            best = place;
            if (column > width) return best;
        } else if (column >= width && best != std::string_view::npos) {
            return best;
        }
        take_character(rest);
    }
    return best;
}

std::string body_of(const MessageView& message, const Look& look) {
    if (message.deleted) return look.dim("(usunięta)");
    if (message.unreadable) return look.dim("(nieczytelna: klucz zniszczono)");
    return printable(message.text);
}

} // namespace

std::string indented(std::string_view text, std::size_t indent, std::size_t width) {
    const std::size_t room = width > indent + 20 ? width - indent : 0;
    std::string out;
    while (true) {
        auto line = text.substr(0, text.find('\n'));
        const bool last = line.size() == text.size();
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        while (room != 0 && width_of(line) > room) {
            const auto place = breaking_place(line, room);
            if (place == std::string_view::npos) break;
            add_line(out, line.substr(0, place), indent);
            line.remove_prefix(place + 1);
        }
        add_line(out, line, indent);
        if (last) return out;
    }
}

std::string shortened(std::string_view text, std::size_t most) {
    std::string line = printable(text);
    std::ranges::replace(line, '\n', ' ');
    if (width_of(line) <= most) return line;
    std::string_view rest = line;
    for (std::size_t i = 0; i + 1 < most; ++i)
        take_character(rest);
    return line.substr(0, line.size() - rest.size()) + "…";
}

std::string format_message(const MessageView& message, const Look& look) {
    std::string head = clock_text(message.at);
    head.insert(0, 5 - head.size(), ' ');
    head += ' ';
    if (!message.place.empty()) head += look.bold(message.place) + (message.topic.empty() ? "" : " / ");
    if (!message.topic.empty()) head += look.dim(message.topic);
    if (!message.place.empty() || !message.topic.empty()) head += " · ";
    head += look.name(message.author) + "  " + look.dim(message.id);
    if (message.mentions_me) head += "  " + look.warning("do Ciebie");
    if (message.edited && !message.deleted) head += "  " + look.dim("poprawiona");
    std::string out = head + "\n";
    std::string readers;
    for (const auto& one : message.audience)
        readers += (readers.empty() ? "tylko: " : ", ") + one;
    if (!readers.empty()) out += indented(look.warning(readers), text_indent, look.width);
    if (!message.reply_to.empty()) out += indented(look.dim("↳ " + message.reply_to), text_indent, 0);
    return out + indented(body_of(message, look), text_indent, look.width);
}

std::string format_day(Date day, const Look& look) { return look.dim("── " + day_text(day) + " ──") + "\n"; }

std::string format_table(const std::vector<std::vector<std::string>>& rows, std::size_t indent) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (widths.size() <= i) widths.push_back(0);
            widths[i] = std::max(widths[i], width_of(row[i]));
        }
    std::string out;
    for (const auto& row : rows) {
        std::string line(indent, ' ');
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) line.append(widths[i] - width_of(row[i]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

} // namespace splot::cli
