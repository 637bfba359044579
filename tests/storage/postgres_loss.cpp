// The server dies and comes back; a cluster of its own, since the shared one serves other tests.
#include "tests/world/private_cluster.h"

#include "storage/async/run.h"
#include "storage/postgres/notifications.h"
#include "storage/postgres/transaction.h"

#include <gmock/gmock.h>

namespace splot::storage {
namespace {

using namespace std::chrono_literals;
using Mode = Transaction::Mode;

constexpr Query ping{"test.ping", "SELECT 1"};
constexpr Query stall_commit{"test.stall", "INSERT INTO slow VALUES (1)"};

class PostgresLoss : public testing::Test {
protected:
    world::PrivateCluster cluster;
    boost::asio::io_context io{1};
    /// Whatever sleeps here is killed long before it wakes.
    ConnectOptions patient() const {
        ConnectOptions options{.conninfo = cluster.conninfo()};
        options.statement_timeout = options.answer_within = 120s;
        return options;
    }
    Pool pool{io, patient()};

    std::int32_t ping_once() {
        auto tx = run(io, Transaction::begin(pool, Mode::read_only_repeatable_read));
        return run(io, tx.one<std::int32_t>(ping));
    }
    /// Tries again until the pool's pause is over; the test's own limit is the ceiling.
    void expect_healed() {
        const auto until = std::chrono::steady_clock::now() + 20s;
        while (true)
            try {
                EXPECT_EQ(ping_once(), 1);
                return;
            } catch (const DatabaseGone&) {
                ASSERT_LT(std::chrono::steady_clock::now(), until);
            }
    }
};

TEST_F(PostgresLoss, the_pool_heals_after_the_postmaster_was_killed) {
    EXPECT_EQ(ping_once(), 1);
    auto held = run(io, Transaction::begin(pool, Mode::read_write_read_committed));
    EXPECT_EQ(run(io, held.one<std::int32_t>(ping)), 1);

    cluster.kill();

    EXPECT_THROW(run(io, held.one<std::int32_t>(ping)), DatabaseGone);
    EXPECT_THROW(ping_once(), DatabaseGone);
    EXPECT_TRUE(pool.is_away());
    const auto before = std::chrono::steady_clock::now();
    EXPECT_THROW(ping_once(), DatabaseGone);
    EXPECT_LT(std::chrono::steady_clock::now() - before, ConnectOptions().acquire_within) << "away means at once";

    cluster.start();
    expect_healed();
    EXPECT_FALSE(pool.is_away());
}

TEST_F(PostgresLoss, connections_that_died_while_idle_are_replaced_unnoticed) {
    EXPECT_EQ(ping_once(), 1);
    cluster.stop();
    cluster.start();
    EXPECT_EQ(ping_once(), 1);
}

TEST_F(PostgresLoss, a_commit_that_was_under_way_is_unknown_and_anything_before_is_not) {
    const auto setup = run(io, Connection::open(io, ConnectOptions{.conninfo = cluster.conninfo()}));
    // The check runs at COMMIT and takes longer than the server lives.
    run(io, setup->run_script("CREATE TABLE slow (id int);"
                              "CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS"
                              " 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END';"
                              "CREATE CONSTRAINT TRIGGER stall AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED"
                              " FOR EACH ROW EXECUTE FUNCTION stall()"));
    const auto gone_at = [&](bool commits) {
        auto tx = run(io, Transaction::begin(pool, Mode::read_write_read_committed));
        run(io, tx.run(stall_commit));
        std::optional<DatabaseGone> gone;
        bool is_done = false;
        const auto note = [&](const std::exception_ptr& error, const std::vector<ResultSet>&) {
            is_done = true;
            try {
                if (error) std::rethrow_exception(error);
            } catch (const DatabaseGone& caught) {
                gone = caught;
            }
        };
        if (!commits) tx.queue(Query{"test.sleep", "SELECT pg_sleep(60)::text"});
        boost::asio::co_spawn(io, commits ? tx.commit() : tx.flush(), note);
        // Its own statement is under way when the server says so.
        constexpr Query busy{"test.busy", "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"};
        const auto watcher = run(io, Connection::open(io, ConnectOptions{.conninfo = cluster.conninfo()}));
        for (std::int64_t count = 0; count == 0;) {
            watcher->queue(busy);
            count = one<std::int64_t>(run(io, watcher->flush())[0]);
        }
        cluster.kill();
        run_until(io, [&] { return is_done; });
        return gone.value().commit_unknown;
    };
    EXPECT_TRUE(gone_at(true));
    cluster.start();
    EXPECT_FALSE(gone_at(false));
}

TEST_F(PostgresLoss, a_listener_connects_again_and_says_so) {
    int connected = 0, lost = 0;
    const Notifications listener(
        io, ConnectOptions{.conninfo = cluster.conninfo()}, "test_heads",
        {.connected = [&] { ++connected; }, .heard = [](const Notification&) {}, .lost = [&] { ++lost; }});
    run_until(io, [&] { return connected >= 1; });
    cluster.kill();
    run_until(io, [&] { return lost >= 1; });
    cluster.start();
    run_until(io, [&] { return connected >= 2; });
    EXPECT_EQ(lost, 1);
}

} // namespace
} // namespace splot::storage
