#include "tests/cli/scripted_hub.h"

namespace splot::tests {
namespace {

Frame frame(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

class ScriptedUser : public WireUser {
public:
    ScriptedUser(ScriptedHub& hub, std::shared_ptr<Wire> wire) : hub_(hub), wire_(std::move(wire)) {}
    void on_frame(std::string text) override {
        auto request = rpc::read_request(text);
        if (!request) return wire_->close(1008, "no request");
        if (request->method == "session.authenticate") return answer(*wire_, *request);
        hub_.hear(*std::move(request), *wire_);
    }
    void on_overflow() override {}
    void on_shutdown() override {}
    void on_closed() override { wire_.reset(); }

private:
    ScriptedHub& hub_;
    std::shared_ptr<Wire> wire_;
};

HttpAnswer json_answer(std::string body, unsigned status = 200) {
    return {status, "application/json", std::move(body), {}};
}

} // namespace

Async<HttpAnswer> ScriptedHub::serve(Shard&, HttpRequest request) {
    if (request.path == "/session/sign-in") {
        auto reply = json_answer(R"({"session":{"person":"01970b5c-7a11-7c3e-9d2f-000000000001",)"
                                 R"("device":"01970b5c-7a11-7c3e-9d2f-000000000002","until":"2026-11-24T12:00:00Z",)"
                                 R"("level":"full"}})");
        reply.headers.emplace_back("Set-Cookie", "splot=secret; HttpOnly; SameSite=Strict; Path=/");
        co_return reply;
    }
    const bool known = knows_cookie && request.cookie("splot") == "secret" && request.header("x-splot") == "1";
    if (!known) {
        const Problem problem = refuse(Code::unauthenticated);
        co_return json_answer(rpc::error_object(problem, "Zaloguj się."), 401);
    }
    if (request.path == "/session/ticket") co_return json_answer(R"({"ticket":"once"})");
    auto reply = json_answer("{}");
    reply.headers.emplace_back("Set-Cookie", "splot=; Max-Age=0; Path=/");
    co_return reply;
}

std::shared_ptr<WireUser> ScriptedHub::open(Shard&, std::shared_ptr<Wire> wire, const HttpRequest&) {
    return std::make_shared<ScriptedUser>(*this, std::move(wire));
}

std::vector<rpc::Request> ScriptedHub::calls() {
    const std::lock_guard lock(mutex_);
    return calls_;
}

void ScriptedHub::hear(rpc::Request request, Wire& wire) {
    {
        const std::lock_guard lock(mutex_);
        calls_.push_back(request);
    }
    script_(request, wire);
}

void answer(Wire& wire, const rpc::Request& request, std::string_view result) {
    wire.send(frame(rpc::answer(request.id, result)), FrameKind::answer);
}

void refuse_call(Wire& wire, const rpc::Request& request, Code code, std::string_view sentence) {
    wire.send(frame(rpc::error(request.id, refuse(code), sentence, 1)), FrameKind::answer);
}

void notify(Wire& wire, std::string_view method, std::string_view params) {
    wire.send(frame(rpc::notification(method, params)), FrameKind::event);
}

StreamId stream(int number) { return *StreamId::parse("01970b5c-7a11-7c3e-9d2f-00000000010" + std::to_string(number)); }

std::string event_json(StreamId stream, std::string_view cursor) {
    const std::string id = "01970b5c-7a11-7c3e-9d2f-000000000001";
    return R"({"stream":")" + stream.text() + R"(","cursor":")" + std::string(cursor) +
           R"(","kind":"channel_key_destroyed","author":{"person":")" + id + R"(","mandate":")" + id +
           R"(","institution":")" + id + R"("},"at":"2026-11-24T12:00:00Z","event":{"channel":")" + stream.text() +
           "\"}}";
}

void ClientTest::start(ScriptedHub::Script script) {
    hub = std::make_unique<ScriptedHub>(std::move(script));
    shards = std::make_unique<Shards>(1);
    ListenerOptions options;
    options.report = [](std::exception_ptr thrown) {
        try {
            std::rethrow_exception(thrown);
        } catch (const std::exception& error) {
            ADD_FAILURE() << error.what();
        }
    };
    listener = std::make_unique<Listener>(*shards, *hub, Limits{}, std::move(options));
    listener->add_own_origin("http://localhost:" + std::to_string(listener->port()));
    shards->start();
    listener->start();
    settings.endpoint.port = listener->port();
    settings.endpoint.tls = false;
    settings.cookie = "splot=secret";
    client = std::make_unique<client::Client>(settings);
}

ClientTest::~ClientTest() {
    client.reset();
    if (listener) listener->shutdown(std::chrono::milliseconds(0));
    if (shards) shards->stop();
}

} // namespace splot::tests
