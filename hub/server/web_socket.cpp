// One of the two translation units of the hub that include Beast.
#include "hub/server/web_socket.h"

#include "hub/server/admission.h"
#include "hub/server/listener_state.h"
#include "hub/server/tls_teardown.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <array>

namespace splot {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr auto done = asio::as_tuple(asio::use_awaitable);

constexpr std::uint16_t text_only = 1003;
constexpr std::uint16_t bad_text = 1007;
constexpr std::uint16_t internal_error = 1011;
constexpr std::uint16_t restarting = 1012;
constexpr std::uint16_t try_later = 1013;

http::request<http::empty_body> as_beast(const HttpRequest& upgrade) {
    http::request<http::empty_body> request(http::verb::get, upgrade.path, 11);
    for (const auto& [name, value] : upgrade.headers)
        request.insert(name, value);
    return request;
}

/// Whether the last character is unfinished. Beast looks at everything but this where the last fragment is empty.
bool is_cut_off(std::string_view utf8) {
    for (std::size_t back = 1; back <= 3 && back <= utf8.size(); ++back) {
        const auto byte = static_cast<unsigned char>(utf8[utf8.size() - back]);
        if ((byte & 0xc0) == 0x80) continue;
        return back < (byte >= 0xf0 ? 4u : byte >= 0xe0 ? 3u : byte >= 0xc0 ? 2u : 1u);
    }
    return false;
}

void say_protocol(websocket::response_type& response) {
    response.set(http::field::sec_websocket_protocol, sub_protocol);
    response.set(http::field::server, "splot");
}

} // namespace

struct WebSocket::Beast {
    explicit Beast(TlsStream& below) : stream(below) {}
    websocket::stream<TlsStream&, false> stream; // false: no compression, and no code for it
};

WebSocket::WebSocket(Connection& connection) :
    connection_(&connection), peer_(connection.peer), beast_(std::make_unique<Beast>(connection.stream)),
    outbox_(connection.state->limits), changed_(connection.lines.shard.io()),
    heard_at_(std::chrono::steady_clock::now()) {
    auto& stream = beast_->stream;
    stream.read_message_max(connection.state->limits.frame);
    stream.auto_fragment(false);
    stream.text(true);
    stream.set_option(websocket::stream_base::decorator(say_protocol));
}

WebSocket::~WebSocket() = default;

Async<bool> WebSocket::accept(const HttpRequest& upgrade) {
    const auto request = as_beast(upgrade);
    connection_->expect_within(connection_->state->limits.header_time);
    const auto [error] = co_await beast_->stream.async_accept(request, done);
    connection_->expect_nothing();
    co_return !error;
}

Async<void> WebSocket::run(std::unique_ptr<HttpRequest> upgrade) {
    auto& counts = connection_->state->counts;
    if (!co_await accept(*upgrade)) co_return;
    open_ = true;
    ServerCounts::add(counts.sockets);
    std::exception_ptr failure;
    try {
        user_ = connection_->state->site.open(connection_->lines.shard, shared_from_this(), *upgrade);
        upgrade.reset();
        if (connection_->is_leaving()) leave();
        co_await read_frames();
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) connection_->state->report(failure);
    broken_ = true;
    connection_->abort();
    while (operations_ != 0)
        co_await changed_.wait();
    ServerCounts::add(counts.sockets, std::int64_t{-1});
    if (user_) std::exchange(user_, nullptr)->on_closed();
    detach();
}

void WebSocket::detach() {
    broken_ = true;
    user_.reset();
    outbox_.clear();
    beast_.reset();
    connection_ = nullptr;
}

Async<void> WebSocket::read_frames() {
    for (;;) {
        if (outbox_.answers() > connection_->state->limits.answers) co_await wait_for_room();
        // The beginning comes into a little room of this coroutine: the buffer that Beast would make beforehand is 1.5
        // KiB for each peer that says nothing.
        std::array<char, 256> beginning;
        const auto [error, size] = co_await beast_->stream.async_read_some(
            asio::buffer(beginning), asio::bind_cancellation_slot(stop_reading_.slot(), done));
        if (error) co_return;
        std::string text(beginning.data(), size);
        if (!beast_->stream.is_message_done()) {
            auto rest = asio::dynamic_buffer(text);
            const auto [cut, more] =
                co_await beast_->stream.async_read(rest, asio::bind_cancellation_slot(stop_reading_.slot(), done));
            if (cut) co_return;
        }
        ServerCounts::add(connection_->state->counts.frames_in);
        ServerCounts::add(connection_->state->counts.bytes_in, std::uint64_t{text.size()});
        if (close_code_ != 0) continue; // we are leaving; only the closing handshake is still read for
        if (!beast_->stream.got_text())
            close(text_only, "text frames only");
        else if (is_cut_off(text))
            close(bad_text, "not UTF-8");
        else
            take_frame(std::move(text));
    }
}

/// A peer that asks faster than it reads the answers is not read from until it has.
Async<void> WebSocket::wait_for_room() {
    const auto& limits = connection_->state->limits;
    paused_ = true;
    while (outbox_.answers() > limits.answers && !broken_)
        co_await changed_.wait();
    paused_ = false;
}

void WebSocket::take_frame(std::string text) {
    try {
        user_->on_frame(std::move(text));
    } catch (...) {
        connection_->state->report(std::current_exception());
        close(internal_error, "internal");
    }
}

void WebSocket::send(Frame frame, FrameKind kind) {
    if (!is_open() || close_code_ != 0) return;
    switch (outbox_.add(std::move(frame), kind)) {
    case Outbox::Added::queued:
        return flush_soon();
    case Outbox::Added::dropped:
        return;
    case Outbox::Added::overflowed:
        return overflowed();
    case Outbox::Added::exhausted:
        outbox_.clear();
        return close(try_later, "too many answers wait");
    }
}

void WebSocket::overflowed() {
    ServerCounts::add(connection_->state->counts.overflows);
    const auto now = std::chrono::steady_clock::now();
    const bool again =
        last_overflow_ != SteadyTime::min() && now - last_overflow_ < connection_->state->limits.overflow_memory;
    last_overflow_ = now;
    if (again) return close(try_later, "reads too slowly");
    overflow_untold_ = true;
    flush_soon();
}

void WebSocket::close(std::uint16_t code, std::string_view reason) {
    if (!is_open() || close_code_ != 0) return;
    close_code_ = code;
    close_reason_ = reason.substr(0, 120); // RFC 6455: 125 with the code
    const auto& limits = connection_->state->limits;
    close_by_ = std::chrono::steady_clock::now() + limits.write_time + limits.close_time;
    flush_soon();
}

void WebSocket::leave() {
    if (!is_open() || !user_) return;
    user_->on_shutdown();
    close(restarting, "restart");
}

void WebSocket::flush_soon() {
    if (flushing_soon_) return;
    flushing_soon_ = true;
    connection_->lines.flush_soon(shared_from_this());
}

void WebSocket::flush() {
    flushing_soon_ = false;
    if (!is_open() || !user_) return;
    if (std::exchange(overflow_untold_, false)) {
        outbox_.end_overflow(); // who was told may resume at once, and what it then gets must not be dropped unseen
        user_->on_overflow();
    }
    if (writing_ || close_sent_) return;
    if (!outbox_.is_empty()) return write_next();
    if (close_code_ != 0) start_close();
}

void WebSocket::write_next() {
    in_flight_ = outbox_.take();
    if (paused_) changed_.wake();
    writing_ = true;
    ++operations_;
    const auto& limits = connection_->state->limits;
    const auto times = static_cast<int>(1 + in_flight_.bytes / (limits.frame_out + 1)); // a large answer takes longer
    write_by_ = std::chrono::steady_clock::now() + times * limits.write_time;
    std::array<asio::const_buffer, 3> parts;
    if (in_flight_.single)
        parts = {asio::const_buffer("[", 1), asio::buffer(*in_flight_.single), asio::const_buffer("]", 1)};
    else
        parts[0] = asio::buffer(in_flight_.joined);
    beast_->stream.async_write(parts, [self = shared_from_this()](error_code error, std::size_t size) {
        auto& counts = self->connection_->state->counts;
        if (!error) {
            ServerCounts::add(counts.objects_out, std::uint64_t{self->in_flight_.objects});
            ServerCounts::add(counts.bytes_out, std::uint64_t{size});
            ServerCounts::add(counts.frames_out);
        }
        self->writing_ = false;
        self->write_by_ = SteadyTime::max();
        self->in_flight_ = {};
        self->outbox_.sent();
        self->operation_ended(error.failed());
        self->flush();
    });
}

void WebSocket::start_close() {
    close_sent_ = true;
    ++operations_;
    close_by_ = std::chrono::steady_clock::now() + connection_->state->limits.close_time;
    websocket::close_reason reason(static_cast<websocket::close_code>(close_code_), close_reason_);
    beast_->stream.async_close(
        reason, asio::bind_cancellation_slot(stop_closing_.slot(),
                                             [self = shared_from_this()](error_code) { self->operation_ended(true); }));
}

void WebSocket::start_ping() {
    pinging_ = pinged_ = true;
    ++operations_;
    beast_->stream.async_ping({}, [self = shared_from_this()](error_code error) {
        self->pinging_ = false;
        self->operation_ended(error.failed());
    });
}

void WebSocket::operation_ended(bool failed) {
    --operations_;
    if (failed) {
        broken_ = true;
        connection_->abort(); // also wakes the reader
    }
    changed_.wake();
}

void WebSocket::give_up() {
    connection_->abort();
    // Not from within the sweep: what is woken may end the connection at once.
    asio::post(connection_->lines.shard.io(), [self = shared_from_this()] {
        self->stop_reading_.emit(asio::cancellation_type::terminal);
        self->stop_closing_.emit(asio::cancellation_type::terminal);
    });
}

void WebSocket::sweep(SteadyTime now) {
    const auto& limits = connection_->state->limits;
    if (!is_open()) return;
    if (now > write_by_ || now > close_by_) {
        ServerCounts::add(connection_->state->counts.dead_peers);
        return give_up();
    }
    if (const auto heard = connection_->stream.received(); heard != heard_ || paused_) {
        heard_ = heard;
        heard_at_ = now;
        pinged_ = false;
        return;
    }
    const auto silence = now - heard_at_;
    if (silence > limits.dead_after) {
        ServerCounts::add(connection_->state->counts.dead_peers);
        return give_up();
    }
    if (silence > limits.ping_after && !pinged_ && !pinging_ && !close_sent_) start_ping();
}

} // namespace splot
