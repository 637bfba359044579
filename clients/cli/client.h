#pragma once
#include "clients/cli/connection.h"
#include "clients/cli/notice.h"
#include "clients/cli/reply.h"
#include "protocol/identity/door.h"
#include "protocol/identity/methods.h"
#include "protocol/rpc/registry.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace splot::client {

struct ClientSettings {
    Endpoint endpoint;
    std::string cookie = {};                    ///< of an earlier `sign_in`: `name=value`
    std::string device_cookie = {};             ///< of a remembered device, likewise
    std::chrono::milliseconds patience{30'000}; ///< for one answer; after it the call counts as lost
};

/// A person's program at a hub: signs in over HTTP, calls methods over one WebSocket (as many at once as wanted),
/// and keeps what the hub says unasked until somebody takes it. Lives on one thread: every coroutine of one Client
/// runs on the same executor. No function throws for what a hub or a network does; all of it comes as CallError.
class Client {
public:
    explicit Client(ClientSettings settings);
    ~Client(); ///< cuts the connection
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // The door. Each takes a short connection of its own and keeps the cookies that come.
    Async<Reply<door::SignInAnswer>> sign_in(door::SignIn ask);
    Async<Reply<door::SignedIn>> second_factor(door::SecondFactor ask);
    Async<Reply<door::SignedIn>> enter_as(door::EnterAs ask);
    Async<Reply<Nothing>> sign_out();
    Async<Reply<Nothing>> setup(door::Setup ask);
    Async<Reply<door::Doors>> doors();
    Async<Reply<door::SessionState>> session_state();
    Async<Reply<door::SignedIn>> step_up(door::StepUp ask);
    Async<Reply<door::Locked>> lock();
    Async<Reply<door::SignedIn>> unlock(door::Unlock ask);
    Async<Reply<door::TotpOffer>> offer_totp();
    Async<Reply<door::CodeSheet>> offer_code_card();
    Async<Reply<door::CodeSheet>> make_recovery_codes();
    Async<Reply<door::SignedIn>> confirm_factor(door::ConfirmFactor ask);
    Async<Reply<door::InvitationShown>> open_invitation(door::InvitationToken ask);
    Async<Reply<door::SignedIn>> accept_invitation(door::AcceptInvitation ask);
    const std::string& cookie() const;
    const std::string& device_cookie() const;

    /// Ticket, upgrade, first frame. What waited on an earlier connection is lost; notices not yet taken stay.
    Async<Reply<Nothing>> connect();
    bool is_connected() const;
    /// `session.start`; from then on ids of calls follow the hub's clock.
    Async<Reply<identity::Started>> start();

    /// One call. `as`: the mandate to act under, needed where more than one fits. `id`: as a rule absent; one that was
    /// used before repeats that call. Without a connection: unavailable.
    template <MethodType M>
    Async<Reply<typename M::Answer>> call(M params, std::optional<MandateId> as = {},
                                          std::optional<std::string> id = {});
    /// The same, but connects again and repeats under one id while the connection is lost or the hub unavailable, for
    /// `patience` at most: so nothing is done twice and a restart of the hub is not felt.
    template <MethodType M> Async<Reply<typename M::Answer>> insist(M params, std::optional<MandateId> as = {});
    RequestId new_request_id();

    /// The oldest notice not yet taken; waits for one, for `ceiling` at most. One waiter at a time.
    Async<std::optional<Notice>> next(std::chrono::milliseconds ceiling = std::chrono::hours(24 * 365));
    /// The same without waiting.
    std::optional<Notice> poll();

    /// The closing handshake.
    Async<void> close();
    /// Cuts the line, as a broken network would; `next` tells Lost.
    void abort();

private:
    Async<Reply<boost::json::value>> call_json(std::string_view method, std::string params, std::optional<MandateId> as,
                                               std::string id);
    Async<Reply<boost::json::value>> insist_json(std::string_view method, std::string params,
                                                 std::optional<MandateId> as);

    struct State;
    std::shared_ptr<State> state_;
};

/// What to tell when the hub answered something that this program cannot read.
CallError not_understood(const Problem& problem);

template <class T> Reply<T> decode_answer(const Reply<boost::json::value>& reply) {
    if (!reply) return reply.error();
    auto answer = json::decode<T>(*reply, "result", json::Unknown::ignored);
    if (!answer) return not_understood(answer.error());
    return *std::move(answer);
}

template <MethodType M>
Async<Reply<typename M::Answer>> Client::call(M params, std::optional<MandateId> as, std::optional<std::string> id) {
    std::string request_id = id ? *std::move(id) : new_request_id().text();
    const Reply<boost::json::value> reply =
        co_await call_json(M::method.name, json::to_json(params), as, std::move(request_id));
    co_return decode_answer<typename M::Answer>(reply);
}

template <MethodType M> Async<Reply<typename M::Answer>> Client::insist(M params, std::optional<MandateId> as) {
    const Reply<boost::json::value> reply = co_await insist_json(M::method.name, json::to_json(params), as);
    co_return decode_answer<typename M::Answer>(reply);
}

} // namespace splot::client
