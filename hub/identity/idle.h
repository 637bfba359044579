#pragma once
#include "storage/async/async.h"

namespace splot {
struct Desk;
}

/// Devices whose people went away (E-01).
namespace splot::identity {

/// Writes down which devices of this shard's sockets were used, to the minute, and locks (or, without a PIN, ends)
/// those that nobody used for their idle time, on this hub or another. Their sockets end as their rights do.
Async<void> lock_idle(Desk& desk);
/// Rows of sign-ins that are too old to matter.
Async<void> sweep(Desk& desk);

} // namespace splot::identity
