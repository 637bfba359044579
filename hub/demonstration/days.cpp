#include "hub/demonstration/days.h"

#include "hub/warsaw.h"

#include <array>
#include <charconv>
#include <stdexcept>

namespace splot::demonstration {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> on_weekday = {"w niedzielę", "w poniedziałek", "we wtorek", "w środę",
                                                        "w czwartek",  "w piątek",       "w sobotę"};
constexpr std::array<std::string_view, 7> until_weekday = {"do niedzieli", "do poniedziałku", "do wtorku", "do środy",
                                                           "do czwartku",  "do piątku",       "do soboty"};
constexpr std::array<std::string_view, 12> of_month = {"stycznia", "lutego",       "marca",     "kwietnia",
                                                       "maja",     "czerwca",      "lipca",     "sierpnia",
                                                       "września", "października", "listopada", "grudnia"};

/// The clock change falls in the night, so guessing by the winter offset is right from 04:00 on, and at midnight.
Instant in_warsaw(Date day, minutes of_day) {
    const Instant by_winter_time = sys_days{day} + of_day - 1h;
    return sys_days{day} + of_day - offset_in_warsaw(by_winter_time);
}

int number_in(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        throw std::invalid_argument("world.json: no number: " + std::string(text));
    return number;
}

std::string spoken(std::string_view kind, Date day) {
    const auto weekday_index = weekday{sys_days{day}}.c_encoding();
    if (kind == "w") return std::string(on_weekday[weekday_index]);
    if (kind == "do") return std::string(until_weekday[weekday_index]);
    if (kind == "data")
        return std::to_string(unsigned{day.day()}) + " " + std::string(of_month[unsigned{day.month()} - 1]);
    throw std::invalid_argument("world.json: no such date: " + std::string(kind));
}

} // namespace

Date day_of_loading(Instant now) { return day_in_warsaw(now); }

Date working_day(Date loaded, int number) {
    const sys_days today{loaded};
    const auto since_monday = static_cast<int>((weekday{today} - Monday).count());
    // On a weekend the count starts at the Monday after it.
    const sys_days start = since_monday < 5 ? today : today + days{7 - since_monday};
    const int on = (since_monday < 5 ? since_monday : 0) + number;
    const int weeks_on = on >= 0 ? on / 5 : -((4 - on) / 5);
    const sys_days monday = start - days{since_monday < 5 ? since_monday : 0};
    return monday + days{7 * weeks_on + (on - 5 * weeks_on)};
}

Instant moment(Date loaded, int number, std::string_view hh_mm) {
    if (hh_mm.size() != 5 || hh_mm[2] != ':') throw std::invalid_argument("world.json: no time: " + std::string(hh_mm));
    const minutes of_day = hours{number_in(hh_mm.substr(0, 2))} + minutes{number_in(hh_mm.substr(3))};
    return in_warsaw(working_day(loaded, number), of_day);
}

Instant start_of_day(Date loaded, int calendar_days) {
    return in_warsaw(sys_days{loaded} + days{calendar_days}, minutes{0});
}

std::string with_dates(std::string_view text, Date loaded) {
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = text.find('}', open);
        const auto colon = text.find(':', open);
        if (close == std::string_view::npos || colon > close)
            throw std::invalid_argument("world.json: no date in braces");
        const int number = number_in(text.substr(colon + 1, close - colon - 1));
        out += spoken(text.substr(open + 1, colon - open - 1), working_day(loaded, number));
        text.remove_prefix(close + 1);
    }
    return out;
}

} // namespace splot::demonstration
