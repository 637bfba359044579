#include "hub/teams/rules.h"

#include "protocol/text.h"

namespace splot::teams::rules {

Result<void> check_mandate(const GiveMandate& ask, Instant now) {
    const bool passes = ask.role == Role::guest || ask.role == Role::supervisor;
    if (passes && !ask.until) return refuse(Code::invalid, "T-17", "params.until");
    if (ask.until && *ask.until <= ask.from.value_or(now)) return refuse(Code::invalid, {}, "params.until");
    if (is_blank(ask.act)) return refuse(Code::invalid, "T-10", "params.act");
    if (passes && !ask.team) return refuse(Code::invalid, "T-17", "params.team");
    return {};
}

} // namespace splot::teams::rules
