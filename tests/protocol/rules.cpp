#include "protocol/rules.h"
#include "protocol/problem.h"

#include <gtest/gtest.h>

#include <cctype>
#include <set>

namespace splot {
namespace {

/// A letter, a hyphen, two digits: `A-07`; three where the field has that many.
bool is_well_formed(std::string_view number) {
    if (number.size() < 4 || number.size() > 5 || number[1] != '-') return false;
    if (std::string_view("ABCDEFMRST").find(number[0]) == std::string_view::npos) return false;
    for (const char c : number.substr(2))
        if (!std::isdigit(static_cast<unsigned char>(c))) return false;
    return true;
}

TEST(Rules, every_number_is_well_formed_and_listed_once_in_order) {
    std::set<std::string_view> seen;
    std::string_view last;
    for (const auto& rule : all_rules) {
        EXPECT_TRUE(is_well_formed(rule.number)) << rule.number;
        EXPECT_TRUE(seen.insert(rule.number).second) << rule.number << " stands twice";
        EXPECT_LT(last, rule.number);
        last = rule.number;
    }
}

TEST(Rules, every_rule_is_one_sentence) {
    for (const auto& rule : all_rules) {
        ASSERT_FALSE(rule.sentence.empty()) << rule.number;
        EXPECT_TRUE(std::isupper(static_cast<unsigned char>(rule.sentence.front()))) << rule.number;
        EXPECT_TRUE(rule.sentence.ends_with('.')) << rule.number;
        EXPECT_EQ(rule.sentence.find('\n'), rule.sentence.npos) << rule.number;
    }
}

TEST(Rules, a_rule_named_by_the_database_is_found_or_empty) {
    EXPECT_EQ(Rule::find("A-62"), Rule("A-62"));
    EXPECT_EQ(Rule::find("Z-99"), Rule());
    EXPECT_EQ(Rule::find(""), Rule());
}

TEST(Rules, the_value_of_a_refusal_throws_its_problem) {
    const Result<int> refused = refuse(Code::conflict, "A-43", "params.audience");
    try {
        refused.value();
        FAIL() << "a value came out of a refusal";
    } catch (const ProblemError& error) {
        EXPECT_EQ(error.problem, refuse(Code::conflict, "A-43", "params.audience"));
        EXPECT_STREQ(error.what(), "conflict params.audience");
    }
}

TEST(Rules, a_problem_that_nobody_filled_in_is_internal) { EXPECT_EQ(Problem{}, refuse(Code::internal)); }

} // namespace
} // namespace splot
