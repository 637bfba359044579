#pragma once
#include "hub/clock.h"
#include "hub/settings.h"
#include "storage/async/async.h"

#include <boost/asio/io_context.hpp>

namespace splot {

/// Migrates the database as its owner and writes, once, whether it is a demonstration. Throws when the settings say
/// otherwise than the row: a demonstration's door never opens where real data exist (D-01, D-03).
Async<void> prepare_database(boost::asio::io_context& io, const Settings& settings, const Clock& clock);

} // namespace splot
