#pragma once
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace splot {

/// One thread with its own io_context, its connections, its subscriptions and its database connections. Nothing that
/// runs on one shard touches another's memory: work crosses by `boost::asio::post(other.io(), …)`.
class Shard {
public:
    explicit Shard(std::size_t index) : index_(index) {}
    boost::asio::io_context& io() { return io_; }
    std::size_t index() const { return index_; }
    /// Destroys what still waits here. After the threads have gone, on every shard before any of them is destroyed:
    /// what waits on one shard may own timers and sockets of another.
    void forget_waiting() { io_.shutdown(); }

private:
    struct Io : boost::asio::io_context {
        Io() : io_context(1) {}
        using io_context::shutdown;
    };
    Io io_;
    std::size_t index_;
};

/// All shards and their threads. An exception that leaves a handler ends the program: handlers catch their own.
class Shards {
public:
    explicit Shards(std::size_t count);
    ~Shards();
    std::size_t size() const { return shards_.size(); }
    Shard& operator[](std::size_t index) { return *shards_[index]; }
    /// The shard that orders a stream: the same on every call.
    Shard& home_of(std::uint64_t key) { return *shards_[key % shards_.size()]; }
    void start();
    /// Returns when every thread has left its loop; what was waiting on the shards is not run any more.
    void stop();

private:
    using Work = boost::asio::executor_work_guard<boost::asio::io_context::executor_type>;

    std::vector<std::unique_ptr<Shard>> shards_;
    std::vector<Work> work_; ///< keeps a shard's loop alive while it has nothing to do
    std::vector<std::jthread> threads_;
};

} // namespace splot
