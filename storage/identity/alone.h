#pragma once
#include "storage/postgres/pool.h"
#include "storage/postgres/query.h"

namespace splot::storage::identity {

/// One statement outside a transaction of its own: what the door asks before anybody is known.
template <class... Args> Async<std::vector<ResultSet>> alone(Pool& pool, const Query& query, Args... args) {
    auto lease = co_await pool.acquire();
    lease->queue(query, args...);
    co_return co_await lease->flush();
}

} // namespace splot::storage::identity
