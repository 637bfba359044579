#include "protocol/problem.h"

#include "protocol/enums.h"

namespace splot {

BOOST_DESCRIBE_ENUM(Code, invalid, not_found, gate_closed, conflict, unauthenticated, rate_limited, unavailable,
                    too_large, internal, parse_error, bad_request, unknown_method, enrolment_required, step_up_required,
                    locked)

std::string_view name_of(Code code) { return enum_text(code); }
std::optional<Code> code_named(std::string_view name) { return parse_enum<Code>(name); }

} // namespace splot
