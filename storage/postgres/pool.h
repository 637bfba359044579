#pragma once
#include "storage/postgres/connection.h"

namespace splot::storage {

class Lease;

/// The database connections of one shard; used from that shard's thread only. Connections are made when first needed
/// and replaced when they died. While the database is away, `acquire` fails at once and tries again only after
/// 50 ms … 5 s, so it heals by itself.
class Pool {
public:
    Pool(boost::asio::io_context& io, ConnectOptions options);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// First come, first served. Throws DatabaseGone: no server, or all connections busy for `acquire_within`.
    Async<Lease> acquire();
    /// Closes what is idle and refuses from now on; what is lent is closed when it comes back.
    void close();

    /// The last attempt to connect failed.
    bool is_away() const;
    std::size_t idle() const;
    std::size_t lent() const;
    std::size_t waiting() const;
    /// Statements that finished leases ran; BEGIN, COMMIT and ROLLBACK are not counted.
    std::uint64_t statements() const;

private:
    friend class Lease;
    struct State;
    std::shared_ptr<State> state_;
};

/// A connection that is ours until the lease ends. An open transaction is rolled back then, at once.
class Lease {
public:
    Lease() = default;
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&& other) noexcept;
    ~Lease();

    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }
    explicit operator bool() const { return connection_ != nullptr; }

private:
    friend class Pool;
    Lease(std::weak_ptr<Pool::State> pool, std::unique_ptr<Connection> connection);
    void give_back();

    std::weak_ptr<Pool::State> pool_;
    std::unique_ptr<Connection> connection_;
    std::uint64_t statements_before_ = 0;
};

} // namespace splot::storage
