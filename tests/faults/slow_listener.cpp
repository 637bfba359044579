// One listener who does not read keeps nobody waiting (the hub's memory for it is tested in tests/server).
#include "tests/faults/aftermath.h"
#include "tests/faults/talk.h"

#include "protocol/rpc/envelope.h"

namespace splot::faults {
namespace {

using Clock = std::chrono::steady_clock;

/// Connected, in the room, and silent from then on: it takes the answers to its two calls and nothing more.
Async<std::unique_ptr<client::Session>> fall_asleep_in(client::Endpoint endpoint, std::string cookie, Room room) {
    endpoint.receive_buffer = 4096;
    auto session = co_await client::Session::connect(endpoint);
    client::Headers headers{{"x-splot", "1"}, {"origin", endpoint.origin()}, {"cookie", cookie}};
    const auto reply = co_await session->post("/session/ticket", std::move(headers), "{}");
    co_await session->upgrade(cookie, endpoint.origin());
    const auto body = json::parse(reply.body);
    const auto ticket = json::decode<door::Ticket>(*body);
    std::string first =
        rpc::request("1", identity::Authenticate::method.name, json::to_json(identity::Authenticate{ticket->ticket}));
    co_await session->send(std::move(first));
    co_await session->receive();
    std::string second =
        rpc::request("2", streams::Open::method.name, json::to_json(streams::Open{StreamId(Uuid(room.channel)), {}}));
    co_await session->send(std::move(second));
    co_await session->receive();
    co_return session;
}

TEST(SlowListener, keeps_nineteen_others_waiting_for_nothing) {
    Stage stage;
    const auto room = stage.make_rooms(1, 0).front();
    std::vector<std::unique_ptr<Talker>> listeners;
    for (std::size_t i = 0; i < 19; ++i) {
        listeners.push_back(std::make_unique<Talker>(stage, members()[i]));
        ASSERT_EQ(outcome_of(listeners.back()->open(room)), "ok");
    }
    const auto asleep = run(stage.io, fall_asleep_in(stage.endpoint(), stage.enter(members()[19]), room));
    Talker writer(stage, animator);

    std::chrono::nanoseconds longest{};
    const std::string filling(9'000, 'w');
    for (int i = 0; i < 3'000 && stage.metric("splot_overflows_total") == 0; ++i) {
        const auto text = std::to_string(i) + filling;
        ASSERT_EQ(outcome_of(writer.post(room, text)), "ok");
        const auto acknowledged = Clock::now();
        for (auto& listener : listeners)
            ASSERT_EQ(listener->hears(), text);
        longest = std::max<std::chrono::nanoseconds>(longest, Clock::now() - acknowledged);
    }
    EXPECT_GE(stage.metric("splot_overflows_total"), 1) << "the sleeper was never told to resume";
    EXPECT_LT(longest, std::chrono::seconds(3)) << "others waited";
    EXPECT_EQ(outcome_of(listeners.front()->list(room)), "ok");
}

} // namespace
} // namespace splot::faults
