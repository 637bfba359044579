// One of the two translation units of the hub that include Beast.
#include "hub/server/admission.h"
#include "hub/server/listener_state.h"
#include "hub/server/security_headers.h"
#include "protocol/rpc/envelope.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <algorithm>
#include <cctype>

namespace splot {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using Parser = http::request_parser<http::string_body>;
using Response = http::response<http::string_body>;

constexpr auto done = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view socket_path = "/ws";

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

HttpAnswer problem_answer(unsigned status, Code code, std::string_view message) {
    HttpAnswer answer;
    answer.status = status;
    answer.content_type = "application/json";
    answer.body = rpc::error_object(Problem{code, {}, {}}, message);
    return answer;
}

HttpAnswer refused_upgrade(unsigned status) {
    if (status == 403) return problem_answer(403, Code::bad_request, "To połączenie nie pochodzi z naszej strony.");
    if (status == 503) return problem_answer(503, Code::unavailable, "Serwer chwilowo nie przyjmuje połączeń.");
    auto answer = problem_answer(status, Code::bad_request, "Pod tym adresem czeka gniazdo splot.v1.");
    if (status == 426) {
        answer.headers.emplace_back("Upgrade", "websocket");
        answer.headers.emplace_back("Sec-WebSocket-Version", "13");
    }
    return answer;
}

/// What to say about a request that could not be read; nullopt: nothing, the line is gone.
std::optional<HttpAnswer> answer_to(error_code error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return problem_answer(431, Code::too_large, "Nagłówki żądania są za długie.");
    if (error == http::error::body_limit) return problem_answer(413, Code::too_large, "Żądanie jest za duże.");
    if (error == http::error::end_of_stream || error == http::error::partial_message) return std::nullopt;
    if (error.category() == make_error_code(http::error::bad_method).category())
        return problem_answer(400, Code::bad_request, "To nie jest poprawne żądanie HTTP.");
    return std::nullopt;
}

bool has_control_characters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// One connection's requests, one after the other.
class HttpSession {
public:
    explicit HttpSession(Connection& connection) :
        connection_(connection), state_(*connection.state), buffer_(state_.limits.header + state_.limits.body + 1024) {}

    Async<std::unique_ptr<HttpRequest>> run();

private:
    Async<error_code> read();
    HttpRequest take_request();
    Async<HttpAnswer> serve(HttpRequest request);
    Async<bool> write(HttpAnswer answer, bool keep);
    Async<void> leave_politely();
    unsigned check(const HttpRequest& request) const;

    Connection& connection_;
    Listener::State& state_;
    beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    bool first_ = true;
    bool head_ = false; ///< the request's method is HEAD: the answer's body stays here
};

Async<error_code> HttpSession::read() {
    const auto& limits = state_.limits;
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(limits.header));
    parser_->body_limit(limits.body);
    connection_.expect_within(first_ ? limits.header_time : limits.keep_alive + limits.header_time);
    connection_.wait_for_request(true);
    first_ = false;
    auto [error, size] = co_await http::async_read_header(connection_.stream, buffer_, *parser_, done);
    connection_.wait_for_request(false);
    if (!error && !parser_->is_done()) {
        connection_.expect_within(limits.body_time);
        if (beast::iequals(parser_->get()[http::field::expect], "100-continue")) {
            constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            std::tie(error, size) = co_await asio::async_write(connection_.stream, asio::buffer(go_on), done);
        }
        if (!error) std::tie(error, size) = co_await http::async_read(connection_.stream, buffer_, *parser_, done);
    }
    connection_.expect_nothing();
    co_return error;
}

HttpRequest HttpSession::take_request() {
    auto message = parser_->release();
    HttpRequest request;
    head_ = message.method() == http::verb::head;
    request.method = head_ ? "GET" : std::string(message.method_string());
    const std::string_view target = message.target();
    const auto question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question);
    request.query = target.substr(std::min(question + 1, target.size()));
    for (const auto& field : message)
        request.headers.emplace_back(lower_case(field.name_string()), field.value());
    request.body = std::move(message.body());
    request.peer = connection_.peer;
    request.secure = connection_.stream.is_tls();
    request.loopback = connection_.loopback;
    if (state_.options.trusts_proxy) believe_proxy(request);
    return request;
}

unsigned HttpSession::check(const HttpRequest& request) const {
    if (const unsigned status = check_upgrade(request, state_.options); status != 101) return status;
    if (buffer_.size() != 0) return 400; // RFC 6455: the client waits for our answer
    return connection_.is_leaving() ? 503 : state_.site.admit(request);
}

Async<HttpAnswer> HttpSession::serve(HttpRequest request) {
    if (request.method != "GET" && !is_from_us(request, state_.options))
        co_return problem_answer(403, Code::bad_request, "To żądanie nie pochodzi z naszej strony.");
    std::exception_ptr failure;
    try {
        HttpAnswer answer = co_await state_.site.serve(connection_.lines.shard, std::move(request));
        const bool good = !has_control_characters(answer.content_type) &&
                          std::none_of(answer.headers.begin(), answer.headers.end(), [](const auto& header) {
                              return has_control_characters(header.first) || has_control_characters(header.second);
                          });
        if (!good) throw std::logic_error("a header of an HTTP answer holds control characters");
        co_return answer;
    } catch (...) {
        failure = std::current_exception();
    }
    state_.report(failure);
    co_return problem_answer(500, Code::internal, "Coś się nie udało po naszej stronie.");
}

Async<bool> HttpSession::write(HttpAnswer answer, bool keep) {
    const bool secure = connection_.stream.is_tls() || state_.options.trusts_proxy;
    add_security_headers(answer, secure && state_.options.strict_transport);
    Response response(http::int_to_status(answer.status), 11);
    response.result(answer.status);
    for (const auto& [name, value] : answer.headers)
        response.insert(name, value);
    if (!answer.body.empty()) response.set(http::field::content_type, answer.content_type);
    response.keep_alive(keep);
    response.body() = std::move(answer.body);
    response.prepare_payload();
    if (head_) response.body().clear();
    connection_.expect_within(state_.limits.answer_time);
    const auto [error, size] = co_await http::async_write(connection_.stream, response, done);
    connection_.expect_nothing();
    ServerCounts::add(state_.counts.bytes_out, std::uint64_t{size});
    co_return !error;
}

Async<void> HttpSession::leave_politely() { co_await connection_.stream.async_linger(done); }

Async<std::unique_ptr<HttpRequest>> HttpSession::run() {
    for (;;) {
        if (const error_code error = co_await read(); error) {
            auto answer = answer_to(error);
            if (error != http::error::end_of_stream) ServerCounts::add(state_.counts.bad_requests);
            head_ = false;
            if (answer && co_await write(std::move(*answer), false)) co_await leave_politely();
            co_return nullptr;
        }
        ServerCounts::add(state_.counts.requests);
        const bool is_old = parser_->get().version() < 11;
        bool keep = parser_->keep_alive() && !is_old;
        HttpRequest request = take_request();
        HttpAnswer answer;
        if (!is_old && request.header("host").empty()) {
            answer = problem_answer(400, Code::bad_request, "W żądaniu brakuje nagłówka Host.");
        } else if (request.path == socket_path) {
            const unsigned status = check(request);
            if (status == 101) co_return std::make_unique<HttpRequest>(std::move(request));
            ServerCounts::add(state_.counts.refused_upgrades);
            answer = refused_upgrade(status);
        } else {
            answer = co_await serve(std::move(request));
        }
        keep = keep && !connection_.is_leaving();
        if (!co_await write(std::move(answer), keep)) co_return nullptr;
        if (!keep) {
            co_await leave_politely();
            co_return nullptr;
        }
    }
}

} // namespace

Async<std::unique_ptr<HttpRequest>> serve_http(Connection& connection) {
    HttpSession session(connection);
    co_return co_await session.run();
}

} // namespace splot
