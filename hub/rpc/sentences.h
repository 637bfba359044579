#pragma once
#include "protocol/problem.h"

#include <string_view>

namespace splot {

/// The one catalogue of what people read when a call was refused: one short Polish sentence or two, saying what to do
/// next. The rule sharpens it where that helps. Of what one may not know nothing is told: `not_found` has one
/// sentence, whatever the rule and field.
std::string_view sentence_for(const Problem& problem);

} // namespace splot
