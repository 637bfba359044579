#pragma once
#include <boost/asio/io_context.hpp>

#include <cstddef>
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

private:
    boost::asio::io_context io_{1};
    std::size_t index_;
};

/// All shards and their threads. `stop` returns when every thread has left its loop.
class Shards {
public:
    explicit Shards(std::size_t count);
    ~Shards();
    std::size_t size() const { return shards_.size(); }
    Shard& operator[](std::size_t index) { return *shards_[index]; }
    /// The shard that orders a stream: the same on every call.
    Shard& home_of(std::uint64_t key) { return *shards_[key % shards_.size()]; }
    void start();
    void stop();

private:
    std::vector<std::unique_ptr<Shard>> shards_;
    std::vector<std::jthread> threads_;
};

} // namespace splot
