#include "clients/cli/client.h"

#include "clients/cli/backoff.h"
#include "clients/cli/link.h"
#include "clients/cli/request_id.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <deque>

namespace splot::client {
namespace {

/// Nothing was asked of the hub yet, so nothing can have happened.
CallError not_reached(const std::string& reason) {
    return {{Code::unavailable, {}, {}, {}}, "Nie ma połączenia z hubem: " + reason, {}, false};
}

Code code_of(unsigned status) {
    switch (status) {
    case 401:
        return Code::unauthenticated;
    case 403:
        return Code::gate_closed;
    case 404:
        return Code::not_found;
    case 409:
        return Code::conflict;
    case 413:
        return Code::too_large;
    case 423:
        return Code::locked;
    case 429:
        return Code::rate_limited;
    case 502:
    case 503:
    case 504:
        return Code::unavailable;
    default:
        return Code::internal;
    }
}

CallError refusal(unsigned status, std::string_view body) {
    if (const auto json = json::parse(body))
        if (auto error = json::decode<rpc::WireError>(*json, "error", json::Unknown::ignored))
            return error_of(*std::move(error));
    return {{code_of(status), {}, {}, {}}, "Hub odmówił (HTTP " + std::to_string(status) + ").", {}, false};
}

template <class T> Reply<T> answer_of(const Reply<HttpReply>& reply) {
    if (!reply) return reply.error();
    if (reply->status / 100 != 2) return refusal(reply->status, reply->body);
    auto json = json::parse(reply->body);
    if (!json) return not_understood(json.error());
    return decode_answer<T>(Reply<boost::json::value>(*std::move(json)));
}

/// `name=value` of a Set-Cookie header; empty when the hub clears it.
std::string cookie_in(std::string_view header) {
    const auto pair = header.substr(0, header.find(';'));
    return pair.ends_with('=') ? std::string() : std::string(pair);
}

Async<void> wait(std::chrono::milliseconds time) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

} // namespace

CallError not_understood(const Problem& problem) {
    return {problem,
            "Hub odpowiedział czymś, czego ten program nie rozumie (" + problem.field + "). Zaktualizuj program splot.",
            {},
            false};
}

struct Client::State {
    explicit State(ClientSettings s) : settings(std::move(s)) {}

    ClientSettings settings;
    RequestIds ids;
    std::shared_ptr<Link> link;
    std::deque<Notice> notices;
    boost::asio::steady_timer* waiting = nullptr;

    void add(Notice notice) {
        notices.push_back(std::move(notice));
        if (waiting) waiting->cancel();
    }

    void hear(const rpc::Incoming& incoming) {
        auto notice = read_notice(*incoming.method, incoming.content);
        if (notice && *notice) add(**std::move(notice));
    }

    Headers headers() const {
        Headers all{{"x-splot", "1"}, {"origin", settings.endpoint.origin()}};
        std::string cookies = settings.cookie;
        if (!settings.device_cookie.empty()) cookies += (cookies.empty() ? "" : "; ") + settings.device_cookie;
        if (!cookies.empty()) all.emplace_back("cookie", cookies);
        return all;
    }

    /// Also of an answer that refuses: the fifth wrong PIN takes the session away.
    void keep_cookies(const HttpReply& reply) {
        for (const auto& [name, value] : reply.headers) {
            if (name != "set-cookie") continue;
            const bool of_device = value.substr(0, value.find('=')).ends_with("-device");
            (of_device ? settings.device_cookie : settings.cookie) = cookie_in(value);
        }
    }

    /// One request on a connection of its own; keeps the cookie that comes.
    Async<Reply<HttpReply>> exchange(std::string method, std::string target, std::string body) {
        std::string failure;
        try {
            Headers all = headers();
            if (method == "POST") all.emplace_back("content-type", "application/json");
            HttpReply reply = co_await request(settings.endpoint, std::move(method), std::move(target), std::move(all),
                                               std::move(body));
            keep_cookies(reply);
            co_return reply;
        } catch (const boost::system::system_error& error) {
            failure = reason_of(error.code());
        }
        co_return not_reached(failure);
    }

    template <class T> Async<Reply<T>> post(std::string target, std::string body) {
        const Reply<HttpReply> reply = co_await exchange("POST", std::move(target), std::move(body));
        co_return answer_of<T>(reply);
    }

    /// Ticket and upgrade on one connection. The answer is the ticket, still to be shown.
    Async<Reply<door::Ticket>> open(std::unique_ptr<Session>& session) {
        std::string failure;
        try {
            session = co_await Session::connect(settings.endpoint);
            Headers all = headers();
            const Reply<HttpReply> reply = co_await session->post("/session/ticket", std::move(all), "{}");
            Reply<door::Ticket> ticket = answer_of<door::Ticket>(reply);
            if (ticket) co_await session->upgrade(settings.cookie, settings.endpoint.origin());
            co_return ticket;
        } catch (const boost::system::system_error& error) {
            failure = reason_of(error.code());
        } catch (const UpgradeRefused& refused) {
            co_return refusal(refused.status, refused.body);
        } catch (const SocketClosed& closed) {
            failure = closed.reason;
        }
        co_return not_reached(failure);
    }
};

Client::Client(ClientSettings settings) : state_(std::make_shared<State>(std::move(settings))) {}

Client::~Client() {
    if (state_->link) state_->link->abandon();
}

const std::string& Client::cookie() const { return state_->settings.cookie; }

const std::string& Client::device_cookie() const { return state_->settings.device_cookie; }

Async<Reply<door::SignInAnswer>> Client::sign_in(door::SignIn ask) {
    return state_->post<door::SignInAnswer>("/session/sign-in", json::to_json(ask));
}

Async<Reply<door::SignedIn>> Client::second_factor(door::SecondFactor ask) {
    return state_->post<door::SignedIn>("/session/second-factor", json::to_json(ask));
}

Async<Reply<door::SessionState>> Client::session_state() {
    const Reply<HttpReply> reply = co_await state_->exchange("GET", "/session/state", "");
    co_return answer_of<door::SessionState>(reply);
}

Async<Reply<door::SignedIn>> Client::step_up(door::StepUp ask) {
    return state_->post<door::SignedIn>("/session/step-up", json::to_json(ask));
}

Async<Reply<door::Locked>> Client::lock() { return state_->post<door::Locked>("/session/lock", "{}"); }

Async<Reply<door::SignedIn>> Client::unlock(door::Unlock ask) {
    return state_->post<door::SignedIn>("/session/unlock", json::to_json(ask));
}

Async<Reply<door::TotpOffer>> Client::offer_totp() {
    return state_->post<door::TotpOffer>("/session/offer-totp", "{}");
}

Async<Reply<door::CodeSheet>> Client::offer_code_card() {
    return state_->post<door::CodeSheet>("/session/offer-code-card", "{}");
}

Async<Reply<door::CodeSheet>> Client::make_recovery_codes() {
    return state_->post<door::CodeSheet>("/session/make-recovery-codes", "{}");
}

Async<Reply<door::SignedIn>> Client::confirm_factor(door::ConfirmFactor ask) {
    return state_->post<door::SignedIn>("/session/confirm-factor", json::to_json(ask));
}

Async<Reply<door::InvitationShown>> Client::open_invitation(door::InvitationToken ask) {
    return state_->post<door::InvitationShown>("/session/open-invitation", json::to_json(ask));
}

Async<Reply<door::SignedIn>> Client::accept_invitation(door::AcceptInvitation ask) {
    return state_->post<door::SignedIn>("/session/accept-invitation", json::to_json(ask));
}

Async<Reply<door::SignedIn>> Client::enter_as(door::EnterAs ask) {
    return state_->post<door::SignedIn>("/session/enter-as", json::to_json(ask));
}

Async<Reply<Nothing>> Client::sign_out() { return state_->post<Nothing>("/session/sign-out", "{}"); }

Async<Reply<Nothing>> Client::setup(door::Setup ask) {
    return state_->post<Nothing>("/session/setup", json::to_json(ask));
}

Async<Reply<door::Doors>> Client::doors() {
    const Reply<HttpReply> reply = co_await state_->exchange("GET", "/session/doors", "");
    co_return answer_of<door::Doors>(reply);
}

Async<Reply<Nothing>> Client::connect() {
    if (state_->link) state_->link->abandon();
    std::unique_ptr<Session> session;
    CO_TRY(const door::Ticket ticket, co_await state_->open(session));
    const std::weak_ptr<State> weak = state_;
    const auto hear = [weak](const rpc::Incoming& incoming) {
        if (const auto state = weak.lock()) state->hear(incoming);
    };
    const auto ended = [weak](std::string reason) {
        if (const auto state = weak.lock()) state->add(Lost{std::move(reason)});
    };
    const auto link = std::make_shared<Link>(std::move(session), hear, ended);
    state_->link = link;
    boost::asio::co_spawn(co_await boost::asio::this_coro::executor, link->read(), boost::asio::detached);
    identity::Authenticate first{ticket.ticket};
    co_return co_await call(std::move(first));
}

bool Client::is_connected() const { return state_->link && state_->link->is_open(); }

Async<Reply<identity::Started>> Client::start() {
    identity::Start ask;
    Reply<identity::Started> started = co_await call(ask);
    if (started) state_->ids.set_clock(started->now);
    co_return started;
}

RequestId Client::new_request_id() { return state_->ids.next(); }

Async<Reply<boost::json::value>> Client::call_json(std::string_view method, std::string params,
                                                   std::optional<MandateId> as, std::string id) {
    if (!is_connected()) co_return not_reached("najpierw trzeba się połączyć");
    std::string request = rpc::request(id, method, params, as);
    co_return co_await state_->link->call(std::move(id), std::move(request), state_->settings.patience);
}

Async<Reply<boost::json::value>> Client::insist_json(std::string_view method, std::string params,
                                                     std::optional<MandateId> as) {
    const auto until = std::chrono::steady_clock::now() + state_->settings.patience;
    const std::string id = new_request_id().text();
    Backoff backoff;
    Reply<boost::json::value> reply = CallError{};
    for (;;) {
        if (is_connected()) {
            reply = co_await call_json(method, params, as, id);
        } else {
            const Reply<Nothing> connected = co_await connect();
            if (connected) continue;
            reply = connected.error();
        }
        if (reply || (reply.error().code != Code::unavailable && !reply.error().lost)) co_return reply;
        const auto pause = backoff.next();
        if (std::chrono::steady_clock::now() + pause > until) co_return reply;
        co_await wait(pause);
    }
}

std::optional<Notice> Client::poll() {
    if (state_->notices.empty()) return std::nullopt;
    std::optional<Notice> notice = std::move(state_->notices.front());
    state_->notices.pop_front();
    return notice;
}

Async<std::optional<Notice>> Client::next(std::chrono::milliseconds ceiling) {
    const auto state = state_;
    if (state->notices.empty()) {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, ceiling);
        state->waiting = &timer;
        co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        state->waiting = nullptr;
    }
    co_return poll();
}

Async<void> Client::close() {
    if (is_connected()) co_await state_->link->close();
}

void Client::abort() {
    if (state_->link) state_->link->abort();
}

} // namespace splot::client
