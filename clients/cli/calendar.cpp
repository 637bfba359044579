#include "clients/cli/calendar.h"

#include <array>
#include <cstdio>

namespace splot::cli {
namespace {

using namespace std::chrono;

constexpr std::array<const char*, 7> weekdays{"niedziela", "poniedziałek", "wtorek", "środa",
                                              "czwartek",  "piątek",       "sobota"};
constexpr std::array<const char*, 12> months{"stycznia", "lutego",       "marca",     "kwietnia",
                                             "maja",     "czerwca",      "lipca",     "sierpnia",
                                             "września", "października", "listopada", "grudnia"};

/// Summer time holds from the last Sunday of March, 1:00 UTC, to the last Sunday of October, 1:00 UTC.
hours offset_at(Instant instant) {
    const year in = year_month_day(floor<days>(instant)).year();
    const auto begins = sys_days(in / March / Sunday[last]) + 1h;
    const auto ends = sys_days(in / October / Sunday[last]) + 1h;
    return instant >= begins && instant < ends ? 2h : 1h;
}

} // namespace

LocalTime warsaw(Instant instant) {
    const auto local = instant + offset_at(instant);
    const auto day = floor<days>(local);
    const hh_mm_ss time(floor<minutes>(local - day));
    return {year_month_day(day), static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count())};
}

Instant warsaw_midnight(Date day) {
    const Instant utc = sys_days(day);
    return utc - offset_at(utc - 1h);
}

std::string clock_text(Instant instant) {
    const auto local = warsaw(instant);
    char text[16];
    std::snprintf(text, sizeof text, "%d:%02d", local.hour, local.minute);
    return text;
}

std::string day_text(Date day) {
    const auto name = weekdays[weekday(sys_days(day)).c_encoding()];
    const auto month = months[static_cast<unsigned>(day.month()) - 1];
    return std::string(name) + ", " + std::to_string(static_cast<unsigned>(day.day())) + " " + month + " " +
           std::to_string(static_cast<int>(day.year()));
}

std::string moment_text(Instant instant) {
    const auto day = warsaw(instant).day;
    char text[32];
    std::snprintf(text, sizeof text, "%u.%02u.%d, ", static_cast<unsigned>(day.day()),
                  static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
    return text + clock_text(instant);
}

std::optional<Instant> read_moment(std::string_view text) {
    if (const auto day = parse_date(text)) return warsaw_midnight(*day);
    return parse_instant(text);
}

} // namespace splot::cli
