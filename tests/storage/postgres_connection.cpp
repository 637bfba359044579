// One connection: pipelines, errors, deadlines, loss.
#include "tests/storage/postgres_fixture.h"

namespace splot::storage {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr Query insert_item{"test.insert_item", "INSERT INTO item (id, name) VALUES ($1, $2)"};
constexpr Query count_items{"test.count_items", "SELECT count(*) FROM item"};
constexpr Query fail{"test.fail", "SELECT 1 / (count(*) - count(*)) FROM item"};

class PostgresConnection : public PostgresTest {
protected:
    void SetUp() override {
        connection = connect();
        script(*connection, "CREATE TABLE item (id int8 PRIMARY KEY, name text,"
                            " CONSTRAINT b14_has_name CHECK (name <> ''))");
    }
    std::int64_t count() { return one<std::int64_t>(ask(*connection, count_items)); }
    DatabaseError refused(std::int64_t id, const char* name) {
        return error_of<DatabaseError>([&] { ask(*connection, insert_item, id, name); });
    }
    std::unique_ptr<Connection> connection;
};

TEST_F(PostgresConnection, results_of_one_flush_come_in_the_order_of_queueing) {
    for (std::int64_t id = 1; id <= 3; ++id)
        EXPECT_EQ(connection->queue(insert_item, id, "name"), static_cast<std::size_t>(id - 1));
    connection->queue(count_items);

    const auto results = run(io, connection->flush());

    ASSERT_EQ(results.size(), 4u);
    EXPECT_EQ(results[1].affected(), 1);
    EXPECT_EQ(one<std::int64_t>(results[3]), 3);
    EXPECT_EQ(connection->statements(), 4u);
}

TEST_F(PostgresConnection, a_flush_larger_than_every_buffer_does_not_block_itself) {
    constexpr Query echo{"test.echo", "SELECT $1"};
    const std::string large(1 << 20, 'x');
    for (int i = 0; i < 24; ++i)
        connection->queue(echo, large);

    const auto results = run(io, connection->flush());

    ASSERT_EQ(results.size(), 24u);
    EXPECT_EQ(one<std::string>(results[23]).size(), large.size());
}

TEST_F(PostgresConnection, the_first_error_stops_the_flush_and_the_connection_lives) {
    connection->queue(insert_item, std::int64_t{1}, "name");
    connection->queue(fail);
    connection->queue(insert_item, std::int64_t{2}, "name");

    const auto error = error_of<DatabaseError>([&] { run(io, connection->flush()); });

    EXPECT_EQ(error.sqlstate(), "22012");
    EXPECT_EQ(error.query(), "test.fail");
    EXPECT_EQ(count(), 0);
    ask(*connection, insert_item, std::int64_t{2}, "name"); // prepared although the flush failed
    EXPECT_EQ(count(), 1);
}

TEST_F(PostgresConnection, a_statement_whose_preparation_failed_is_prepared_again) {
    constexpr Query later{"test.later", "SELECT count(*) FROM made_later"};
    EXPECT_EQ(error_of<DatabaseError>([&] { ask(*connection, later); }).sqlstate(), "42P01");
    script(*connection, "CREATE TABLE made_later ()");
    EXPECT_EQ(one<std::int64_t>(ask(*connection, later)), 0);
}

TEST_F(PostgresConnection, errors_name_the_constraint_and_its_rule_and_never_a_value) {
    ask(*connection, insert_item, std::int64_t{1}, "name");

    const auto twice = refused(1, "sekret");
    EXPECT_TRUE(twice.is_unique_violation());
    EXPECT_EQ(twice.constraint(), "item_pkey");
    EXPECT_EQ(twice.table(), "item");
    EXPECT_EQ(twice.violated_rule(), Rule::find(""));

    const auto empty = refused(424242, "");
    EXPECT_TRUE(empty.is_check_violation());
    EXPECT_EQ(empty.constraint(), "b14_has_name");
    EXPECT_EQ(empty.violated_rule(), Rule::find("B-14"));
    EXPECT_THAT(empty.what(), Not(HasSubstr("424242")));

    const auto cast = error_of<DatabaseError>([&] { ask(*connection, {"test.cast", "SELECT $1::int"}, "sekret"); });
    EXPECT_THAT(cast.what(), Not(HasSubstr("sekret")));
}

TEST_F(PostgresConnection, a_statement_that_takes_too_long_is_ended_by_the_server) {
    auto hasty = options();
    hasty.statement_timeout = 50ms;
    connection = run(io, Connection::open(io, hasty));
    const auto error = error_of<DatabaseError>([&] { ask(*connection, {"test.sleep", "SELECT pg_sleep(30)::text"}); });
    EXPECT_TRUE(error.is_timeout());
    EXPECT_TRUE(connection->is_alive());
}

TEST_F(PostgresConnection, a_server_that_does_not_answer_is_given_up) {
    auto impatient = options();
    impatient.answer_within = 100ms;
    connection = run(io, Connection::open(io, impatient));
    EXPECT_THROW(ask(*connection, {"test.sleep", "SELECT pg_sleep(2)::text"}), DatabaseGone);
    EXPECT_FALSE(connection->is_alive());
    EXPECT_THROW(ask(*connection, count_items), DatabaseGone);
}

TEST_F(PostgresConnection, idle_in_a_transaction_the_server_hangs_up) {
    auto options_ = options();
    options_.idle_in_transaction = 50ms;
    connection = run(io, Connection::open(io, options_));
    script(*connection, "BEGIN");
    const auto other = connect();
    const Query wait{"test.wait", "SELECT pg_sleep(0.02)::text"}; // the test's own limit is the ceiling
    while (connection->is_alive())
        ask(*other, wait);
    EXPECT_THROW(ask(*connection, count_items), DatabaseGone);
}

TEST_F(PostgresConnection, the_role_and_settings_are_those_of_the_options) {
    auto as_app = options();
    as_app.role = "splot_app";
    as_app.settings = {{"plan_cache_mode", "force_custom_plan"}, {"search_path", "public, pg_catalog"}};
    connection = run(io, Connection::open(io, as_app));
    const ResultSet set = ask(*connection, {"test.who", "SELECT current_user::text, current_setting('plan_cache_mode'),"
                                                        " current_setting('search_path')"});
    EXPECT_EQ(set[0].get<std::string>(0), "splot_app");
    EXPECT_EQ(set[0].get<std::string>(1), "force_custom_plan");
    EXPECT_EQ(set[0].get<std::string>(2), "public, pg_catalog");
    const auto error = error_of<DatabaseError>([&] { ask(*connection, count_items); });
    EXPECT_TRUE(error.is_insufficient_privilege());
}

TEST_F(PostgresConnection, nobody_there_or_not_let_in_is_database_gone) {
    auto nowhere = options();
    nowhere.conninfo = "host=/tmp/no-such-directory dbname=x";
    EXPECT_THROW(run(io, Connection::open(io, nowhere)), DatabaseGone);
    auto unknown_role = options();
    unknown_role.role = "nobody_knows_this";
    EXPECT_THROW(run(io, Connection::open(io, unknown_role)), DatabaseGone);
    auto nonsense = options();
    nonsense.conninfo = "password='unfinished";
    EXPECT_THAT(error_of<DatabaseGone>([&] { run(io, Connection::open(io, nonsense)); }).what(),
                Not(HasSubstr("unfinished")));
}

TEST_F(PostgresConnection, the_same_name_with_other_types_is_a_misfit) {
    ask(*connection, insert_item, std::int64_t{1}, "name");
    EXPECT_THROW(ask(*connection, insert_item, std::int32_t{2}, "name"), MisfitError);
}

TEST_F(PostgresConnection, check_has_a_statement_parsed_and_nothing_more) {
    run(io, connection->check(Query{"test.good", "SELECT number FROM migration WHERE name = $1"}));
    EXPECT_THROW(run(io, connection->check(Query{"test.bad", "SELECT nothing FROM migration"})), DatabaseError);
}

} // namespace
} // namespace splot::storage
