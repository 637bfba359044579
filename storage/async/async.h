#pragma once
#include <boost/asio/awaitable.hpp>

namespace splot {

/// A coroutine. It stays on the thread of its executor for its whole life (one io_context per thread).
template <class T>
using Async = boost::asio::awaitable<T>;

} // namespace splot
