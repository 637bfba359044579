#pragma once
#include "hub/access/decide.h"
#include "hub/access/kernel.h"
#include "protocol/problem.h"

#include <optional>

namespace splot::channels {

/// The label lists for a message: what was asked, the author's own institution and person always among them, never
/// wider than the message it answers. Pure.
/// Problem: invalid, A-43, at `params.audience`.
Result<Audience> settle_audience(const std::optional<Audience>& asked, const access::Label* answered,
                                 const Author& author);

/// The label with these lists in the lane, if this copy of the scope has it.
const access::Label* find_label(const access::ScopeBook& scope, std::int32_t lane, const Audience& audience);

} // namespace splot::channels
