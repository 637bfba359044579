#include "hub/server/tls_stream.h"

#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace splot {
namespace {

constexpr std::size_t record = 16 * 1024; ///< the most that one TLS record carries

/// Unsent bytes kept in the kernel for one peer: what waits longer waits in our queue, where it is counted.
constexpr int unsent = 128 * 1024;

boost::system::error_code system_error(int error) { return {error, boost::system::system_category()}; }

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

} // namespace

void TlsStream::FreeTls::operator()(ssl_st* tls) const { SSL_free(tls); }

TlsStream::TlsStream(Socket socket, std::shared_ptr<ssl_ctx_st> context) : socket_(std::move(socket)) {
    ErrorCode ignored; // a socket that is gone already tells on its first use
    socket_.non_blocking(true, ignored);
    socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    const int fd = socket_.native_handle();
    ::setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
    if (!context) return;
    tls_.reset(SSL_new(context.get())); // holds the context from here on
    if (!tls_ || SSL_set_fd(tls_.get(), fd) != 1) throw std::bad_alloc();
    SSL_set_accept_state(tls_.get());
    SSL_set_mode(tls_.get(),
                 SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

TlsStream::~TlsStream() { abort(); }

void TlsStream::abort() noexcept {
    ErrorCode ignored;
    socket_.close(ignored);
}

/// What the last call of OpenSSL on this stream meant. The error queue was empty before the call.
TlsStream::Attempt TlsStream::after_tls(int result) {
    const int error = errno;
    switch (SSL_get_error(tls_.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return {Wants::to_read};
    case SSL_ERROR_WANT_WRITE:
        return {Wants::to_write};
    case SSL_ERROR_ZERO_RETURN:
        return {Wants::nothing, boost::asio::error::eof};
    case SSL_ERROR_SYSCALL:
        ERR_clear_error();
        return {Wants::nothing, error != 0 ? system_error(error) : ErrorCode(boost::asio::error::eof)};
    default:
        ERR_clear_error();
        return {Wants::nothing, make_error_code(boost::system::errc::protocol_error)};
    }
}

TlsStream::Attempt TlsStream::try_handshake() {
    ERR_clear_error();
    errno = 0;
    const int result = SSL_do_handshake(tls_.get());
    return result == 1 ? Attempt{} : after_tls(result);
}

TlsStream::Attempt TlsStream::try_read(void* data, std::size_t size) {
    Attempt attempt;
    if (tls_) {
        ERR_clear_error();
        errno = 0;
        const int result = SSL_read_ex(tls_.get(), data, size, &attempt.bytes);
        if (result != 1) return after_tls(result);
    } else {
        const ssize_t got = ::recv(socket_.native_handle(), data, size, 0);
        if (got < 0) return would_block(errno) ? Attempt{Wants::to_read} : Attempt{Wants::nothing, system_error(errno)};
        if (got == 0) return {Wants::nothing, boost::asio::error::eof};
        attempt.bytes = static_cast<std::size_t>(got);
    }
    received_ += attempt.bytes;
    return attempt;
}

/// One record from the front of the parts. Small parts are joined first: a record each would cost more than the copy.
/// When a record could not leave, OpenSSL keeps it and wants the same bytes again, wherever they lie then.
TlsStream::Attempt TlsStream::write_record(Parts parts) {
    thread_local std::array<char, record> joined;
    const void* data = parts.front().data();
    std::size_t size = parts.front().size();
    if (size < record && parts.size() > 1) {
        data = joined.data();
        size = 0;
        for (const auto& part : parts) {
            const std::size_t some = std::min(part.size(), record - size);
            std::memcpy(joined.data() + size, part.data(), some);
            size += some;
        }
    }
    Attempt attempt;
    ERR_clear_error();
    errno = 0;
    const int result = SSL_write_ex(tls_.get(), data, size, &attempt.bytes);
    return result == 1 ? attempt : after_tls(result);
}

TlsStream::Attempt TlsStream::try_write(Parts parts) {
    if (!tls_) return write_plain(parts);
    Attempt whole;
    while (!parts.empty()) {
        const Attempt one = write_record(parts);
        if (one.wants != Wants::nothing || one.error) return whole.bytes != 0 ? whole : one; // said again next time
        whole.bytes += one.bytes;
        for (std::size_t left = one.bytes; left != 0;) {
            const std::size_t some = std::min(left, parts.front().size());
            parts.front() += some;
            left -= some;
            if (parts.front().size() == 0) parts = parts.subspan(1);
        }
    }
    return whole;
}

TlsStream::Attempt TlsStream::write_plain(Parts parts) {
    std::array<iovec, most_parts> vectors;
    for (std::size_t i = 0; i < parts.size(); ++i)
        vectors[i] = {const_cast<void*>(parts[i].data()), parts[i].size()};
    msghdr message = {};
    message.msg_iov = vectors.data();
    message.msg_iovlen = parts.size();
    const ssize_t sent = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL);
    if (sent < 0) return would_block(errno) ? Attempt{Wants::to_write} : Attempt{Wants::nothing, system_error(errno)};
    return {Wants::nothing, {}, static_cast<std::size_t>(sent)};
}

TlsStream::Attempt TlsStream::try_linger() {
    const int fd = socket_.native_handle();
    if (!lingering_) {
        lingering_ = true;
        ERR_clear_error();
        // Best effort: a full send buffer or an unfinished handshake only means that the peer sees the end of TCP.
        if (tls_ && SSL_is_init_finished(tls_.get())) SSL_shutdown(tls_.get());
        ERR_clear_error();
        ::shutdown(fd, SHUT_WR);
    }
    thread_local std::array<char, record> thrown_away;
    const ssize_t got = ::recv(fd, thrown_away.data(), thrown_away.size(), 0);
    if (got == 0) return {};
    if (got < 0 && !would_block(errno)) return {Wants::nothing, system_error(errno)};
    return {Wants::to_read};
}

} // namespace splot
