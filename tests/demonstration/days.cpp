#include "hub/demonstration/days.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace splot::demonstration {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr Date monday = 2026y / November / 23;
constexpr Date wednesday = 2026y / November / 25;
constexpr Date saturday = 2026y / November / 28;
constexpr Date sunday = 2026y / November / 29;

TEST(DemonstrationDays, D04_working_days_step_over_weekends_in_both_directions) {
    EXPECT_EQ(working_day(wednesday, 0), wednesday);
    EXPECT_EQ(working_day(wednesday, -2), monday);
    EXPECT_EQ(working_day(wednesday, -3), Date(2026y / November / 20));
    EXPECT_EQ(working_day(wednesday, 2), Date(2026y / November / 27));
    EXPECT_EQ(working_day(wednesday, 3), Date(2026y / November / 30));
    EXPECT_EQ(working_day(wednesday, -15), Date(2026y / November / 4));
    EXPECT_EQ(working_day(monday, -1), Date(2026y / November / 20));
    EXPECT_EQ(working_day(monday, -5), Date(2026y / November / 16));
}

TEST(DemonstrationDays, D04_on_a_weekend_the_last_working_day_is_friday) {
    for (const Date loaded : {saturday, sunday}) {
        EXPECT_EQ(working_day(loaded, -1), Date(2026y / November / 27));
        EXPECT_EQ(working_day(loaded, 0), Date(2026y / November / 30));
    }
}

TEST(DemonstrationDays, D04_a_later_number_is_always_a_later_working_day) {
    for (int shift = 0; shift < 14; ++shift) {
        const Date loaded = sys_days{monday} + days{shift};
        for (int number = -30; number < 30; ++number) {
            const sys_days day{working_day(loaded, number)};
            EXPECT_LT(day, sys_days{working_day(loaded, number + 1)});
            EXPECT_TRUE(weekday{day} != Saturday && weekday{day} != Sunday) << to_text(Date(day));
        }
        EXPECT_LT(sys_days{working_day(loaded, -1)}, sys_days{loaded});
    }
}

TEST(DemonstrationDays, times_are_those_of_a_clock_in_Warsaw) {
    EXPECT_EQ(to_text(moment(wednesday, 0, "08:42")), "2026-11-25T07:42:00Z");
    EXPECT_EQ(to_text(moment(2026y / July / 1, 0, "08:42")), "2026-07-01T06:42:00Z");
    EXPECT_EQ(to_text(moment(2026y / March / 30, 0, "08:00")), "2026-03-30T06:00:00Z");
    EXPECT_EQ(to_text(moment(2026y / March / 27, 0, "08:00")), "2026-03-27T07:00:00Z");
    EXPECT_EQ(to_text(start_of_day(2026y / March / 29, 0)), "2026-03-28T23:00:00Z");
    EXPECT_EQ(to_text(start_of_day(2026y / October / 25, 0)), "2026-10-24T22:00:00Z");
    EXPECT_EQ(to_text(start_of_day(2026y / October / 25, 1)), "2026-10-25T23:00:00Z");
    EXPECT_EQ(day_of_loading(sys_days{wednesday} + 23h + 30min), Date(2026y / November / 26));
}

TEST(DemonstrationDays, D04_dates_in_a_text_are_said_as_people_say_them) {
    EXPECT_EQ(with_dates("Serwis będzie {w:-1}, uwagi {do:2}, spotkanie {data:9}.", wednesday),
              "Serwis będzie we wtorek, uwagi do piątku, spotkanie 8 grudnia.");
    EXPECT_EQ(with_dates("Bez dat.", wednesday), "Bez dat.");
}

TEST(DemonstrationDays, a_broken_world_file_is_refused_loudly) {
    EXPECT_THROW(with_dates("{kiedy:1}", wednesday), std::invalid_argument);
    EXPECT_THROW(with_dates("{w:}", wednesday), std::invalid_argument);
    EXPECT_THROW(with_dates("{w", wednesday), std::invalid_argument);
    EXPECT_THROW(moment(wednesday, 0, "rano"), std::invalid_argument);
}

} // namespace
} // namespace splot::demonstration
