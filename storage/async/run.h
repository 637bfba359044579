#pragma once
#include "storage/async/async.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace splot {

/// Runs what the io_context has to do, on this thread, until `is_done()`. For start-up and tests: nobody else may be
/// running this io_context.
template <class Predicate> void run_until(boost::asio::io_context& io, Predicate is_done) {
    io.restart();
    while (!is_done())
        if (io.run_one() == 0) throw std::logic_error("nothing is left to do, and it is not done");
}

/// Runs a coroutine to its end on this thread, and whatever else the io_context has to do meanwhile.
inline void run(boost::asio::io_context& io, Async<void> coroutine) {
    std::exception_ptr error;
    bool is_done = false;
    boost::asio::co_spawn(io, std::move(coroutine), [&](std::exception_ptr failure) {
        error = std::move(failure);
        is_done = true;
    });
    run_until(io, [&] { return is_done; });
    if (error) std::rethrow_exception(error);
}

namespace detail {

template <class T> Async<void> store(Async<T> coroutine, std::optional<T>& result) {
    result.emplace(co_await std::move(coroutine));
}

} // namespace detail

template <class T> T run(boost::asio::io_context& io, Async<T> coroutine) {
    std::optional<T> result;
    run(io, detail::store(std::move(coroutine), result));
    return *std::move(result);
}

} // namespace splot
