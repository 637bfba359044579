#pragma once
#include <string_view>

namespace splot {

enum class Strength { must, should };

struct RuleText {
    std::string_view number;
    Strength strength;
    std::string_view sentence;
};

inline constexpr RuleText all_rules[] = {
#define RULE(number, strength, sentence) {number, Strength::strength, sentence},
#include "protocol/rules.def"
#undef RULE
};

/// A rule's number. Made at compile time only: a number that rules.def does not list does not compile.
class Rule {
public:
    consteval Rule() = default;
    consteval Rule(const char* number) : number_(known(number)) {} // NOLINT(google-explicit-constructor)
    constexpr std::string_view number() const { return number_; }
    constexpr bool operator==(const Rule&) const = default;

    /// For a rule named by a database constraint; empty when it names none of ours.
    static constexpr Rule find(std::string_view number) {
        Rule rule{Unchecked{}, {}};
        for (const auto& text : all_rules)
            if (text.number == number) rule.number_ = text.number;
        return rule;
    }

private:
    struct Unchecked {};
    constexpr Rule(Unchecked, std::string_view number) : number_(number) {}

    static consteval std::string_view known(std::string_view number) {
        for (const auto& text : all_rules)
            if (text.number == number) return text.number;
        throw "this rule is not in protocol/rules.def";
    }

    std::string_view number_{};
};

} // namespace splot
