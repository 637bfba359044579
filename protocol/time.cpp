#include "protocol/time.h"

#include <cstdio>

namespace splot {
namespace {

using namespace std::chrono;

/// Reads a text of fixed fields from left to right; once something did not fit, `ok` stays false.
struct Fields {
    std::string_view rest;
    bool ok = true;

    int number(std::size_t digits) {
        int value = 0;
        if (rest.size() < digits) return fail();
        for (const char c : rest.substr(0, digits)) {
            if (c < '0' || c > '9') return fail();
            value = value * 10 + (c - '0');
        }
        rest.remove_prefix(digits);
        return value;
    }
    /// Takes the next character if it is one of `accepted`; else '\0' and not ok.
    char one_of(std::string_view accepted) {
        if (rest.empty() || accepted.find(rest.front()) == accepted.npos) return static_cast<char>(fail());
        const char c = rest.front();
        rest.remove_prefix(1);
        return c;
    }
    bool at_digit() const { return !rest.empty() && rest.front() >= '0' && rest.front() <= '9'; }
    int fail() {
        ok = false;
        return 0;
    }
};

/// Years that RFC 3339 can write, without 0000, which PostgreSQL has not.
bool writable(Date date) { return date.ok() && date.year() >= year{1} && date.year() <= year{9999}; }

Date read_date(Fields& in) {
    const int y = in.number(4);
    in.one_of("-");
    const int m = in.number(2);
    in.one_of("-");
    const int d = in.number(2);
    return year{y} / month{static_cast<unsigned>(m)} / day{static_cast<unsigned>(d)};
}

/// Up to nine digits; what is finer than a microsecond is cut off.
microseconds read_fraction(Fields& in) {
    int value = 0, digits = 0;
    for (in.one_of("."); in.ok && (digits == 0 || in.at_digit()); ++digits) {
        const int digit = in.number(1);
        if (digits < 6) value = value * 10 + digit;
    }
    if (digits > 9) in.fail();
    for (; digits < 6; ++digits)
        value *= 10;
    return microseconds{value};
}

microseconds read_time_of_day(Fields& in) {
    const int h = in.number(2);
    in.one_of(":");
    const int m = in.number(2);
    in.one_of(":");
    const int s = in.number(2);
    if (h > 23 || m > 59 || s > 59) in.fail();
    const auto fraction = in.rest.starts_with('.') ? read_fraction(in) : microseconds{0};
    return hours{h} + minutes{m} + seconds{s} + fraction;
}

minutes read_offset(Fields& in) {
    const char sign = in.one_of("Zz+-");
    if (sign != '+' && sign != '-') return minutes{0};
    const int h = in.number(2);
    in.one_of(":");
    const int m = in.number(2);
    if (h > 23 || m > 59) in.fail();
    const minutes offset = hours{h} + minutes{m};
    return sign == '-' ? -offset : offset;
}

} // namespace

std::string to_text(Date date) {
    char text[32];
    const int size = std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return {text, static_cast<std::size_t>(size)};
}

std::optional<Date> parse_date(std::string_view text) {
    Fields in{text};
    const Date date = read_date(in);
    if (!in.ok || !in.rest.empty() || !writable(date)) return std::nullopt;
    return date;
}

std::string to_text(Instant instant) {
    const auto midnight = floor<days>(instant);
    const hh_mm_ss time{instant - midnight};
    char text[32];
    int size = std::snprintf(text, sizeof text, "T%02d:%02d:%02d", static_cast<int>(time.hours().count()),
                             static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    std::string out = to_text(Date{midnight}).append(text, static_cast<std::size_t>(size));
    if (const auto fraction = time.subseconds().count()) {
        size = std::snprintf(text, sizeof text, ".%06d", static_cast<int>(fraction));
        out.append(text, static_cast<std::size_t>(size));
    }
    return out += 'Z';
}

std::optional<Instant> parse_instant(std::string_view text) {
    Fields in{text};
    const Date date = read_date(in);
    in.one_of("Tt");
    const auto time = read_time_of_day(in);
    const auto offset = read_offset(in);
    if (!in.ok || !in.rest.empty() || !writable(date)) return std::nullopt;
    const Instant instant = sys_days{date} + time - offset;
    if (!writable(Date{floor<days>(instant)})) return std::nullopt;
    return instant;
}

} // namespace splot
