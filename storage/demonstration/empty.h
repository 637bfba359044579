#pragma once
#include "protocol/ids.h"
#include "storage/async/async.h"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <vector>

namespace splot::storage {
class Connection;
}

namespace splot::storage::demonstration {

/// One hub loads or empties the world at a time: the others wait here, for as long as the connection lives.
Async<std::shared_ptr<Connection>> lock_loading(boost::asio::io_context& io, std::string conninfo);

/// As the owner of the database: removes every row but the migrations and the row that says it is a demonstration, and
/// gives the keys of the sealed channels that there were. Runs in one transaction. Refused by the database itself when
/// it is no demonstration: DatabaseError.
Async<std::vector<KeyId>> empty(boost::asio::io_context& io, std::string conninfo);

} // namespace splot::storage::demonstration
