#include "storage/postgres/notifications.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cassert>

namespace splot::storage {

/// Shared by the owner and the coroutine, which ends soon after the owner stopped it.
struct Notifications::State {
    State(boost::asio::io_context& executor, ConnectOptions connect_options, const std::string& channel,
          Callbacks owner) :
        io(executor),
        options(std::move(connect_options)), callbacks(std::move(owner)), pause(executor), listen("LISTEN " + channel) {
    }

    static Async<void> run(std::shared_ptr<State> state);
    Async<void> listen_until_lost();

    boost::asio::io_context& io;
    ConnectOptions options;
    Callbacks callbacks;
    boost::asio::steady_timer pause;
    std::string listen;
    std::unique_ptr<Connection> connection;
    std::chrono::milliseconds backoff{50};
    bool stopped = false;
};

Async<void> Notifications::State::listen_until_lost() {
    connection = co_await Connection::open(io, options);
    if (stopped) co_return;
    connection->queue_encoded(Query{"notifications.listen", listen.c_str()}, Params{});
    co_await connection->flush();
    backoff = std::chrono::milliseconds(50);
    if (!stopped) callbacks.connected();
    while (!stopped) {
        const auto heard = co_await connection->notifications();
        for (const auto& notification : heard)
            if (!stopped) callbacks.heard(notification);
    }
}

Async<void> Notifications::State::run(std::shared_ptr<State> state) {
    while (!state->stopped) {
        const bool was_connected = state->connection != nullptr;
        try {
            co_await state->listen_until_lost();
        } catch (const DatabaseGone&) {
            // said below, and tried again
        } catch (const DatabaseError&) {
            // LISTEN itself was refused, e.g. while the server is in recovery
        }
        if (state->stopped) break;
        if (std::exchange(state->connection, nullptr) || was_connected) state->callbacks.lost();
        state->pause.expires_after(state->backoff);
        state->backoff = std::min(state->backoff * 2, std::chrono::milliseconds(5000));
        boost::system::error_code woken;
        co_await state->pause.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
    }
    state->connection.reset();
}

Notifications::Notifications(boost::asio::io_context& io, ConnectOptions options, std::string channel,
                             Callbacks callbacks) {
    assert(channel.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos);
    state_ = std::make_shared<State>(io, std::move(options), channel, std::move(callbacks));
    boost::asio::co_spawn(io, State::run(state_), [](const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error); // a bug in a callback: out of io_context::run
    });
}

Notifications::~Notifications() {
    state_->stopped = true;
    if (state_->connection) state_->connection->close();
    state_->pause.cancel();
}

} // namespace splot::storage
