#pragma once
#include <boost/asio/compose.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <span>

struct ssl_st;
struct ssl_ctx_st;

namespace splot {

/// A connection, with TLS or without: Asio's AsyncStream, server side. OpenSSL reads and writes the socket itself and
/// gives its buffers back when idle, so that an idle connection costs about 20 KiB (asio::ssl::stream: 70).
///
/// At most one read and one write at a time; after an error or `abort` the stream is only good for destroying.
class TlsStream {
public:
    using executor_type = boost::asio::io_context::executor_type;
    using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, executor_type>;
    using ErrorCode = boost::system::error_code;

    /// Plain TCP when `context` is null.
    TlsStream(Socket socket, std::shared_ptr<ssl_ctx_st> context);
    ~TlsStream();
    TlsStream(TlsStream&&) = delete;

    executor_type get_executor() noexcept { return socket_.get_executor(); }
    Socket& socket() { return socket_; }
    bool is_tls() const { return tls_ != nullptr; }
    /// Bytes that came in so far, decrypted: how a sweep sees whether a peer is silent.
    std::uint64_t received() const { return received_; }
    /// Whether `async_linger` is under way.
    bool is_lingering() const { return lingering_; }

    /// TLS only. Calls back with an error code.
    template <class Token> auto async_handshake(Token&& token);
    template <class Buffers, class Token> auto async_read_some(const Buffers& buffers, Token&& token);
    template <class Buffers, class Token> auto async_write_some(const Buffers& buffers, Token&& token);
    /// Says that nothing more will be sent, then throws away what comes until the peer closes: closing at once could
    /// destroy the last bytes that were sent. Takes as long as the peer likes, so `abort` after a while.
    template <class Token> auto async_linger(Token&& token);

    /// Closes the socket; what waits ends with an error.
    void abort() noexcept;

private:
    enum class Wants : std::uint8_t { nothing, to_read, to_write };
    struct Attempt {
        Wants wants = Wants::nothing;
        ErrorCode error = {};
        std::size_t bytes = 0;
    };
    static constexpr std::size_t most_parts = 64;
    using Parts = std::span<boost::asio::const_buffer>; ///< none of them empty
    struct FreeTls {
        void operator()(ssl_st* tls) const;
    };
    template <class Try> struct Operation;
    template <class Buffers> struct Reading;
    template <class Buffers> struct Writing;
    struct Handshaking;
    struct Lingering;

    Attempt try_handshake();
    Attempt try_read(void* data, std::size_t size);
    Attempt try_write(Parts parts);
    Attempt try_linger();
    Attempt write_record(Parts parts);
    Attempt write_plain(Parts parts);
    Attempt after_tls(int result);

    template <class Signature, class Try, class Token> auto start(Try attempt, Token&& token);

    Socket socket_;
    std::unique_ptr<ssl_st, FreeTls> tls_;
    std::uint64_t received_ = 0;
    bool lingering_ = false;
};

// ---- how the operations run: try, wait until the socket is ready, try again -------------------------------------

template <class Try> struct TlsStream::Operation {
    TlsStream& stream;
    Try attempt;
    Attempt outcome = {};
    enum class State : std::uint8_t { starting, waiting, posted } state = State::starting;

    template <class Self> void operator()(Self& self, ErrorCode error = {}) {
        if (state == State::posted) return attempt.complete(self, outcome);
        if (state == State::waiting && error) {
            outcome.error = error;
            return attempt.complete(self, outcome);
        }
        outcome = stream.socket_.is_open() ? attempt(stream)
                                           : Attempt{Wants::nothing, boost::asio::error::operation_aborted, 0};
        if (outcome.wants == Wants::nothing) {
            if (state == State::waiting) return attempt.complete(self, outcome);
            state = State::posted; // a handler never runs from within the call that started it
            return boost::asio::post(std::move(self));
        }
        state = State::waiting;
        auto& socket = stream.socket_;
        socket.async_wait(outcome.wants == Wants::to_read ? Socket::wait_read : Socket::wait_write, std::move(self));
    }
};

template <class Buffers> struct TlsStream::Reading {
    Buffers buffers;
    Attempt operator()(TlsStream& stream) const {
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto it = boost::asio::buffer_sequence_begin(buffers); it != end; ++it) {
            const boost::asio::mutable_buffer buffer(*it);
            if (buffer.size() != 0) return stream.try_read(buffer.data(), buffer.size());
        }
        return {};
    }
    template <class Self> void complete(Self& self, const Attempt& outcome) {
        self.complete(outcome.error, outcome.bytes);
    }
};

template <class Buffers> struct TlsStream::Writing {
    Buffers buffers;
    Attempt operator()(TlsStream& stream) const {
        std::array<boost::asio::const_buffer, most_parts> parts;
        std::size_t count = 0;
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto it = boost::asio::buffer_sequence_begin(buffers); it != end && count != parts.size(); ++it) {
            const boost::asio::const_buffer buffer(*it);
            if (buffer.size() != 0) parts[count++] = buffer;
        }
        return count == 0 ? Attempt{} : stream.try_write(Parts(parts.data(), count));
    }
    template <class Self> void complete(Self& self, const Attempt& outcome) {
        self.complete(outcome.error, outcome.bytes);
    }
};

struct TlsStream::Handshaking {
    Attempt operator()(TlsStream& stream) const { return stream.try_handshake(); }
    template <class Self> void complete(Self& self, const Attempt& outcome) { self.complete(outcome.error); }
};

struct TlsStream::Lingering {
    Attempt operator()(TlsStream& stream) const { return stream.try_linger(); }
    template <class Self> void complete(Self& self, const Attempt& outcome) { self.complete(outcome.error); }
};

template <class Signature, class Try, class Token> auto TlsStream::start(Try attempt, Token&& token) {
    return boost::asio::async_compose<Token, Signature>(Operation<Try>{*this, std::move(attempt)}, token, socket_);
}

template <class Token> auto TlsStream::async_handshake(Token&& token) {
    return start<void(ErrorCode)>(Handshaking{}, std::forward<Token>(token));
}
template <class Buffers, class Token> auto TlsStream::async_read_some(const Buffers& buffers, Token&& token) {
    return start<void(ErrorCode, std::size_t)>(Reading<Buffers>{buffers}, std::forward<Token>(token));
}
template <class Buffers, class Token> auto TlsStream::async_write_some(const Buffers& buffers, Token&& token) {
    return start<void(ErrorCode, std::size_t)>(Writing<Buffers>{buffers}, std::forward<Token>(token));
}
template <class Token> auto TlsStream::async_linger(Token&& token) {
    return start<void(ErrorCode)>(Lingering{}, std::forward<Token>(token));
}

} // namespace splot
