#pragma once
#include "clients/cli/connection.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>

#include <mutex>
#include <optional>

namespace splot::client {

class Trust {
public:
    explicit Trust(const std::string& ca_file);
    ~Trust();
    boost::asio::ssl::context& context() { return context_; }
    /// Offers the last session to a new connection.
    void offer_session(SSL* tls);
    void keep_session(SSL_SESSION* session);

private:
    boost::asio::ssl::context context_;
    std::mutex mutex_;
    SSL_SESSION* last_ = nullptr;
};

/// TCP with or without TLS, as one AsyncStream, so that HTTP and WebSocket are compiled once.
class Stream {
public:
    using executor_type = boost::asio::ip::tcp::socket::executor_type;
    using ErrorCode = boost::system::error_code;

    explicit Stream(executor_type executor) : socket_(std::move(executor)) {}
    executor_type get_executor() noexcept { return socket_.get_executor(); }
    boost::asio::ip::tcp::socket& socket() { return socket_; }
    void use_tls(boost::asio::ssl::context& context) { tls_.emplace(socket_, context); }
    bool is_tls() const { return tls_.has_value(); }
    auto& tls() { return *tls_; }

    template <class Buffers, class Token> auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(ErrorCode, std::size_t)>(
            [this](auto handler, const Buffers& into) {
                if (tls_)
                    tls_->async_read_some(into, std::move(handler));
                else
                    socket_.async_read_some(into, std::move(handler));
            },
            token, buffers);
    }
    template <class Buffers, class Token> auto async_write_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(ErrorCode, std::size_t)>(
            [this](auto handler, const Buffers& from) {
                if (tls_)
                    tls_->async_write_some(from, std::move(handler));
                else
                    socket_.async_write_some(from, std::move(handler));
            },
            token, buffers);
    }
    void abort() {
        ErrorCode ignored;
        // Else OpenSSL takes the missing goodbye for an attack and forgets the session that could be resumed.
        if (tls_) SSL_set_shutdown(tls_->native_handle(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
        socket_.close(ignored);
    }

private:
    boost::asio::ip::tcp::socket socket_;
    std::optional<boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>> tls_;
};

} // namespace splot::client
