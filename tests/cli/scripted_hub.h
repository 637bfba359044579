#pragma once
#include "clients/cli/client.h"
#include "hub/server/listener.h"
#include "protocol/rpc/envelope.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace splot::tests {

/// A hub without rules: it keeps the door, and answers calls as the test says. For what a client does when the other
/// side does what a real hub does once in a blue moon.
class ScriptedHub : public Site {
public:
    /// Called on the hub's thread for each call but `session.authenticate`, which is always well.
    using Script = std::function<void(const rpc::Request&, Wire&)>;

    explicit ScriptedHub(Script script) : script_(std::move(script)) {}

    Async<HttpAnswer> serve(Shard& shard, HttpRequest request) override;
    unsigned admit(const HttpRequest&) override { return 101; }
    std::shared_ptr<WireUser> open(Shard& shard, std::shared_ptr<Wire> wire, const HttpRequest& upgrade) override;

    /// Every call so far: "method id params".
    std::vector<rpc::Request> calls();
    void hear(rpc::Request request, Wire& wire);

    bool knows_cookie = true; ///< set before the client asks

private:
    Script script_;
    std::mutex mutex_;
    std::vector<rpc::Request> calls_;
};

void answer(Wire& wire, const rpc::Request& request, std::string_view result = "{}");
void refuse_call(Wire& wire, const rpc::Request& request, Code code, std::string_view sentence);
void notify(Wire& wire, std::string_view method, std::string_view params);
/// An event "channel_key_destroyed" of this stream with this cursor.
std::string event_json(StreamId stream, std::string_view cursor);
StreamId stream(int number);

/// The scripted hub on a real socket, and a client on the test's own thread.
class ClientTest : public ::testing::Test {
protected:
    ~ClientTest() override;
    void start(ScriptedHub::Script script);

    /// Runs the client's side to its end. `story` is a coroutine lambda.
    template <class Story> void run(Story story) {
        std::exception_ptr failure;
        bool finished = false;
        boost::asio::co_spawn(io, story(), [&](std::exception_ptr thrown) {
            failure = thrown;
            finished = true;
        });
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        io.restart();
        while (!finished) {
            ASSERT_LT(std::chrono::steady_clock::now(), end) << "nothing happened";
            io.run_one_for(std::chrono::milliseconds(20));
        }
        if (failure) std::rethrow_exception(failure);
    }

    boost::asio::io_context io{1};
    std::unique_ptr<ScriptedHub> hub;
    std::unique_ptr<Shards> shards;
    std::unique_ptr<Listener> listener;
    client::ClientSettings settings;
    std::unique_ptr<client::Client> client;
};

} // namespace splot::tests
