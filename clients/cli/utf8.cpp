#include "clients/cli/utf8.h"

namespace splot::cli {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool may_be_shown(char32_t c) {
    if (c == '\n' || c == '\t') return true;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
    return !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069);
}

int length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    if (first >= 0xF0 && first < 0xF5) return 4;
    return 0;
}

} // namespace

char32_t take_character(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const int length = length_of(first);
    char32_t character = length == 1 ? first : first & (0x7F >> length);
    bool good = length != 0 && static_cast<std::size_t>(length) <= text.size();
    for (int i = 1; good && i < length; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        good = (next & 0xC0) == 0x80;
        character = (character << 6) | (next & 0x3F);
    }
    text.remove_prefix(good ? length : 1);
    return good ? character : replacement;
}

void add_character(std::string& out, char32_t c) {
    const auto add = [&](char32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) return add(c);
    if (c < 0x800) {
        add(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        add(0xE0 | (c >> 12));
        add(0x80 | ((c >> 6) & 0x3F));
    } else {
        add(0xF0 | (c >> 18));
        add(0x80 | ((c >> 12) & 0x3F));
        add(0x80 | ((c >> 6) & 0x3F));
    }
    add(0x80 | (c & 0x3F));
}

std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (; !text.empty(); ++width)
        take_character(text);
    return width;
}

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const char32_t c = take_character(text);
        add_character(out, may_be_shown(c) ? c : replacement);
    }
    return out;
}

} // namespace splot::cli
