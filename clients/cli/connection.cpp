// The one translation unit of the clients that includes Beast.
#include "clients/cli/connection.h"

#include "clients/cli/line.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <algorithm>
#include <cctype>

namespace splot::client {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;
using boost::system::system_error;

// What Beast wants to know of our stream; found by argument-dependent lookup.
void beast_close_socket(Stream& stream) { stream.abort(); }

void teardown(beast::role_type, Stream& stream, error_code& error) {
    stream.abort();
    error = {};
}

template <class Handler> void async_teardown(beast::role_type, Stream& stream, Handler&& handler) {
    stream.abort(); // the hub lingers, so nothing that it sent is lost
    asio::post(stream.get_executor(), beast::bind_front_handler(std::forward<Handler>(handler), error_code{}));
}

namespace {

constexpr auto done = asio::as_tuple(asio::use_awaitable);
constexpr std::uint16_t without_close_frame = 1006;
constexpr std::uint64_t largest_reply = 256 * 1024 * 1024;
constexpr auto silence = std::chrono::seconds(40); ///< after it the hub is gone; after half of it it is pinged

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

bool is_numeric(const std::string& host) {
    error_code error;
    asio::ip::make_address(host, error);
    return !error;
}

} // namespace

struct Session::Line : std::enable_shared_from_this<Session::Line> {
    using WebSocket = websocket::stream<Stream&, false>;

    Line(Endpoint e, Stream::executor_type executor) : endpoint(std::move(e)), stream(executor), patience(executor) {}

    /// From here on the line is cut when `endpoint.patience` is over, until `calm`.
    void hurry() {
        patience.expires_after(endpoint.patience);
        patience.async_wait([weak = weak_from_this(), turn = ++turn](error_code error) {
            const auto line = weak.lock();
            if (error || !line || line->turn != turn) return;
            line->ran_out = true;
            line->stream.abort();
        });
    }
    void calm(error_code error) {
        ++turn;
        patience.cancel();
        if (error) throw system_error(ran_out ? error_code(asio::error::timed_out) : error);
    }
    std::string host_header() const { return endpoint.host + ":" + std::to_string(endpoint.port); }

    const Endpoint endpoint;
    std::shared_ptr<Trust> trust;
    Stream stream;
    beast::flat_buffer buffer;
    std::optional<WebSocket> socket;
    std::vector<std::string> pongs;
    std::size_t pings = 0;
    asio::steady_timer patience;
    std::uint64_t turn = 0;
    bool ran_out = false;
};

namespace {

using Line = Session::Line;

Async<void> connect_tcp(Line& line) {
    tcp::resolver resolver(line.stream.get_executor());
    const auto& endpoint = line.endpoint;
    const auto [unresolved, found] =
        co_await resolver.async_resolve(endpoint.host, std::to_string(endpoint.port), done);
    error_code error = unresolved ? unresolved : error_code(asio::error::host_not_found);
    auto& socket = line.stream.socket();
    for (const auto& entry : found) {
        error_code ignored;
        socket.close(ignored);
        socket.open(entry.endpoint().protocol(), error);
        if (error) continue;
        if (endpoint.receive_buffer != 0) socket.set_option(tcp::socket::receive_buffer_size(endpoint.receive_buffer));
        if (!endpoint.source.empty()) socket.bind({asio::ip::make_address(endpoint.source), 0}, error);
        if (error) continue;
        const auto [failed] = co_await socket.async_connect(entry.endpoint(), done);
        error = failed;
        if (!error || line.ran_out) break;
    }
    if (!error) socket.set_option(tcp::no_delay(true), error);
    line.calm(error);
}

Async<void> start_tls(Line& line) {
    const auto& endpoint = line.endpoint;
    line.trust = endpoint.trust ? endpoint.trust : make_trust(endpoint.ca_file);
    line.stream.use_tls(line.trust->context());
    auto& tls = line.stream.tls();
    const bool here = line.stream.socket().remote_endpoint().address().is_loopback();
    if (endpoint.insecure_loopback && here) {
        tls.set_verify_mode(asio::ssl::verify_none);
    } else {
        tls.set_verify_mode(asio::ssl::verify_peer);
        tls.set_verify_callback(asio::ssl::host_name_verification(endpoint.host));
    }
    if (!is_numeric(endpoint.host)) SSL_set_tlsext_host_name(tls.native_handle(), endpoint.host.c_str());
    line.trust->offer_session(tls.native_handle());
    line.hurry();
    const auto [error] = co_await tls.async_handshake(asio::ssl::stream_base::client, done);
    line.calm(error);
}

HttpReply to_reply(http::response<http::string_body> message) {
    HttpReply reply;
    reply.status = message.result_int();
    for (const auto& field : message)
        reply.headers.emplace_back(lower_case(field.name_string()), field.value());
    reply.body = std::move(message.body());
    return reply;
}

/// The hub's close frame as an exception, or that there was none.
[[noreturn]] void throw_closed(Line& line, error_code error) {
    if (line.ran_out) throw system_error(asio::error::timed_out);
    if (error == websocket::error::closed) {
        const auto& reason = line.socket->reason();
        throw SocketClosed(reason.code == 0 ? 1005 : reason.code,
                           std::string(reason.reason.data(), reason.reason.size()));
    }
    throw SocketClosed(without_close_frame, error.message());
}

void set_up(Line& line, Headers headers) {
    auto& socket = line.socket.emplace(line.stream);
    websocket::stream_base::timeout timeouts{};
    timeouts.handshake_timeout = line.endpoint.patience;
    timeouts.idle_timeout = silence;
    timeouts.keep_alive_pings = true;
    socket.set_option(timeouts);
    socket.set_option(
        websocket::stream_base::decorator([headers = std::move(headers)](websocket::request_type& request) {
            for (const auto& [name, value] : headers)
                request.set(name, value);
        }));
    socket.control_callback([&line](websocket::frame_type kind, beast::string_view payload) {
        if (kind == websocket::frame_type::pong) line.pongs.emplace_back(payload);
        if (kind == websocket::frame_type::ping) ++line.pings;
    });
}

} // namespace

std::string Endpoint::origin() const {
    const bool is_usual = port == (tls ? 443 : 80);
    return (tls ? "https://" : "http://") + host + (is_usual ? "" : ":" + std::to_string(port));
}

std::string_view HttpReply::header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers)
        if (name == lower_case_name) return value;
    return {};
}

UpgradeRefused::UpgradeRefused(unsigned s, std::string b) :
    std::runtime_error("the hub refused the socket: HTTP " + std::to_string(s)), status(s), body(std::move(b)) {}

SocketClosed::SocketClosed(std::uint16_t c, std::string r) :
    std::runtime_error("the socket was closed: " + std::to_string(c) + " " + r), code(c), reason(std::move(r)) {}

Session::Session(std::shared_ptr<Line> line) : line_(std::move(line)) {}
Session::~Session() { abort(); }

Async<std::unique_ptr<Session>> Session::connect(Endpoint endpoint) {
    const auto executor = co_await asio::this_coro::executor;
    auto line = std::make_shared<Line>(std::move(endpoint), executor);
    std::unique_ptr<Session> session(new Session(line));
    line->hurry();
    co_await connect_tcp(*line);
    if (line->endpoint.tls) co_await start_tls(*line);
    co_return session;
}

Async<HttpReply> Session::request(std::string method, std::string target, Headers headers, std::string body) {
    http::request<http::string_body> message;
    message.version(11);
    message.method_string(method);
    message.target(target);
    message.set(http::field::host, line_->host_header());
    for (const auto& [name, value] : headers)
        message.set(name, value);
    message.body() = std::move(body);
    message.prepare_payload();
    line_->hurry();
    auto [error, size] = co_await http::async_write(line_->stream, message, done);
    http::response_parser<http::string_body> parser;
    parser.body_limit(largest_reply);
    if (method == "HEAD") parser.skip(true);
    // What the hub answered before it cut a request short is worth reading.
    auto [unread, got] = co_await http::async_read(line_->stream, line_->buffer, parser, done);
    line_->calm(unread && error ? error : unread);
    co_return to_reply(parser.release());
}

Async<HttpReply> Session::post(std::string target, Headers headers, std::string body) {
    headers.emplace_back("Content-Type", "application/json");
    co_return co_await request("POST", std::move(target), std::move(headers), std::move(body));
}

Async<void> Session::upgrade(std::string cookie, std::string origin) {
    Headers headers;
    headers.emplace_back("Sec-WebSocket-Protocol", "splot.v1");
    if (!cookie.empty()) headers.emplace_back("Cookie", std::move(cookie));
    if (!origin.empty()) headers.emplace_back("Origin", std::move(origin));
    co_await upgrade_with("/ws", std::move(headers));
}

Async<void> Session::upgrade_with(std::string target, Headers headers) {
    set_up(*line_, std::move(headers));
    websocket::response_type response;
    line_->hurry();
    const auto [error] = co_await line_->socket->async_handshake(response, line_->host_header(), target, done);
    if (error == websocket::error::upgrade_declined) throw UpgradeRefused(response.result_int(), response.body());
    line_->calm(error);
}

Async<void> Session::send(std::string text) {
    line_->socket->text(true);
    const auto [error, size] = co_await line_->socket->async_write(asio::buffer(text), done);
    if (error) throw_closed(*line_, error);
}

Async<std::string> Session::receive() {
    std::string text;
    auto buffer = asio::dynamic_buffer(text);
    const auto [error, size] = co_await line_->socket->async_read(buffer, done);
    if (error) throw_closed(*line_, error);
    co_return text;
}

Async<void> Session::close(std::uint16_t code) {
    line_->hurry();
    const websocket::close_reason reason(static_cast<websocket::close_code>(code));
    const auto [error] = co_await line_->socket->async_close(reason, done);
    line_->calm(error);
}

void Session::abort() { line_->stream.abort(); }

Async<void> Session::send_binary(std::string bytes) {
    line_->socket->text(false);
    const auto [error, size] = co_await line_->socket->async_write(asio::buffer(bytes), done);
    if (error) throw_closed(*line_, error);
}

Async<void> Session::ping(std::string payload) {
    const websocket::ping_data data(payload);
    const auto [error] = co_await line_->socket->async_ping(data, done);
    if (error) throw_closed(*line_, error);
}

Async<void> Session::send_raw(std::string bytes) {
    const auto [error, size] = co_await asio::async_write(line_->stream, asio::buffer(bytes), done);
    if (error) throw system_error(error);
}

Async<std::string> Session::receive_raw() {
    std::string bytes(16 * 1024, '\0');
    line_->hurry();
    auto [error, size] = co_await line_->stream.async_read_some(asio::buffer(bytes), done);
    if (error == asio::error::eof || error == asio::ssl::error::stream_truncated) error = {};
    line_->calm(error);
    bytes.resize(size);
    co_return bytes;
}

const std::vector<std::string>& Session::pongs() const { return line_->pongs; }

std::size_t Session::pings() const { return line_->pings; }

bool Session::resumed() const {
    return line_->stream.is_tls() && SSL_session_reused(line_->stream.tls().native_handle()) == 1;
}

std::string Session::certificate_serial() const {
    if (!line_->stream.is_tls()) return {};
    const std::unique_ptr<X509, void (*)(X509*)> certificate(
        SSL_get1_peer_certificate(line_->stream.tls().native_handle()), X509_free);
    if (!certificate) return {};
    const std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> number(
        ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate.get()), nullptr), BN_free);
    const std::unique_ptr<char, void (*)(char*)> digits(BN_bn2hex(number.get()),
                                                        [](char* text) { OPENSSL_free(text); });
    return digits.get();
}

Async<std::unique_ptr<Socket>> Socket::open(Endpoint endpoint, std::string cookie, std::string origin) {
    auto session = co_await Session::connect(std::move(endpoint));
    co_await session->upgrade(std::move(cookie), std::move(origin));
    co_return std::unique_ptr<Socket>(new Socket(std::move(session)));
}

Async<HttpReply> request(Endpoint endpoint, std::string method, std::string target, Headers headers, std::string body) {
    const auto session = co_await Session::connect(std::move(endpoint));
    headers.emplace_back("Connection", "close");
    co_return co_await session->request(std::move(method), std::move(target), std::move(headers), std::move(body));
}

} // namespace splot::client
