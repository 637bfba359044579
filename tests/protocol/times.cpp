#include "protocol/time.h"

#include <gtest/gtest.h>

namespace splot {
namespace {

using namespace std::chrono_literals;

/// The instant in our own form, or "" when it is refused.
std::string instant(std::string_view text) {
    const auto parsed = parse_instant(text);
    return parsed ? to_text(*parsed) : "";
}
std::string date(std::string_view text) {
    const auto parsed = parse_date(text);
    return parsed ? to_text(*parsed) : "";
}

TEST(Times, a_day_is_accepted_only_when_the_calendar_has_it) {
    for (const char* text : {"2026-02-28", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"})
        EXPECT_EQ(date(text), text);
    for (const char* text : {"2026-02-30", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31",
                             "2026-01-00", "0000-01-01", "2026-1-1", "26-01-01", "2026/01/01", "20260101",
                             "2026-01-01Z", " 2026-01-01", "2026-01-01 ", "-026-01-01", "10000-01-01", ""})
        EXPECT_EQ(date(text), "") << text;
}

TEST(Times, an_instant_is_told_in_utc_whatever_its_offset_was) {
    EXPECT_EQ(instant("2026-11-24T12:00:00Z"), "2026-11-24T12:00:00Z");
    EXPECT_EQ(instant("2026-11-24t12:00:00z"), "2026-11-24T12:00:00Z");
    EXPECT_EQ(instant("2026-11-24T12:00:00+01:00"), "2026-11-24T11:00:00Z");
    EXPECT_EQ(instant("2026-11-24T12:00:00-05:30"), "2026-11-24T17:30:00Z");
    EXPECT_EQ(instant("2026-11-24T12:00:00-00:00"), "2026-11-24T12:00:00Z");
    EXPECT_EQ(instant("2026-12-31T23:30:00-01:00"), "2027-01-01T00:30:00Z");
    EXPECT_EQ(instant("2024-03-01T00:30:00+01:00"), "2024-02-29T23:30:00Z");
    EXPECT_EQ(instant("1969-12-31T23:59:59.999999Z"), "1969-12-31T23:59:59.999999Z");
}

TEST(Times, a_fraction_is_kept_to_the_microsecond_and_left_out_when_zero) {
    EXPECT_EQ(instant("2026-11-24T12:00:00.5Z"), "2026-11-24T12:00:00.500000Z");
    EXPECT_EQ(instant("2026-11-24T12:00:00.000001Z"), "2026-11-24T12:00:00.000001Z");
    EXPECT_EQ(instant("2026-11-24T12:00:00.123456789Z"), "2026-11-24T12:00:00.123456Z");
    EXPECT_EQ(instant("2026-11-24T12:00:00.0Z"), "2026-11-24T12:00:00Z");
}

TEST(Times, what_is_no_rfc_3339_instant_is_refused) {
    for (const char* text : {"2026-11-24T12:00:00",
                             "2026-11-24 12:00:00Z",
                             "2026-11-24",
                             "2026-11-24T12:00Z",
                             "2026-11-24T24:00:00Z",
                             "2026-11-24T12:60:00Z",
                             "2026-11-24T12:00:60Z",
                             "2026-02-30T12:00:00Z",
                             "2026-11-24T12:00:00.Z",
                             "2026-11-24T12:00:00.1234567890Z",
                             "2026-11-24T12:00:00,5Z",
                             "2026-11-24T12:00:00+1:00",
                             "2026-11-24T12:00:00+0100",
                             "2026-11-24T12:00:00+24:00",
                             "2026-11-24T12:00:00+01:60",
                             "2026-11-24T12:00:00ZZ",
                             "2026-11-24T12:00:00+01:00Z",
                             "2026-11-24T1:00:00Z",
                             "T12:00:00Z",
                             "now",
                             ""})
        EXPECT_EQ(instant(text), "") << text;
}

TEST(Times, an_instant_whose_utc_year_could_not_be_written_is_refused) {
    EXPECT_EQ(instant("0001-01-01T00:00:00+00:01"), "");
    EXPECT_EQ(instant("9999-12-31T23:59:59-00:01"), "");
    EXPECT_EQ(instant("0001-01-01T00:00:00Z"), "0001-01-01T00:00:00Z");
    EXPECT_EQ(instant("9999-12-31T23:59:59.999999Z"), "9999-12-31T23:59:59.999999Z");
}

TEST(Times, every_day_of_four_centuries_reads_back) {
    for (auto day = std::chrono::sys_days{std::chrono::year{1800} / 1 / 1};
         day < std::chrono::sys_days{std::chrono::year{2200} / 1 / 1}; day += std::chrono::days{1})
        ASSERT_EQ(parse_date(to_text(Date{day})), Date{day});
}

} // namespace
} // namespace splot
