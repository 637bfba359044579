#pragma once
#include "protocol/identity/door.h"
#include "protocol/identity/methods.h"
#include "protocol/rpc/envelope.h"
#include "tests/world/world.h"

namespace splot::identity {

using namespace world;
using client::Headers;
using client::HttpReply;

/// The door as bytes go through it.
class Doors : public WorldTest {
protected:
    using WorldTest::WorldTest;
    HttpReply ask(std::string method, std::string target, std::string body, Headers headers) {
        return run(world.io(), client::request(world.endpoint(world.hub()), std::move(method), std::move(target),
                                               std::move(headers), std::move(body)));
    }
    HttpReply post(std::string target, std::string body, Headers more = {}) {
        Headers headers{{"content-type", "application/json"}, {"x-splot", "1"}};
        headers.insert(headers.end(), more.begin(), more.end());
        return ask("POST", std::move(target), std::move(body), std::move(headers));
    }
    HttpReply sign_in(std::string login, std::string password) {
        return post("/session/sign-in",
                    json::to_json(door::SignIn{std::move(login), Personal(std::move(password)), "test"}));
    }
    HttpReply enter(Who who) {
        return post("/session/enter-as", json::to_json(door::EnterAs{std::string(who.login), "test"}));
    }
    static std::string cookie_of(const HttpReply& reply) {
        const auto header = reply.header("set-cookie");
        return std::string(header.substr(0, header.find(';')));
    }
    /// As a browser sends it from our own page.
    Headers with(const std::string& cookie) {
        return {{"cookie", cookie}, {"origin", world.endpoint(world.hub()).origin()}};
    }
    /// A session's JSON call at the door.
    template <class Ask> HttpReply post_as(const std::string& cookie, std::string target, const Ask& ask_) {
        return post(std::move(target), json::to_json(ask_), with(cookie));
    }
    std::string ticket(const std::string& cookie) {
        const auto reply = post("/session/ticket", "{}", with(cookie));
        if (reply.status != 200) return {};
        return json::decode<door::Ticket>(json::parse(reply.body).value())->ticket;
    }
    /// A new colleague of PUP who signs in with a password.
    void given_account(std::string login, std::string password) {
        CreatePerson ask{world.institution("PUP"), Personal<std::string>("Nowa Osoba"), "stażystka", std::move(login),
                         Personal(std::move(password))};
        when(grzegorz).gets(std::move(ask));
    }
    std::unique_ptr<client::Socket> socket() {
        return run(world.io(), client::Socket::open(world.endpoint(world.hub()), "", ""));
    }
    static std::string authenticate(std::string id, const std::string& with) {
        return rpc::request(id, "session.authenticate", json::to_json(Authenticate{with}));
    }
    std::string talk(client::Socket& there, std::string frame) {
        run(world.io(), there.send(std::move(frame)));
        return run(world.io(), there.receive());
    }
    std::uint16_t code_of_close(client::Socket& there) {
        try {
            for (;;)
                run(world.io(), there.receive());
        } catch (const client::SocketClosed& closed) {
            return closed.code;
        }
    }
};

/// The value of a 200, or an exception.
template <class T> T value_of(const HttpReply& reply) {
    if (reply.status != 200) throw std::runtime_error("refused: " + reply.body);
    return json::decode<T>(json::parse(reply.body).value(), "answer", json::Unknown::ignored).value();
}

/// What a refusal says to programs.
inline std::string code_of(const HttpReply& reply) {
    if (reply.status / 100 == 2) return "answered";
    return json::decode<rpc::WireError>(json::parse(reply.body).value(), "error", json::Unknown::ignored)->data.code;
}

} // namespace splot::identity
