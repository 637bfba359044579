#include "tests/bench/crowd.h"

#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace splot::bench {
namespace {

constexpr std::uint8_t text_frame = 1, close_frame = 8, ping_frame = 9, pong_frame = 10;

} // namespace

// ---- one connection

Peer::~Peer() { cut(); }

void Peer::connect(std::uint16_t port) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd_ < 0) throw std::runtime_error("no socket: raise the limit of open files");
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(fd_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    sockaddr_in from{}, to{};
    from.sin_family = to.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(0x7F000101 + crowd_.source_++ % 16); // ports of one address run out at 28,000
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(port);
    ::bind(fd_, reinterpret_cast<sockaddr*>(&from), sizeof from);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0 && errno != EINPROGRESS)
        throw std::runtime_error("cannot connect");
    tls_ = SSL_new(crowd_.tls_);
    SSL_set_fd(tls_, fd_);
    SSL_set_connect_state(tls_);
    SSL_set_tlsext_host_name(tls_, "localhost");
    state_ = State::connecting;
    watching_writes_ = true;
    epoll_event event{EPOLLIN | EPOLLOUT, {.ptr = this}};
    ::epoll_ctl(crowd_.poll_, EPOLL_CTL_ADD, fd_, &event);
}

void Peer::cut() {
    if (fd_ < 0) return;
    const linger now{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    SSL_free(tls_);
    ::close(fd_);
    fd_ = -1;
    tls_ = nullptr;
    in_ = out_ = {};
}

void Peer::lose() {
    cut();
    on_lost();
}

void Peer::ready(std::uint32_t events) {
    if (state_ == State::connecting) state_ = State::shaking;
    if (state_ == State::shaking && !shake()) return;
    if (events & EPOLLOUT) flush();
    if (fd_ >= 0) read();
}

bool Peer::shake() {
    ERR_clear_error();
    const int result = SSL_do_handshake(tls_);
    if (result == 1) {
        state_ = State::http;
        watch(false);
        on_handshake();
        return fd_ >= 0;
    }
    const int error = SSL_get_error(tls_, result);
    if (error == SSL_ERROR_WANT_READ)
        watch(false);
    else if (error == SSL_ERROR_WANT_WRITE)
        watch(true);
    else
        lose();
    return false;
}

void Peer::read() {
    auto& buffer = crowd_.buffer_;
    for (;;) {
        ERR_clear_error();
        std::size_t got = 0;
        const int result = SSL_read_ex(tls_, buffer.data(), buffer.size(), &got);
        if (result != 1) {
            if (SSL_get_error(tls_, result) != SSL_ERROR_WANT_READ) lose();
            return;
        }
        take({buffer.data(), got});
        if (fd_ < 0) return;
    }
}

/// Whole answers and frames go on; what is left is kept.
void Peer::take(std::string_view bytes) {
    std::string joined;
    if (!in_.empty()) {
        joined = std::move(in_);
        joined += bytes;
        bytes = joined;
        in_.clear();
    }
    for (;;) {
        const auto used = state_ == State::frames ? take_frame(bytes) : take_http(bytes);
        if (fd_ < 0) return;
        if (used == 0) break;
        bytes.remove_prefix(used);
    }
    in_ = bytes;
}

std::size_t Peer::take_http(std::string_view bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos || bytes.size() < 12) return 0;
    const auto status = static_cast<unsigned>(std::atoi(bytes.data() + 9));
    std::size_t length = 0;
    for (const std::string_view name : {"\r\nContent-Length: ", "\r\ncontent-length: "})
        if (const auto at = bytes.substr(0, end).find(name); at != std::string_view::npos)
            length = static_cast<std::size_t>(std::atol(bytes.data() + at + name.size()));
    if (bytes.size() < end + 4 + length) return 0;
    if (status == 101) state_ = State::frames;
    on_http(status, bytes.substr(end + 4, length));
    return end + 4 + length;
}

std::size_t Peer::take_frame(std::string_view bytes) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
    if (bytes.size() < 2) return 0;
    std::size_t header = 2, length = byte(1);
    const std::size_t more = length == 127 ? 8 : length == 126 ? 2 : 0;
    if (bytes.size() < header + more) return 0;
    if (more) length = 0;
    for (std::size_t i = 0; i < more; ++i)
        length = length << 8 | byte(header + i);
    header += more;
    if (bytes.size() < header + length) return 0;
    const auto payload = bytes.substr(header, length);
    switch (byte(0) & 0x0F) {
    case text_frame:
        on_text(payload);
        break;
    case ping_frame:
        send_frame(pong_frame, payload);
        break;
    case close_frame:
        lose();
        break;
    default:
        break;
    }
    return header + length;
}

void Peer::send_text(std::string_view text) { send_frame(text_frame, text); }

/// Masked with zeros: RFC 6455 asks for a mask, and nobody guesses here.
void Peer::send_frame(std::uint8_t opcode, std::string_view payload) {
    std::string frame(1, static_cast<char>(0x80 | opcode));
    if (payload.size() < 126) {
        frame += static_cast<char>(0x80 | payload.size());
    } else {
        frame += static_cast<char>(0x80 | 126);
        frame += static_cast<char>(payload.size() >> 8);
        frame += static_cast<char>(payload.size() & 0xFF);
    }
    frame.append(4, '\0');
    frame += payload;
    send_bytes(frame);
}

void Peer::send_bytes(std::string_view bytes) {
    if (fd_ < 0) return;
    const bool idle = out_.empty();
    out_ += bytes;
    if (idle) flush();
}

void Peer::flush() {
    while (!out_.empty()) {
        ERR_clear_error();
        std::size_t sent = 0;
        if (SSL_write_ex(tls_, out_.data(), out_.size(), &sent) != 1) break;
        out_.erase(0, sent);
    }
    if (out_.empty()) out_ = {};
    watch(!out_.empty());
}

void Peer::watch(bool writing) {
    if (writing == watching_writes_) return;
    watching_writes_ = writing;
    epoll_event event{EPOLLIN | (writing ? EPOLLOUT : 0U), {.ptr = this}};
    ::epoll_ctl(crowd_.poll_, EPOLL_CTL_MOD, fd_, &event);
}

// ---- all of them

Crowd::Crowd() : poll_(::epoll_create1(EPOLL_CLOEXEC)), tls_(SSL_CTX_new(TLS_client_method())), buffer_(64 * 1024) {
    SSL_CTX_set_min_proto_version(tls_, TLS1_3_VERSION);
    SSL_CTX_set_mode(tls_,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

Crowd::~Crowd() {
    ::close(poll_);
    SSL_CTX_free(tls_);
}

void Crowd::turn(int wait_ms) {
    std::array<epoll_event, 64> events;
    const int count = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), wait_ms);
    for (int i = 0; i < count; ++i)
        if (auto* peer = static_cast<Peer*>(events[static_cast<std::size_t>(i)].data.ptr); peer->is_open())
            peer->ready(events[static_cast<std::size_t>(i)].events);
}

void Crowd::run_until(const std::function<bool()>& is_done, std::chrono::seconds within) {
    const auto end = Steady::now() + within;
    while (!is_done()) {
        if (Steady::now() > end) throw std::runtime_error("the crowd waits too long");
        turn(1);
    }
}

void Crowd::run_for(std::chrono::nanoseconds time) {
    const auto end = Steady::now() + time;
    run_until([end] { return Steady::now() >= end; }, std::chrono::hours(1));
}

std::size_t count_of(std::string_view text, std::string_view what) {
    std::size_t count = 0;
    for (const char *at = text.data(), *const end = at + text.size();
         (at = static_cast<const char*>(::memmem(at, static_cast<std::size_t>(end - at), what.data(), what.size())));
         at += what.size())
        ++count;
    return count;
}

} // namespace splot::bench
