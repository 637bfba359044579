#pragma once
#include "storage/async/async.h"
#include "storage/postgres/errors.h"
#include "storage/postgres/params.h"
#include "storage/postgres/query.h"
#include "storage/postgres/result.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace splot::storage {

/// How connections are made, and how long anything may take. Everything has an end.
struct ConnectOptions {
    std::string conninfo;  ///< libpq's; a host by name is looked up blocking, so prefer a socket or hostaddr
    std::string role = {}; ///< splot_app or splot_log; empty: the login user (owner, migrations)
    std::size_t size = 4;  ///< connections of a Pool
    std::string application_name = "splotd";
    std::vector<std::pair<std::string, std::string>> settings = {}; ///< more of the server's, e.g. plan_cache_mode
    std::chrono::milliseconds connect_within{5000};
    std::chrono::milliseconds acquire_within{5000};    ///< waiting for a free connection of a Pool
    std::chrono::milliseconds statement_timeout{5000}; ///< by the server; 0: none
    std::chrono::milliseconds lock_timeout{3000};
    std::chrono::milliseconds idle_in_transaction{2000};
    std::chrono::milliseconds answer_within{15000}; ///< one flush; after it the connection is given up
};

/// What came over LISTEN.
struct Notification {
    std::string channel;
    std::string payload;
    int sender = 0; ///< the process of the server that sent it
};

/// One connection in pipeline mode, used by one coroutine at a time, on one thread. Queued statements cost nothing
/// until `flush` sends them in one go; a statement is prepared on its first use, in the same round trip.
/// Callers want a Transaction; this is for what has none (migrations, tests, LISTEN).
class Connection {
public:
    /// Throws DatabaseGone when there is no server, or when it does not let us in.
    static Async<std::unique_ptr<Connection>> open(boost::asio::io_context& io, ConnectOptions options);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Returns the statement's place among the results of the next flush.
    template <class... Args> std::size_t queue(const Query& query, const Args&... args) {
        return queue_encoded(query, Params::of(args...));
    }
    std::size_t queue_encoded(const Query& query, Params params);

    /// Sends what is queued and one Sync; gives the results in order. Throws the first DatabaseError (later statements
    /// were not run) or DatabaseGone. Cancelling the coroutine does not cut a flush short: it ends by itself.
    Async<std::vector<ResultSet>> flush();
    /// The same with COMMIT as the last statement; its own result is left out.
    Async<std::vector<ResultSet>> commit();
    /// Runs several statements as one text, without parameters; for migrations and tests. Nothing may be queued.
    Async<void> run_script(std::string sql);
    /// Asks the server to parse a statement and nothing more; for the test of all queries.
    Async<void> check(Query query);

    /// Drops what is queued and, inside a transaction, sends ROLLBACK without waiting for the answer.
    void abandon();
    /// Waits for the answer to `abandon`; nothing to wait for is usual.
    Async<void> settle();

    /// Waits for notifications of LISTEN, without a deadline; `close` ends the wait with DatabaseGone.
    Async<std::vector<Notification>> notifications();

    bool in_transaction() const;
    /// Lost or closed, as far as we know without looking.
    bool is_lost() const;
    /// Looks at the socket: false when the server has gone meanwhile.
    bool is_alive();
    void close();
    /// How many statements were queued so far, BEGIN, COMMIT and ROLLBACK not counted.
    std::uint64_t statements() const;

private:
    friend class Transaction;
    struct State;
    explicit Connection(std::shared_ptr<State> state);
    void queue_uncounted(const Query& query);

    std::shared_ptr<State> state_;
};

} // namespace splot::storage
