#include "hub/prepare.h"

#include "storage/log/log.h"
#include "storage/postgres/migrations.h"

#include <stdexcept>

namespace splot {

Async<void> prepare_database(boost::asio::io_context& io, const Settings& settings, const Clock& clock) {
    storage::ConnectOptions options;
    options.conninfo = settings.postgres.conninfo;
    options.size = 1;
    options.statement_timeout = options.answer_within = std::chrono::minutes(10);
    options.lock_timeout = std::chrono::minutes(1);
    options.idle_in_transaction = std::chrono::minutes(10);
    {
        const auto owner = co_await storage::Connection::open(io, options);
        co_await storage::migrate(*owner);
    }
    storage::Pool pool(io, options);
    const auto wanted =
        settings.hub.demonstration ? storage::log::WorldKind::demonstration : storage::log::WorldKind::real;
    co_await storage::log::make_world(pool, wanted, clock.now());
    const auto kind = co_await storage::log::world_kind(pool);
    pool.close();
    if (kind == wanted) co_return;
    throw std::runtime_error(settings.hub.demonstration
                                 ? "hub.demonstration is on, but this database holds real data"
                                 : "this database is a demonstration; a real hub needs one of its own");
}

} // namespace splot
