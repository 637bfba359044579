#include "protocol/json/codec.h"

#include <boost/json/serialize.hpp>

#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>

namespace splot::json::detail {
namespace {

/// A key comes from outside and may hold anything; only a plain name is repeated.
std::string_view shown(std::string_view key) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    return !key.empty() && key.size() <= 64 && std::ranges::all_of(key, plain) ? key : "?";
}

void append_path(std::string& out, const Path& path) {
    if (!path.parent) {
        out += path.name;
        return;
    }
    append_path(out, *path.parent);
    if (path.name.data() == nullptr) {
        out.append("[").append(std::to_string(path.index)).append("]");
        return;
    }
    if (!out.empty()) out += '.';
    out += shown(path.name);
}

/// A text that `parse` makes a value of.
template <class T, class Parse>
bool read_text(Reader& reader, const Path& at, const boost::json::value& value, T& out, Parse parse,
               std::string_view expected) {
    const auto* text = value.if_string();
    const auto parsed = text ? parse(std::string_view(*text)) : std::nullopt;
    if (!parsed) return reader.fail(at, expected);
    out = *parsed;
    return true;
}

template <class Int> bool read_integer(Reader& reader, const Path& at, const boost::json::value& value, Int& out) {
    const auto* number = value.if_int64();
    if (!number || *number < std::numeric_limits<Int>::min() || *number > std::numeric_limits<Int>::max())
        return reader.fail(at, sizeof(Int) == 4 ? "an integer of 32 bits" : "an integer of 64 bits");
    out = static_cast<Int>(*number);
    return true;
}

void write_escaped(std::string& out, unsigned char c) {
    constexpr char digits[] = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\b':
        out += "\\b";
        return;
    case '\f':
        out += "\\f";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        out.append("\\u00").append({digits[c >> 4], digits[c & 15]});
    }
}

template <class Number> void write_number(std::string& out, Number value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    out.append(text, end);
}

/// Texts that need no escaping.
void write_plain(std::string& out, std::string_view text) { out.append("\"").append(text).append("\""); }

} // namespace

bool Reader::fail(const Path& at, std::string_view expected) {
    problem = {Code::invalid, {}, {}, std::string(expected)};
    append_path(problem.field, at);
    return false;
}

bool read(Reader& reader, const Path& at, const boost::json::value& value, bool& out) {
    const auto* found = value.if_bool();
    if (!found) return reader.fail(at, "true or false");
    out = *found;
    return true;
}

bool read(Reader& reader, const Path& at, const boost::json::value& value, std::int32_t& out) {
    return read_integer(reader, at, value, out);
}

bool read(Reader& reader, const Path& at, const boost::json::value& value, std::int64_t& out) {
    return read_integer(reader, at, value, out);
}

bool read(Reader& reader, const Path& at, const boost::json::value& value, double& out) {
    boost::system::error_code failure;
    const double number = value.is_number() ? value.to_number<double>(failure) : std::nan("");
    if (failure || !std::isfinite(number)) return reader.fail(at, "a number");
    out = number;
    return true;
}

bool read(Reader& reader, const Path& at, const boost::json::value& value, std::string& out) {
    const auto* text = value.if_string();
    if (!text) return reader.fail(at, "a text");
    if (text->find('\0') != text->npos) return reader.fail(at, "a text without U+0000");
    out.assign(text->data(), text->size());
    return true;
}

bool read(Reader& reader, const Path& at, const boost::json::value& value, Uuid& out) {
    return read_text(reader, at, value, out, Uuid::parse, "a uuid");
}

bool read(Reader& reader, const Path& at, const boost::json::value& value, Instant& out) {
    return read_text(reader, at, value, out, parse_instant, "a date and time with offset (RFC 3339)");
}

bool read(Reader& reader, const Path& at, const boost::json::value& value, Date& out) {
    return read_text(reader, at, value, out, parse_date, "a date (YYYY-MM-DD)");
}

bool read(Reader&, const Path&, const boost::json::value& value, boost::json::value& out) {
    out = value;
    return true;
}

bool read_enum(Reader& reader, const Path& at, const boost::json::value& value, std::span<const Enumerator> all,
               long long& out) {
    const auto* text = value.if_string();
    if (const auto* found = text ? splot::detail::find_enumerator(all, std::string_view(*text)) : nullptr) {
        out = found->value;
        return true;
    }
    std::string expected = "one of";
    for (const char* comma = " "; const auto& enumerator : all) {
        expected.append(comma).append(enumerator.name);
        comma = ", ";
    }
    return reader.fail(at, expected);
}

const boost::json::array* read_array(Reader& reader, const Path& at, const boost::json::value& value) {
    const auto* items = value.if_array();
    if (!items) reader.fail(at, "an array");
    return items;
}

const boost::json::object* read_object(Reader& reader, const Path& at, const boost::json::value& value) {
    const auto* entries = value.if_object();
    if (!entries) reader.fail(at, "an object");
    return entries;
}

bool read_members(Reader& reader, const Path& at, const boost::json::value& value, std::span<const Member> members,
                  void* object) {
    const auto* entries = read_object(reader, at, value);
    if (!entries) return false;
    std::size_t known = 0;
    for (const auto& member : members) {
        const auto* found = entries->if_contains(member.name);
        known += found != nullptr;
        const Path inner{&at, member.name};
        if (!found && member.required) return reader.fail(inner, "a value: it is missing");
        if (found && !member.read(reader, inner, *found, object)) return false;
    }
    if (known == entries->size() || reader.unknown == Unknown::ignored) return true;
    for (const auto& entry : *entries)
        if (std::ranges::find(members, std::string_view(entry.key()), &Member::name) == members.end())
            return reader.fail(Path{&at, entry.key()}, "no such member");
    return true;
}

void write(Writer to, bool value) { to.out += value ? "true" : "false"; }
void write(Writer to, std::int32_t value) { write_number(to.out, value); }
void write(Writer to, std::int64_t value) { write_number(to.out, value); }

void write(Writer to, double value) {
    assert(std::isfinite(value) && "JSON has no infinity");
    write_number(to.out, value);
}

void write(Writer to, std::string_view value) {
    to.out += '"';
    std::size_t done = 0; // plain stretches are appended whole
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto c = static_cast<unsigned char>(value[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        to.out += value.substr(done, i - done);
        write_escaped(to.out, c);
        done = i + 1;
    }
    to.out += value.substr(done);
    to.out += '"';
}

void write(Writer to, const Uuid& value) { write_plain(to.out, value.text()); }
void write(Writer to, Instant value) { write_plain(to.out, to_text(value)); }
void write(Writer to, Date value) { write_plain(to.out, to_text(value)); }
void write(Writer to, const boost::json::value& value) { to.out += boost::json::serialize(value); }

void write_members(Writer to, std::span<const Member> members, const void* object) {
    to.out += '{';
    bool first = true;
    for (const auto& member : members) {
        if (member.is_absent(object)) continue;
        if (!first) to.out += ',';
        first = false;
        write_plain(to.out, member.name);
        to.out += ':';
        member.write(to, object);
    }
    to.out += '}';
}

} // namespace splot::json::detail
