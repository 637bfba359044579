#pragma once
#include "tests/faults/history.h"
#include "tests/faults/stage.h"

#include <atomic>
#include <random>
#include <thread>

namespace splot::faults {

/// Writers and readers under whose hands processes are killed; records what they asked and were told. They live on a
/// thread of their own.
class Fleet {
public:
    struct Size {
        int writers = 20, live_readers = 2, resuming_readers = 2;
    };
    Fleet(Stage& stage, std::vector<Room> rooms, Size size, std::uint64_t seed);
    ~Fleet();

    /// Returns when every reader has opened every room; from then on writers write.
    void start();
    /// Returns once `count` more calls were acknowledged; false when that does not happen within a minute.
    bool await_acknowledged(std::uint64_t count);
    /// Writers finish what they asked; returns when the last one has its answer.
    void stop_writing();
    /// Readers read until each has seen so many events of each channel (or for a minute); then they leave.
    void finish_reading(const std::map<std::string, std::size_t>& events);

    /// After `finish_reading`: what happened.
    History take() { return std::move(history_); }
    /// What no writer or reader should ever be told; empty when all is well.
    const std::vector<std::string>& surprises() const { return surprises_; }
    std::uint64_t acknowledged() const { return acknowledged_; }
    std::uint64_t reconnects() const { return reconnects_; }
    /// Acknowledged openings of a sealed room: each must have left a row in its chain.
    const std::map<std::string, std::size_t>& looks() const { return looks_; }

private:
    struct Own; ///< a message that its writer knows
    struct Writing;
    struct Reading;

    client::ClientSettings settings(int attempt, std::string cookie) const;

    Async<void> write(int number, std::string cookie);
    Operation next_operation(Writing& me);
    Async<void> settle(Writing& me, std::size_t at);
    Async<client::Reply<Made>> ask(Writing& me, const Operation& operation, std::string id);
    void conclude(Writing& me, Operation& operation, const client::Reply<Made>& reply);

    Async<void> read(std::size_t number, std::string cookie, bool resumes);
    Async<bool> open_all(client::Client& client, Reading& me);
    Async<bool> resume_all(client::Client& client, Reading& me);
    Async<void> follow(client::Client& client, Reading& me);
    void take_opened(Reading& me, const Opened& opened);
    void take_event(Reading& me, const Event& event);
    bool has_seen_all(const Reading& me) const;

    Async<void> pause(std::chrono::milliseconds time);
    void surprise(std::string what);

    Stage& stage_;
    std::vector<Room> rooms_;
    Size size_;
    std::uint64_t seed_;
    boost::asio::io_context io_{1};
    std::thread thread_;

    // On the fleet's thread; read by others after it ended.
    History history_;
    Tick now_ = 0;
    std::vector<std::string> surprises_;
    std::map<std::string, std::size_t> looks_;
    std::map<std::string, std::size_t> expected_;

    std::atomic<std::uint64_t> acknowledged_{0}, reconnects_{0};
    std::atomic<int> writing_{0}, reading_{0}, ready_{0};
    std::atomic<bool> may_write_{false}, stopping_{false}, finishing_{false}, leaving_{false};
};

} // namespace splot::faults
