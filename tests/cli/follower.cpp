#include "clients/cli/follower.h"

#include "tests/cli/scripted_hub.h"

using namespace splot;
using namespace splot::tests;
using client::Disconnected;
using client::Followed;
using client::Follower;
using client::Reconnected;
using client::Reopened;
using client::Reply;
using testing::ElementsAre;

namespace {

/// What came, in short: an event's cursor, or its kind in capitals.
std::string shortly(const Reply<Followed>& reply) {
    if (!reply) return "PROBLEM " + std::string(name_of(reply.error().code));
    if (const auto* const event = std::get_if<Event>(&*reply)) return event->cursor;
    if (std::holds_alternative<Disconnected>(*reply)) return "DISCONNECTED";
    if (std::holds_alternative<Reconnected>(*reply)) return "RECONNECTED";
    if (const auto* const reopened = std::get_if<Reopened>(&*reply))
        return "REOPENED " + reopened->stream.code.value_or("");
    if (std::holds_alternative<streams::Wipe>(*reply)) return "WIPE";
    return "OTHER";
}

std::string opened(StreamId stream, std::string_view cursor, std::string_view events) {
    return R"({"stream":")" + stream.text() + R"(","opened":{"stream":")" + stream.text() + R"(","cursor":")" +
           std::string(cursor) + R"(","events":[)" + std::string(events) + "]}}";
}

std::string resumed(std::string_view streams) { return R"({"streams":[)" + std::string(streams) + "]}"; }

struct FollowerTest : ClientTest {
    /// Connects, makes one call so that the script begins, and follows until so many things came.
    std::vector<std::string> follow(int count) {
        std::vector<std::string> came;
        run([&]() -> Async<void> {
            co_await client->connect();
            Follower follower(*client);
            follower.follow(stream(1), "c0");
            streams::Sync ask;
            co_await client->call(ask);
            for (int i = 0; i < count; ++i) {
                const Reply<Followed> next = co_await follower.next();
                came.push_back(shortly(next));
            }
        });
        return came;
    }
    /// The cursors that each `streams.resume` asked from.
    std::vector<std::string> asked() {
        std::vector<std::string> all;
        for (const auto& call : hub->calls()) {
            if (call.method != "streams.resume") continue;
            const auto ask = json::decode<streams::Resume>(call.params).value();
            for (const auto& position : ask.streams)
                all.push_back(position.cursor.value_or("nothing"));
        }
        return all;
    }
};

} // namespace

TEST_F(FollowerTest, tells_events_of_its_streams_only) {
    start([](const rpc::Request& request, Wire& wire) {
        notify(wire, "streams.event", event_json(stream(1), "c1"));
        notify(wire, "streams.event", event_json(stream(2), "other"));
        notify(wire, "streams.event", event_json(stream(1), "c2"));
        answer(wire, request);
    });

    EXPECT_THAT(follow(2), ElementsAre("c1", "c2"));
}

TEST_F(FollowerTest, resumes_from_its_last_cursor_after_a_break_and_misses_nothing) {
    start([](const rpc::Request& request, Wire& wire) {
        if (request.method == "streams.sync") {
            notify(wire, "streams.event", event_json(stream(1), "c1"));
            answer(wire, request);
            return wire.close(1012, "restart");
        }
        answer(wire, request,
               resumed(opened(stream(1), "c3", event_json(stream(1), "c2") + "," + event_json(stream(1), "c3"))));
        notify(wire, "streams.event", event_json(stream(1), "c4"));
    });

    EXPECT_THAT(follow(6), ElementsAre("c1", "DISCONNECTED", "c2", "c3", "RECONNECTED", "c4"));
    EXPECT_THAT(asked(), ElementsAre("c1"));
}

TEST_F(FollowerTest, that_did_not_keep_up_resumes_on_the_same_connection) {
    start([](const rpc::Request& request, Wire& wire) {
        if (request.method == "streams.sync") {
            notify(wire, "streams.event", event_json(stream(1), "c1"));
            notify(wire, "streams.resync",
                   R"({"streams":[")" + stream(1).text() + R"(",")" + stream(2).text() + "\"]}");
            return answer(wire, request);
        }
        answer(wire, request, resumed(opened(stream(1), "c2", event_json(stream(1), "c2"))));
    });

    EXPECT_THAT(follow(2), ElementsAre("c1", "c2"));
    EXPECT_THAT(asked(), ElementsAre("c1"));
}

TEST_F(FollowerTest, whose_right_ended_meanwhile_is_told_and_goes_on) {
    start([](const rpc::Request& request, Wire& wire) {
        if (request.method == "streams.sync") return wire.close(1012, "restart");
        answer(wire, request, resumed(R"({"stream":")" + stream(1).text() + R"(","code":"not_found"})"));
    });

    EXPECT_THAT(follow(3), ElementsAre("DISCONNECTED", "REOPENED not_found", "RECONNECTED"));
}

TEST_F(FollowerTest, A14_is_told_to_wipe_and_opens_the_rest_anew) {
    start([](const rpc::Request& request, Wire& wire) {
        if (request.method == "streams.sync") {
            notify(wire, "streams.wipe", R"({"stream":")" + stream(1).text() + R"(","reopen":true})");
            return answer(wire, request);
        }
        const auto id = stream(1).text();
        answer(wire, request,
               resumed(R"({"stream":")" + id + R"(","opened":{"stream":")" + id +
                       R"(","cursor":"c9","snapshot":{},"events":[]}})"));
        notify(wire, "streams.event", event_json(stream(1), "c10"));
    });

    EXPECT_THAT(follow(3), ElementsAre("WIPE", "REOPENED ", "c10"));
    EXPECT_THAT(asked(), ElementsAre("nothing"));
}

TEST_F(FollowerTest, asks_again_when_the_hub_cannot_serve_yet) {
    start([this](const rpc::Request& request, Wire& wire) {
        if (request.method == "streams.sync") return wire.close(1012, "restart");
        if (hub->calls().size() == 2) return refuse_call(wire, request, Code::unavailable, "Chwilę.");
        answer(wire, request, resumed(opened(stream(1), "c1", event_json(stream(1), "c1"))));
    });

    EXPECT_THAT(follow(3), ElementsAre("DISCONNECTED", "c1", "RECONNECTED"));
    EXPECT_THAT(asked(), ElementsAre("c0", "c0"));
}

TEST_F(FollowerTest, ends_when_the_session_does) {
    start([](const rpc::Request& request, Wire& wire) {
        notify(wire, "session.ended", R"({"locked":false})");
        answer(wire, request);
        wire.close(1000, "ended");
    });

    EXPECT_THAT(follow(1), ElementsAre("PROBLEM unauthenticated"));
}

TEST_F(FollowerTest, comes_back_when_a_draining_hub_asked_it_to) {
    start([](const rpc::Request& request, Wire& wire) {
        if (request.method == "streams.sync") {
            notify(wire, "session.drain", R"({"retry_after_ms":1})");
            return wire.close(1012, "restart");
        }
        answer(wire, request, resumed(opened(stream(1), "c0", "")));
    });

    EXPECT_THAT(follow(2), ElementsAre("DISCONNECTED", "RECONNECTED"));
}
