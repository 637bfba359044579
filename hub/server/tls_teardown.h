#pragma once
#include "hub/server/tls_stream.h"

#include <boost/beast/core/role.hpp>

/// What Beast's WebSocket needs to know of our stream; found by argument-dependent lookup.
namespace splot {

inline void beast_close_socket(TlsStream& stream) { stream.abort(); }

template <class Handler> void async_teardown(boost::beast::role_type, TlsStream& stream, Handler&& handler) {
    stream.async_linger(std::forward<Handler>(handler));
}

inline void teardown(boost::beast::role_type, TlsStream& stream, boost::system::error_code& error) {
    stream.abort(); // only Beast's blocking calls come here; the hub makes none
    error = {};
}

} // namespace splot
