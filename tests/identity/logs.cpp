// What may be logged: a name or a text has no way in.
#include "hub/log.h"
#include "protocol/personal.h"

#include <gtest/gtest.h>

#include <ostream>
#include <type_traits>

namespace splot::log {
namespace {

template <class T>
concept Loggable = std::is_constructible_v<Field, std::string_view, T>;
template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};

TEST(Logs, R38_what_names_a_person_does_not_compile_into_a_log_line) {
    EXPECT_TRUE(Loggable<PersonId>);
    EXPECT_TRUE(Loggable<std::string_view>);
    EXPECT_FALSE(Loggable<Personal<std::string>>);
    EXPECT_FALSE(Printable<Personal<std::string>>);
    EXPECT_TRUE(Printable<std::string>);
}

} // namespace
} // namespace splot::log
