#include "storage/postgres/pool.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <deque>
#include <random>

namespace splot::storage {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds first_pause{50};
constexpr std::chrono::milliseconds longest_pause{5000};

struct SetWhile {
    explicit SetWhile(bool& to_set) : flag(to_set) { flag = true; }
    ~SetWhile() { flag = false; }
    bool& flag;
};

} // namespace

/// Outlives the Pool while a coroutine is inside `acquire`.
struct Pool::State : std::enable_shared_from_this<State> {
    State(boost::asio::io_context& executor, ConnectOptions connect_options) :
        io(executor), options(std::move(connect_options)), free_slots(options.size) {}

    struct Waiter;
    struct Slot;

    void refuse() const;
    void note_failure();
    void note_success();
    void give_slot();
    Async<void> take_slot();
    Async<std::unique_ptr<Connection>> take_idle();
    Async<std::unique_ptr<Connection>> connect();

    boost::asio::io_context& io;
    ConnectOptions options;
    std::size_t free_slots; ///< a slot is the right to hold one connection, idle or new
    std::vector<std::unique_ptr<Connection>> idle;
    std::deque<Waiter*> waiters;
    std::uint64_t statements = 0;
    bool closed = false;

    bool away = false;
    bool probing = false; ///< somebody is trying whether the database is back
    Clock::time_point retry_at{};
    std::chrono::milliseconds pause = first_pause;
    std::minstd_rand random{std::random_device{}()};
};

/// One coroutine in the queue; lives in its frame and leaves the queue with it, also when it is cancelled.
struct Pool::State::Waiter {
    explicit Waiter(State& state) : pool(state), signal(state.io, state.options.acquire_within) {
        pool.waiters.push_back(this);
    }
    ~Waiter() {
        if (!has_slot)
            std::erase(pool.waiters, this);
        else if (!is_taken)
            pool.give_slot();
    }

    State& pool;
    boost::asio::steady_timer signal;
    bool has_slot = false;
    bool is_taken = false;
};

/// Gives the slot back unless a lease took it over.
struct Pool::State::Slot {
    explicit Slot(State& state) : pool(&state) {}
    ~Slot() {
        if (pool) pool->give_slot();
    }
    State* pool;
};

void Pool::State::refuse() const {
    if (closed) throw DatabaseGone("the pool is closed");
    if (away && (probing || Clock::now() < retry_at)) throw DatabaseGone("the database is away");
}

void Pool::State::note_failure() {
    away = true;
    const auto now = Clock::now();
    if (now < retry_at) return; // several failed together: one step
    retry_at = now + std::chrono::milliseconds(
                         std::uniform_int_distribution<std::int64_t>(pause.count() / 2, pause.count())(random));
    pause = std::min(pause * 2, longest_pause);
}

void Pool::State::note_success() {
    away = false;
    pause = first_pause;
}

void Pool::State::give_slot() {
    if (waiters.empty()) {
        ++free_slots;
        return;
    }
    Waiter& next = *waiters.front();
    waiters.pop_front();
    next.has_slot = true;
    next.signal.cancel();
}

Async<void> Pool::State::take_slot() {
    if (free_slots > 0) {
        --free_slots;
        co_return;
    }
    Waiter waiter(*this);
    boost::system::error_code error;
    co_await waiter.signal.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, error));
    if (!waiter.has_slot) {
        if (error && !closed) throw boost::system::system_error(error); // cancelled
        throw DatabaseGone(closed ? "the pool is closed" : "no free connection in time");
    }
    waiter.is_taken = true;
}

/// The youngest idle connection that still lives; its rollback, if one is under way, is waited for.
Async<std::unique_ptr<Connection>> Pool::State::take_idle() {
    while (!idle.empty()) {
        auto connection = std::move(idle.back());
        idle.pop_back();
        if (!connection->is_alive()) continue;
        try {
            co_await connection->settle();
            co_return connection;
        } catch (const DatabaseGone&) {
            // the next one, then
        } catch (const DatabaseError&) {
            // a rollback that failed: not a connection to lend again
        }
    }
    co_return nullptr;
}

Async<std::unique_ptr<Connection>> Pool::State::connect() {
    refuse();
    bool not_away = false;
    const SetWhile trying(away ? probing : not_away);
    try {
        auto connection = co_await Connection::open(io, options);
        note_success();
        co_return connection;
    } catch (const DatabaseGone&) {
        note_failure();
        throw;
    }
}

Pool::Pool(boost::asio::io_context& io, ConnectOptions options) :
    state_(std::make_shared<State>(io, std::move(options))) {}

Pool::~Pool() { close(); }

Async<Lease> Pool::acquire() {
    const auto state = state_;
    state->refuse();
    co_await state->take_slot();
    State::Slot slot(*state);
    auto connection = co_await state->take_idle();
    if (!connection) connection = co_await state->connect();
    if (state->closed) throw DatabaseGone("the pool is closed");
    slot.pool = nullptr;
    co_return Lease(state, std::move(connection));
}

void Pool::close() {
    state_->closed = true;
    state_->idle.clear();
    for (auto* waiter : state_->waiters)
        waiter->signal.cancel();
}

bool Pool::is_away() const { return state_->away; }
std::size_t Pool::idle() const { return state_->idle.size(); }
std::size_t Pool::lent() const { return state_->options.size - state_->free_slots; }
std::size_t Pool::waiting() const { return state_->waiters.size(); }
std::uint64_t Pool::statements() const { return state_->statements; }

Lease::Lease(std::weak_ptr<Pool::State> pool, std::unique_ptr<Connection> connection) :
    pool_(std::move(pool)), connection_(std::move(connection)), statements_before_(connection_->statements()) {}

Lease& Lease::operator=(Lease&& other) noexcept {
    if (this == &other) return *this;
    give_back();
    pool_ = std::move(other.pool_);
    connection_ = std::move(other.connection_);
    statements_before_ = other.statements_before_;
    return *this;
}

Lease::~Lease() { give_back(); }

void Lease::give_back() {
    if (!connection_) return;
    auto connection = std::exchange(connection_, nullptr);
    const auto pool = pool_.lock();
    if (!pool) return;
    pool->statements += connection->statements() - statements_before_;
    connection->abandon();
    if (!pool->closed && !connection->is_lost()) pool->idle.push_back(std::move(connection));
    pool->give_slot();
}

} // namespace splot::storage
