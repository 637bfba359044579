#include "hub/rpc/sentences.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

namespace splot {
namespace {

constexpr std::array all_codes = {
    Code::invalid,      Code::not_found,      Code::gate_closed,        Code::conflict,         Code::unauthenticated,
    Code::rate_limited, Code::unavailable,    Code::too_large,          Code::internal,         Code::parse_error,
    Code::bad_request,  Code::unknown_method, Code::enrolment_required, Code::step_up_required, Code::locked};

/// Everything that can come out: each code alone and with each rule.
std::vector<std::string> all_sentences() {
    std::set<std::string> sentences;
    for (const Code code : all_codes) {
        sentences.emplace(sentence_for({code}));
        for (const auto& text : all_rules)
            sentences.emplace(sentence_for({code, Rule::find(text.number)}));
    }
    return {sentences.begin(), sentences.end()};
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return c < 128 ? std::tolower(c) : c; });
    return text;
}

TEST(Sentences, every_code_has_one_that_starts_and_ends_like_a_sentence) {
    for (const Code code : all_codes) {
        const auto sentence = sentence_for({code});
        ASSERT_FALSE(sentence.empty()) << name_of(code);
        EXPECT_TRUE(std::isupper(static_cast<unsigned char>(sentence.front()))) << sentence;
        EXPECT_EQ(sentence.back(), '.') << sentence;
    }
}

TEST(Sentences, none_speaks_the_language_of_machines) {
    constexpr std::array jargon = {"token",     "json",    "serwer",       "baza dan",   "bazy dan", "sesj",
                                   "autoryz",   "uwierzy", "transakc",     "parametr",   "metod",    "null",
                                   "uuid",      "timeout", "endpoint",     "request",    "kursor",   "rekord",
                                   "wyjąt",     "błąd",    "nieprawidłow", "niepoprawn", "operacj",  "zasob",
                                   "uprawnień", "kod ",    "http",         "hub"};
    for (const auto& sentence : all_sentences())
        for (const std::string word : jargon)
            EXPECT_EQ(lower(sentence).find(word), std::string::npos) << sentence;
}

TEST(Sentences, none_is_longer_than_two_lines_or_shouts) {
    for (const auto& sentence : all_sentences()) {
        EXPECT_LE(sentence.size(), 190u) << sentence;
        EXPECT_EQ(sentence.find('!'), std::string::npos) << sentence;
    }
}

TEST(Sentences, A62_not_found_says_the_same_whatever_the_rule_and_field) {
    for (const auto& text : all_rules)
        EXPECT_EQ(sentence_for({Code::not_found, Rule::find(text.number), "params.channel"}),
                  sentence_for({Code::not_found}));
}

TEST(Sentences, a_rule_sharpens_the_sentence_where_there_is_something_to_do) {
    EXPECT_NE(sentence_for({Code::gate_closed, "T-10"}), sentence_for({Code::gate_closed}));
    EXPECT_NE(sentence_for({Code::invalid, "T-08", "params.as"}), sentence_for({Code::invalid}));
    EXPECT_EQ(sentence_for({Code::invalid, "T-10"}), sentence_for({Code::invalid}));
}

} // namespace
} // namespace splot
