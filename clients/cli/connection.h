#pragma once
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// HTTP and WebSocket towards a hub. Everything here belongs to the executor of the coroutine that opened it.
/// Failures of the network are `boost::system::system_error`.
namespace splot::client {

template <class T> using Async = boost::asio::awaitable<T>;

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Whose certificates are believed, and the TLS session to resume. Made once for many connections; thread-safe.
class Trust;
/// `ca_file`: trusted in addition to the machine's own, or empty. Throws std::runtime_error if it cannot be read.
std::shared_ptr<Trust> make_trust(const std::string& ca_file);

struct Endpoint {
    std::string host = "localhost";
    std::uint16_t port = 443;
    bool tls = true;
    std::string ca_file = {};          ///< trusted in addition to the machine's own, or empty
    bool insecure_loopback = false;    ///< accept any certificate, if and only if the address is of this machine
    std::shared_ptr<Trust> trust = {}; ///< instead of `ca_file`, for those who connect often
    std::string source = {};           ///< local address to connect from, or empty (benches: ports run out at 28,000)
    int receive_buffer = 0;            ///< bytes in the kernel, or 0 for its own choice; tests of slow readers
    std::chrono::seconds patience{30}; ///< connecting, one request, one close

    /// `https://host:port`, without a port that goes without saying: what the hub knows as its own origin.
    std::string origin() const;
};

struct HttpReply {
    unsigned status = 0;
    Headers headers; ///< names in lower case
    std::string body;

    /// The first such header's value, or empty.
    std::string_view header(std::string_view lower_case_name) const;
};

/// The hub answered the upgrade with something else than 101.
struct UpgradeRefused : std::runtime_error {
    UpgradeRefused(unsigned s, std::string b);
    unsigned status;
    std::string body;
};

/// The hub closed the WebSocket, with this code (1006: without one).
struct SocketClosed : std::runtime_error {
    SocketClosed(std::uint16_t c, std::string r);
    std::uint16_t code;
    std::string reason;
};

/// One connection: HTTP requests one after the other, then, after `upgrade`, a WebSocket.
/// At most one `receive` and one of the sending calls at a time.
class Session {
public:
    static Async<std::unique_ptr<Session>> connect(Endpoint endpoint);
    ~Session(); ///< cuts the line

    Async<HttpReply> request(std::string method, std::string target, Headers headers, std::string body);
    /// JSON in, whatever out.
    Async<HttpReply> post(std::string target, Headers headers, std::string body);

    /// Throws UpgradeRefused. Cookie and origin go out as given; empty ones do not.
    Async<void> upgrade(std::string cookie, std::string origin);
    /// The same for tests: any path, any headers (the sub-protocol too).
    Async<void> upgrade_with(std::string target, Headers headers);

    /// One text frame.
    Async<void> send(std::string text);
    /// One text frame, or SocketClosed. Waits as long as it takes.
    Async<std::string> receive();
    /// The closing handshake; what still arrives is thrown away.
    Async<void> close(std::uint16_t code);

    /// Cuts the line without a close frame: what waits ends with an error.
    void abort();

    // For tests of bad behaviour.
    Async<void> send_binary(std::string bytes);
    Async<void> ping(std::string payload);
    /// Bytes as they are, below HTTP and WebSocket, inside TLS.
    Async<void> send_raw(std::string bytes);
    /// Some bytes as they come; empty at the end of the stream.
    Async<std::string> receive_raw();
    /// Payloads of pongs that came so far, while something was receiving.
    const std::vector<std::string>& pongs() const;
    /// How many pings were answered, likewise.
    std::size_t pings() const;
    /// TLS: whether the handshake resumed an earlier session of the same Trust; false on plain TCP.
    bool resumed() const;
    /// TLS: the serial number of the hub's certificate, in hexadecimal digits.
    std::string certificate_serial() const;

    struct Line;

private:
    explicit Session(std::shared_ptr<Line> line);
    std::shared_ptr<Line> line_;
};

/// A WebSocket from the start, for those who need no HTTP before it.
class Socket {
public:
    static Async<std::unique_ptr<Socket>> open(Endpoint endpoint, std::string cookie, std::string origin);
    Async<void> send(std::string text) { return session_->send(std::move(text)); }
    Async<std::string> receive() { return session_->receive(); }
    Async<void> close() { return session_->close(1000); }
    void abort() { session_->abort(); }
    Session& session() { return *session_; }

private:
    explicit Socket(std::unique_ptr<Session> session) : session_(std::move(session)) {}
    std::unique_ptr<Session> session_;
};

/// One request on a connection of its own.
Async<HttpReply> request(Endpoint endpoint, std::string method, std::string target, Headers headers, std::string body);

} // namespace splot::client
