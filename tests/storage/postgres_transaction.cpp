// Transactions and the pool that lends them connections.
#include "tests/storage/postgres_fixture.h"

#include "storage/postgres/notifications.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

namespace splot::storage {
namespace {

using namespace std::chrono_literals;
using Mode = Transaction::Mode;
using testing::ElementsAre;

constexpr Query insert_item{"test.insert_item", "INSERT INTO item (id) VALUES ($1)"};
constexpr Query insert_items{"test.insert_items", "INSERT INTO item (id) SELECT unnest($1)"};
constexpr Query list_items{"test.list_items", "SELECT id FROM item ORDER BY id"};
constexpr Query count_transactions{"test.count_open", "SELECT count(*) FROM pg_stat_activity"
                                                      " WHERE datname = current_database() AND state LIKE 'idle in%'"};
constexpr Query show_isolation{"test.isolation", "SELECT current_setting('transaction_isolation') || ' ' ||"
                                                 " current_setting('transaction_read_only')"};

class PostgresTransaction : public PostgresTest {
protected:
    PostgresTransaction() { script(*connect(), "CREATE TABLE item (id int8 PRIMARY KEY)"); }

    ConnectOptions small() const {
        auto small = options();
        small.size = 2;
        small.acquire_within = 1s; // one test waits it out; for the others it is long
        return small;
    }
    Transaction begin(Mode mode = Mode::read_write_read_committed) { return run(io, Transaction::begin(pool, mode)); }
    std::vector<std::int64_t> items() {
        auto tx = begin(Mode::read_only_repeatable_read);
        return run(io, tx.rows<std::int64_t>(list_items));
    }
    Pool pool{io, small()};
};

TEST_F(PostgresTransaction, what_is_committed_is_there_and_the_rest_is_not) {
    {
        auto tx = begin();
        EXPECT_EQ(run(io, tx.run(insert_item, std::int64_t{1})), 1);
        run(io, tx.commit());
    }
    {
        auto tx = begin();
        run(io, tx.run(insert_item, std::int64_t{2}));
    }
    EXPECT_THAT(items(), ElementsAre(1));
}

TEST_F(PostgresTransaction, queued_statements_and_commit_go_in_one_pipeline) {
    auto tx = begin();
    EXPECT_EQ(tx.queue(insert_item, std::int64_t{1}), 0u);
    EXPECT_EQ(tx.queue(insert_item, std::int64_t{2}), 1u);
    EXPECT_EQ(tx.queue(list_items), 2u);

    const auto results = run(io, tx.commit());

    ASSERT_EQ(results.size(), 3u);
    EXPECT_THAT(rows<std::int64_t>(results[2]), ElementsAre(1, 2));
    EXPECT_EQ(tx.statements(), 3u);
}

TEST_F(PostgresTransaction, places_are_counted_from_the_last_flush) {
    auto tx = begin();
    run(io, tx.run(insert_item, std::int64_t{1}));
    EXPECT_EQ(tx.queue(list_items), 0u);
    EXPECT_THAT(rows<std::int64_t>(run(io, tx.flush())[0]), ElementsAre(1));
}

TEST_F(PostgresTransaction, modes_are_what_they_say) {
    auto reads = begin(Mode::read_only_repeatable_read);
    EXPECT_EQ(run(io, reads.one<std::string>(show_isolation)), "repeatable read on");
    EXPECT_THROW(run(io, reads.run(insert_item, std::int64_t{1})), DatabaseError);
    auto writes = begin();
    EXPECT_EQ(run(io, writes.one<std::string>(show_isolation)), "read committed off");
}

TEST_F(PostgresTransaction, an_unfinished_transaction_is_rolled_back_before_anybody_asks) {
    {
        auto tx = begin();
        run(io, tx.run(insert_item, std::int64_t{1}));
    }
    const auto other = connect();
    while (one<std::int64_t>(ask(*other, count_transactions)) > 0) {
    } // nobody touches the pool
    EXPECT_EQ(pool.idle(), 1u);
    EXPECT_THAT(items(), ElementsAre());
    EXPECT_EQ(pool.idle(), 1u);
}

TEST_F(PostgresTransaction, a_transaction_that_sent_nothing_costs_nothing) {
    {
        auto tx = begin();
        tx.queue(insert_item, std::int64_t{1});
    }
    EXPECT_THAT(items(), ElementsAre());
    EXPECT_EQ(pool.idle(), 1u);
}

TEST_F(PostgresTransaction, a_failed_transaction_does_not_commit) {
    auto tx = begin();
    run(io, tx.run(insert_item, std::int64_t{1}));
    EXPECT_TRUE(error_of<DatabaseError>([&] { run(io, tx.run(insert_item, std::int64_t{1})); }).is_unique_violation());
    EXPECT_EQ(error_of<DatabaseError>([&] { run(io, tx.commit()); }).sqlstate(), "25P02");
    EXPECT_THAT(items(), ElementsAre());
}

TEST_F(PostgresTransaction, an_error_in_the_last_pipeline_does_not_commit) {
    auto tx = begin();
    tx.queue(insert_item, std::int64_t{1});
    tx.queue(insert_item, std::int64_t{1});
    EXPECT_TRUE(error_of<DatabaseError>([&] { run(io, tx.commit()); }).is_unique_violation());
    EXPECT_THAT(items(), ElementsAre());
}

TEST_F(PostgresTransaction, a_deadlock_is_retryable) {
    auto first = begin(), second = begin();
    run(io, first.run(insert_item, std::int64_t{1}));
    run(io, second.run(insert_item, std::int64_t{2}));
    int done = 0, deadlocks = 0;
    const auto count = [&](std::exception_ptr error, std::int64_t) {
        ++done;
        try {
            if (error) std::rethrow_exception(error);
        } catch (const DatabaseError& database_error) {
            deadlocks += database_error.is_deadlock() && database_error.is_retryable();
        }
    };
    boost::asio::co_spawn(io, first.run(insert_item, std::int64_t{2}), [&](std::exception_ptr error, std::int64_t n) {
        count(error, n);
        const auto released = std::move(first);
    });
    boost::asio::co_spawn(io, second.run(insert_item, std::int64_t{1}), [&](std::exception_ptr error, std::int64_t n) {
        count(error, n);
        const auto released = std::move(second);
    });
    run_until(io, [&] { return done >= 2; });
    EXPECT_EQ(deadlocks, 1);
}

TEST_F(PostgresTransaction, statements_are_counted_the_same_for_one_and_for_fifty_rows) {
    std::vector<std::int64_t> ids{0};
    for (int round = 0; round < 2; ++round) {
        const auto before = pool.statements();
        {
            auto tx = begin();
            EXPECT_EQ(run(io, tx.run(insert_items, ids)), static_cast<std::int64_t>(ids.size()));
            run(io, tx.commit());
        }
        EXPECT_EQ(pool.statements() - before, 1u);
        ids.clear();
        for (std::int64_t id = 1; id <= 50; ++id)
            ids.push_back(id);
    }
}

TEST_F(PostgresTransaction, who_waits_for_a_connection_gets_it_in_turn_or_gives_up_in_time) {
    std::vector<int> order;
    {
        const Lease first = run(io, pool.acquire());
        {
            const Lease second = run(io, pool.acquire());
            for (const int waiter : {1, 2})
                boost::asio::co_spawn(io, pool.acquire(), [&order, waiter](std::exception_ptr error, const Lease&) {
                    if (!error) order.push_back(waiter);
                });
            run_until(io, [&] { return pool.waiting() >= 2; });
        }
        run_until(io, [&] { return order.size() >= 2; });
        EXPECT_THAT(order, ElementsAre(1, 2));
        const Lease second = run(io, pool.acquire());
        EXPECT_THROW(run(io, pool.acquire()), DatabaseGone);
    }
    EXPECT_EQ(pool.lent(), 0u);
}

TEST_F(PostgresTransaction, a_commit_under_way_is_not_cut_short_by_cancelling) {
    auto tx = begin();
    tx.queue(insert_item, std::int64_t{1});
    tx.queue(Query{"test.sleep", "SELECT pg_sleep(0.1)::text"});
    boost::asio::cancellation_signal cancel;
    bool is_done = false;
    std::exception_ptr failure;
    boost::asio::co_spawn(io, tx.commit(),
                          boost::asio::bind_cancellation_slot(
                              cancel.slot(), [&](std::exception_ptr error, const std::vector<ResultSet>&) {
                                  failure = error;
                                  is_done = true;
                              }));
    boost::asio::post(io, [&] { cancel.emit(boost::asio::cancellation_type::terminal); });
    run_until(io, [&] { return is_done; });
    EXPECT_FALSE(failure);
    EXPECT_THAT(items(), ElementsAre(1));
}

Async<void> sleep_in_transaction(Pool& pool, bool& has_begun) {
    Transaction tx = co_await Transaction::begin(pool, Mode::read_write_read_committed);
    co_await tx.run(insert_item, std::int64_t{1});
    has_begun = true;
    co_await tx.run(Query{"test.sleep", "SELECT pg_sleep(5)::text"});
}

TEST_F(PostgresTransaction, what_is_under_way_ends_with_its_thread) {
    {
        boost::asio::io_context shard(1);
        Pool its_pool(shard, small());
        bool has_begun = false;
        for (int i = 0; i < 3; ++i) // the third waits for a connection
            boost::asio::co_spawn(shard, sleep_in_transaction(its_pool, has_begun), boost::asio::detached);
        run_until(shard, [&] { return has_begun; });
    }
    EXPECT_THAT(items(), ElementsAre());
}

TEST_F(PostgresTransaction, a_pool_that_is_closed_lends_nothing_and_takes_back) {
    auto tx = begin();
    pool.close();
    EXPECT_THROW(begin(), DatabaseGone);
    run(io, tx.run(insert_item, std::int64_t{1}));
    run(io, tx.commit());
}

TEST_F(PostgresTransaction, a_listener_hears_what_was_committed) {
    std::vector<std::string> heard;
    bool is_connected = false;
    const Notifications listener(io, options(), "test_heads",
                                 {.connected = [&] { is_connected = true; },
                                  .heard = [&](const Notification& n) { heard.push_back(n.payload); }});
    run_until(io, [&] { return is_connected; });
    constexpr Query notify{"test.notify", "SELECT pg_notify('test_heads', $1)::text"};
    {
        auto forgotten = begin();
        run(io, forgotten.rows<std::string>(notify, "never"));
    }
    for (const char* payload : {"1", "2"}) {
        auto tx = begin();
        tx.queue(notify, payload);
        run(io, tx.commit());
    }
    run_until(io, [&] { return heard.size() >= 2; });
    EXPECT_THAT(heard, ElementsAre("1", "2"));
}

} // namespace
} // namespace splot::storage
