// Asio's TLS, compiled once (BOOST_ASIO_SEPARATE_COMPILATION); the hub has its own TLS stream.
#include <boost/asio/ssl/impl/src.hpp>
