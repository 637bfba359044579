#include "storage/postgres/transaction.h"

#include "storage/postgres/sql.h"

namespace splot::storage {

Async<Transaction> Transaction::begin(Pool& pool, Mode mode) {
    Lease lease = co_await pool.acquire();
    co_return Transaction(std::move(lease), mode);
}

Transaction::Transaction(Lease lease, Mode mode) : lease_(std::move(lease)), statements_before_(lease_->statements()) {
    lease_->queue_uncounted(mode == Mode::read_only_repeatable_read ? postgres::sql::begin_reading
                                                                    : postgres::sql::begin_writing);
}

std::size_t Transaction::queue_encoded(const Query& query, Params params) {
    const auto place = lease_->queue_encoded(query, std::move(params));
    return begun_ ? place : place - 1;
}

Async<std::vector<ResultSet>> Transaction::flush() {
    const bool sends_begin = !std::exchange(begun_, true);
    auto results = co_await lease_->flush();
    if (sends_begin) results.erase(results.begin());
    co_return results;
}

Async<ResultSet> Transaction::last() {
    auto results = co_await flush();
    co_return std::move(results.back());
}

Async<std::int64_t> Transaction::last_affected() {
    const ResultSet set = co_await last();
    co_return set.affected();
}

Async<std::vector<ResultSet>> Transaction::commit() {
    const bool sends_begin = !std::exchange(begun_, true);
    auto results = co_await lease_->commit();
    if (sends_begin) results.erase(results.begin());
    co_return results;
}

std::uint64_t Transaction::statements() const { return lease_->statements() - statements_before_; }

} // namespace splot::storage
