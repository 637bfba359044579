#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct ssl_st;
struct ssl_ctx_st;

namespace splot::bench {

using Steady = std::chrono::steady_clock;

class Crowd;

/// One TLS connection, client side: HTTP, then a WebSocket. As little as can be, because the clients share the
/// processors with what they measure.
class Peer {
public:
    explicit Peer(Crowd& crowd) : crowd_(crowd) {}
    virtual ~Peer();
    Peer(const Peer&) = delete;

    void connect(std::uint16_t port);
    void send_bytes(std::string_view bytes);
    /// One masked text frame.
    void send_text(std::string_view text);
    /// Without a farewell, so that no port stays reserved.
    void cut();
    bool is_open() const { return fd_ >= 0; }

protected:
    virtual void on_handshake() {}
    virtual void on_http(unsigned /*status*/, std::string_view /*body*/) {}
    virtual void on_text(std::string_view /*text*/) {}
    /// The other side ended the connection, or it broke.
    virtual void on_lost() {}

    Crowd& crowd_;

private:
    friend class Crowd;
    enum class State : std::uint8_t { connecting, shaking, http, frames };

    void ready(std::uint32_t events);
    void lose();
    bool shake();
    void read();
    void take(std::string_view bytes);
    std::size_t take_http(std::string_view bytes);
    std::size_t take_frame(std::string_view bytes);
    void send_frame(std::uint8_t opcode, std::string_view payload);
    void flush();
    void watch(bool writing);

    int fd_ = -1;
    ssl_st* tls_ = nullptr;
    State state_ = State::connecting;
    bool watching_writes_ = false;
    std::string in_, out_; ///< what is not whole yet, what could not leave yet
};

/// The loop of all peers, on the caller's thread.
class Crowd {
public:
    Crowd();
    ~Crowd();
    Crowd(const Crowd&) = delete;

    /// Serves the peers until `is_done`. Throws when that takes longer than `within`.
    void run_until(const std::function<bool()>& is_done, std::chrono::seconds within = std::chrono::seconds(60));
    void run_for(std::chrono::nanoseconds time);

private:
    friend class Peer;
    void turn(int wait_ms);

    int poll_ = -1;
    ssl_ctx_st* tls_ = nullptr;
    unsigned source_ = 0;
    std::vector<char> buffer_; ///< shared: a peer keeps only what is not whole
};

/// How often a text occurs.
std::size_t count_of(std::string_view text, std::string_view what);

} // namespace splot::bench
