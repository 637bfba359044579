#pragma once
#include <boost/asio/awaitable.hpp>

#include <utility>
#include <vector>

namespace splot {

/// A coroutine. It stays on the thread of its executor for its whole life (one io_context per thread).
template <class T> using Async = boost::asio::awaitable<T>;

/// One element as a list: g++ 12 does not take a braced list inside a co_await expression.
template <class T> std::vector<T> just(T one) { return std::vector<T>(1, std::move(one)); }

} // namespace splot
