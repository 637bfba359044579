#include "hub/teams/rules.h"

namespace splot::teams::rules {
namespace {

constexpr std::size_t longest_name = 200; ///< bytes: full names of institutions are long

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

} // namespace

Result<void> check_name(std::string_view name, std::string field) {
    if (is_blank(name) || name.size() > longest_name) return refuse(Code::invalid, {}, std::move(field));
    return {};
}

Result<void> check_mandate(const GiveMandate& ask, Instant now) {
    const bool passes = ask.role == Role::guest || ask.role == Role::supervisor;
    if (passes && !ask.until) return refuse(Code::invalid, "T-17", "params.until");
    if (ask.until && *ask.until <= ask.from.value_or(now)) return refuse(Code::invalid, {}, "params.until");
    if (is_blank(ask.act)) return refuse(Code::invalid, "T-10", "params.act");
    if (passes && !ask.team) return refuse(Code::invalid, "T-17", "params.team");
    return {};
}

} // namespace splot::teams::rules
