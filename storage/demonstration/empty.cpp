#include "storage/demonstration/empty.h"

#include "storage/demonstration/sql.h"
#include "storage/postgres/migrations.h"
#include "storage/postgres/transaction.h"

namespace splot::storage::demonstration {

Async<std::shared_ptr<Connection>> lock_loading(boost::asio::io_context& io, std::string conninfo) {
    std::shared_ptr<Connection> connection = co_await Connection::open(io, as_owner(std::move(conninfo)));
    connection->queue(sql::lock_loading);
    co_await connection->flush();
    co_return connection;
}

Async<std::vector<KeyId>> empty(boost::asio::io_context& io, std::string conninfo) {
    ConnectOptions options;
    options.conninfo = std::move(conninfo);
    options.size = 1;
    Pool pool(io, options);
    auto tx = co_await Transaction::begin(pool, Transaction::Mode::read_write_read_committed);
    co_await tx.one<std::int64_t>(sql::assert_demonstration);
    auto keys = co_await tx.rows<KeyId>(sql::keys);
    tx.queue(sql::empty);
    co_await tx.commit();
    co_return keys;
}

} // namespace splot::storage::demonstration
