#pragma once
#include "hub/rpc/dispatcher.h"
#include "hub/streams/opening.h"
#include "protocol/streams/methods.h"

/// Opening, resuming and closing streams. Who may call: protocol/streams/methods.h.
namespace splot::streams {

Async<Result<Opened>> open(Call& call, Open ask);
Async<Result<ResumeAnswer>> resume(Call& call, Resume ask);
Async<Result<Nothing>> close(Call& call, Close ask);
Async<Result<Nothing>> sync(Call& call, Sync ask);

void add_handlers(Dispatcher& dispatcher);

} // namespace splot::streams
