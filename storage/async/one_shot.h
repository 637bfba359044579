#pragma once
#include "storage/async/async.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace splot {

/// A value that another part of the program will give once. Used on one thread: whoever gives it from elsewhere posts.
/// It must outlive its wait.
template <class T> class OneShot {
public:
    /// Resumes who waits, at once, on this thread.
    void set(T value) {
        value_ = std::move(value);
        if (auto waiting = std::move(waiting_)) waiting->resume();
    }

    Async<T> wait() {
        if (!value_) co_await park();
        co_return std::move(*value_);
    }

private:
    struct Waiting {
        virtual ~Waiting() = default;
        virtual void resume() = 0;
    };
    template <class Handler> struct Parked final : Waiting {
        explicit Parked(Handler h) : handler(std::move(h)) {}
        void resume() override { std::move(handler)(); }
        Handler handler;
    };

    Async<void> park() {
        return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(
            [this]<class Handler>(Handler handler) {
                waiting_ = std::make_unique<Parked<Handler>>(std::move(handler));
            },
            boost::asio::use_awaitable);
    }

    std::unique_ptr<Waiting> waiting_;
    std::optional<T> value_;
};

} // namespace splot
