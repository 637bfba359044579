#pragma once
#include "tests/world/private_cluster.h"

#include "storage/async/run.h"
#include "storage/postgres/transaction.h"

#include <gmock/gmock.h>

namespace splot::storage {

/// A database of its own and one thread to talk to it.
class PostgresTest : public testing::Test {
protected:
    world::Database database = world::clone_database();
    boost::asio::io_context io{1};

    ConnectOptions options() const {
        ConnectOptions options;
        options.conninfo = database.conninfo();
        return options;
    }
    std::unique_ptr<Connection> connect() { return run(io, Connection::open(io, options())); }
    void script(Connection& connection, std::string sql) { run(io, connection.run_script(std::move(sql))); }

    template <class... Args> ResultSet ask(Connection& connection, const Query& query, const Args&... args) {
        connection.queue(query, args...);
        return std::move(run(io, connection.flush()).back());
    }
    template <class Error, class Call> Error error_of(Call call) {
        try {
            call();
        } catch (const Error& error) {
            return error;
        }
        throw std::runtime_error("nothing was thrown");
    }
};

} // namespace splot::storage
