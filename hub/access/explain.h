#pragma once
#include "hub/rpc/dispatcher.h"
#include "protocol/access/methods.h"

namespace splot::access {

/// "Why do I see this?" and "who sees this?", both from `decide`. Who may call: whoever may read the object.
Async<Result<Explanation>> explain(Call& call, Explain ask);

void add_handlers(Dispatcher& dispatcher);

} // namespace splot::access
