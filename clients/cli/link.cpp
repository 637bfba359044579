#include "clients/cli/link.h"

#include "clients/cli/client.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <utility>

namespace splot::client {

namespace {

constexpr std::string_view tls_category = "asio.ssl"; // by name: only connection.cpp includes TLS

} // namespace

std::string reason_of(const boost::system::error_code& error) {
    namespace errors = boost::asio::error;
    if (error == errors::connection_refused) return "nikt nie odbiera pod tym adresem";
    if (error == errors::timed_out) return "nie ma odpowiedzi na czas";
    if (error == errors::host_not_found || error == errors::host_not_found_try_again) return "nie ma takiego adresu";
    if (error == errors::eof || error == errors::connection_reset || error == errors::broken_pipe)
        return "druga strona przerwała";
    if (error.category().name() == tls_category) return "szyfrowanie się nie udało: " + error.message();
    return error.message();
}

CallError lost_connection(const std::string& reason) {
    return {{Code::unavailable, {}, {}, {}}, "Połączenie z hubem zostało przerwane: " + reason, {}, true};
}

CallError error_of(rpc::WireError error) {
    CallError result;
    result.code = code_named(error.data.code).value_or(Code::internal);
    result.rule = error.data.rule ? Rule::find(*error.data.rule) : Rule();
    result.field = std::move(error.data.field).value_or("");
    result.expected = std::move(error.data.expected).value_or("");
    result.message = std::move(error.message);
    if (error.data.retry_after_ms) result.retry_after = std::chrono::milliseconds(*error.data.retry_after_ms);
    return result;
}

Link::Link(std::unique_ptr<Session> session, Hear hear, End ended) :
    session_(std::move(session)), hear_(std::move(hear)), ended_(std::move(ended)) {}

Async<void> Link::read() {
    const auto self = shared_from_this();
    std::string reason;
    try {
        while (open_)
            take(co_await session_->receive());
    } catch (const boost::system::system_error& error) {
        reason = reason_of(error.code());
    } catch (const SocketClosed& closed) {
        reason = closed.reason.empty() ? "kod " + std::to_string(closed.code) : closed.reason;
    }
    end(reason);
}

void Link::take(std::string_view frame) {
    auto incoming = rpc::read_frame(frame);
    if (!incoming) {
        session_->abort();
        return end(not_understood(incoming.error()).message);
    }
    for (auto& item : *incoming) {
        if (!open_) return;
        if (item.method)
            hear_(std::move(item));
        else if (item.id && item.error)
            settle(*item.id, error_of(*std::move(item.error)));
        else if (item.id)
            settle(*item.id, std::move(item.content));
    }
}

void Link::settle(const std::string& id, Reply<boost::json::value> reply) {
    const auto found = waiting_.find(id);
    if (found == waiting_.end()) return;
    found->second->reply = std::move(reply);
    found->second->done.cancel();
    waiting_.erase(found);
}

void Link::end(const std::string& reason) {
    if (!std::exchange(open_, false)) return;
    outgoing_.clear();
    while (!waiting_.empty())
        settle(waiting_.begin()->first, lost_connection(reason));
    if (ended_) std::exchange(ended_, nullptr)(reason);
}

void Link::abandon() {
    ended_ = nullptr;
    session_->abort();
    end("zamknięte przez ten program");
}

/// Whoever finds nobody sending sends for all, one frame after the other.
Async<void> Link::send_queued() {
    if (std::exchange(sending_, true)) co_return;
    std::string failure;
    try {
        while (!outgoing_.empty()) {
            std::string frame = std::move(outgoing_.front());
            outgoing_.pop_front();
            co_await session_->send(std::move(frame));
        }
    } catch (const boost::system::system_error& error) {
        failure = reason_of(error.code());
    }
    sending_ = false;
    if (failure.empty()) co_return;
    session_->abort();
    end(failure);
}

Async<Reply<boost::json::value>> Link::call(std::string id, std::string request, std::chrono::milliseconds patience) {
    const auto self = shared_from_this();
    Waiting waiting{{}, boost::asio::steady_timer(co_await boost::asio::this_coro::executor, patience)};
    if (!waiting_.emplace(id, &waiting).second)
        co_return CallError{{Code::conflict, {}, "id", {}}, "Wywołanie o tym identyfikatorze już trwa.", {}, false};
    outgoing_.push_back(std::move(request));
    co_await send_queued();
    if (!waiting.reply) co_await waiting.done.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    if (waiting.reply) co_return *std::move(waiting.reply);
    waiting_.erase(id);
    co_return lost_connection("hub nie odpowiedział na czas");
}

Async<void> Link::close() {
    const auto self = shared_from_this();
    ended_ = nullptr;
    try {
        co_await session_->close(1000);
    } catch (const boost::system::system_error&) {
        session_->abort(); // it is gone, which is what we wanted
    } catch (const SocketClosed&) {
        session_->abort();
    }
    end("zamknięte przez ten program");
}

} // namespace splot::client
