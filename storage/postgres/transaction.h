#pragma once
#include "storage/postgres/pool.h"

namespace splot::storage {

/// One transaction on a connection of the pool. BEGIN goes out with the first statement, COMMIT with the last ones:
/// a transaction that reads once takes two round trips, one that only queues takes one. Without `commit` its end rolls
/// it back. Errors are thrown: DatabaseError by the first statement that failed, DatabaseGone.
class Transaction {
public:
    enum class Mode {
        read_only_repeatable_read, ///< all statements see one moment
        read_write_read_committed,
    };
    static Async<Transaction> begin(Pool& pool, Mode mode);
    Transaction(Lease lease, Mode mode);

    /// Adds a statement to the pipeline without waiting. Returns its place among the results of the next `flush` or
    /// `commit`; `run`, `rows`, `maybe` and `one` send it too, and keep its errors but not its rows.
    template <class... Args> std::size_t queue(const Query& query, const Args&... args) {
        return queue_encoded(query, Params::of(args...));
    }
    Async<std::vector<ResultSet>> flush();

    /// How many rows it touched.
    template <class... Args> [[nodiscard]] Async<std::int64_t> run(const Query& query, const Args&... args) {
        queue(query, args...);
        return last_affected();
    }
    template <class T, class... Args>
    [[nodiscard]] Async<std::vector<T>> rows(const Query& query, const Args&... args) {
        queue(query, args...);
        return last_rows<T>();
    }
    /// Nothing or the only row; more is a MisfitError.
    template <class T, class... Args>
    [[nodiscard]] Async<std::optional<T>> maybe(const Query& query, const Args&... args) {
        queue(query, args...);
        return last_maybe<T>();
    }
    /// The only row; none or more is a MisfitError.
    template <class T, class... Args> [[nodiscard]] Async<T> one(const Query& query, const Args&... args) {
        queue(query, args...);
        return last_one<T>();
    }

    /// Sends what is queued and COMMIT in one pipeline; returns the results of what was queued. When the connection is
    /// lost meanwhile, DatabaseGone says whether the commit is unknown. Cancelling the coroutine does not cut it short.
    Async<std::vector<ResultSet>> commit();

    /// How many statements were queued, BEGIN and COMMIT not counted.
    std::uint64_t statements() const;

private:
    std::size_t queue_encoded(const Query& query, Params params);
    Async<ResultSet> last();
    Async<std::int64_t> last_affected();
    template <class T> Async<std::vector<T>> last_rows() {
        const ResultSet set = co_await last();
        co_return storage::rows<T>(set);
    }
    template <class T> Async<std::optional<T>> last_maybe() {
        const ResultSet set = co_await last();
        co_return storage::maybe<T>(set);
    }
    template <class T> Async<T> last_one() {
        const ResultSet set = co_await last();
        co_return storage::one<T>(set);
    }

    Lease lease_;
    bool begun_ = false; ///< the BEGIN was sent
    std::uint64_t statements_before_ = 0;
};

} // namespace splot::storage
