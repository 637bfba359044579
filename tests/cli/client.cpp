#include "clients/cli/client.h"

#include "protocol/streams/methods.h"
#include "tests/cli/scripted_hub.h"

#include <boost/asio/detached.hpp>

using namespace splot;
using namespace splot::tests;
using client::Lost;
using client::Notice;
using client::Reply;
using testing::ElementsAre;

namespace {

std::string cursor_of(const std::optional<Notice>& notice) {
    const auto* const event = notice ? std::get_if<Event>(&*notice) : nullptr;
    return event ? event->cursor : "no event";
}

Async<void> sync(client::Client& client, std::string name, std::vector<std::string>& done) {
    streams::Sync ask;
    const Reply<Nothing> reply = co_await client.call(ask);
    done.push_back(reply ? name : "failed");
}

} // namespace

TEST_F(ClientTest, signs_in_and_keeps_the_cookie_until_it_signs_out) {
    start([](auto&, auto&) {});
    settings.cookie.clear();
    client = std::make_unique<client::Client>(settings);

    run([this]() -> Async<void> {
        door::SignIn ask{"nina", Personal<std::string>("tajne hasło"), "test"};
        const Reply<door::SignInAnswer> signed_in = co_await client->sign_in(std::move(ask));
        EXPECT_TRUE(signed_in && signed_in->session);
        EXPECT_EQ(client->cookie(), "splot=secret");
        const Reply<Nothing> connected = co_await client->connect();
        EXPECT_TRUE(connected);
        EXPECT_TRUE(client->is_connected());
        const Reply<Nothing> signed_out = co_await client->sign_out();
        EXPECT_TRUE(signed_out);
        EXPECT_EQ(client->cookie(), "");
    });
}

TEST_F(ClientTest, a_cookie_that_is_not_known_any_more_is_unauthenticated) {
    start([](auto&, auto&) {});
    hub->knows_cookie = false;

    run([this]() -> Async<void> {
        const Reply<Nothing> connected = co_await client->connect();
        EXPECT_FALSE(connected);
        EXPECT_EQ(connected.error().code, Code::unauthenticated);
        EXPECT_EQ(connected.error().message, "Zaloguj się.");
        EXPECT_FALSE(connected.error().lost);
    });
}

TEST_F(ClientTest, a_hub_that_is_not_there_is_unavailable_and_nothing_was_lost) {
    settings.endpoint.port = 1;
    settings.endpoint.tls = false;
    client = std::make_unique<client::Client>(settings);

    run([this]() -> Async<void> {
        const Reply<Nothing> connected = co_await client->connect();
        EXPECT_EQ(connected.error().code, Code::unavailable);
        EXPECT_FALSE(connected.error().lost);
    });
}

TEST_F(ClientTest, answers_find_their_calls_in_whatever_order_they_come) {
    std::vector<rpc::Request> waiting;
    start([&](const rpc::Request& request, Wire& wire) {
        waiting.push_back(request);
        if (waiting.size() < 3) return;
        for (auto each = waiting.rbegin(); each != waiting.rend(); ++each)
            each == waiting.rbegin() + 1 ? refuse_call(wire, *each, Code::conflict, "Za późno.") : answer(wire, *each);
    });
    std::vector<std::string> done;

    run([&]() -> Async<void> {
        const Reply<Nothing> connected = co_await client->connect();
        EXPECT_TRUE(connected);
        boost::asio::co_spawn(io, sync(*client, "first", done), boost::asio::detached);
        boost::asio::co_spawn(io, sync(*client, "second", done), boost::asio::detached);
        co_await sync(*client, "third", done);
        while (done.size() < 3) {
            streams::Sync ask;
            co_await client->call(ask, {}, "more");
        }
    });

    EXPECT_THAT(done, testing::UnorderedElementsAre("first", "failed", "third"));
}

TEST_F(ClientTest, a_refusal_keeps_the_hubs_code_sentence_and_wait) {
    start([](const rpc::Request& request, Wire& wire) { refuse_call(wire, request, Code::rate_limited, "Wolniej."); });

    run([this]() -> Async<void> {
        co_await client->connect();
        streams::Sync ask;
        const Reply<Nothing> reply = co_await client->call(ask);
        EXPECT_EQ(reply.error().code, Code::rate_limited);
        EXPECT_EQ(reply.error().message, "Wolniej.");
        EXPECT_EQ(reply.error().retry_after, std::chrono::milliseconds(1));
    });
}

TEST_F(ClientTest, T08_the_mandate_and_a_given_id_go_with_the_call) {
    start([](const rpc::Request& request, Wire& wire) { answer(wire, request); });
    const auto mandate = *MandateId::parse("01970b5c-7a11-7c3e-9d2f-0000000000aa");
    const auto id = RequestId(Uuid{}).text();

    run([&]() -> Async<void> {
        co_await client->connect();
        streams::Sync ask;
        co_await client->call(ask, mandate, id);
    });

    ASSERT_EQ(hub->calls().size(), 1u);
    EXPECT_EQ(hub->calls()[0].as, mandate);
    EXPECT_EQ(hub->calls()[0].id, id);
}

TEST_F(ClientTest, notices_wait_in_their_order_until_they_are_taken) {
    start([](const rpc::Request& request, Wire& wire) {
        notify(wire, "streams.event", event_json(stream(1), "c1"));
        notify(wire, "streams.unheard_of", "{}");
        notify(wire, "streams.event", event_json(stream(1), "c2"));
        answer(wire, request);
    });

    run([this]() -> Async<void> {
        co_await client->connect();
        streams::Sync ask;
        co_await client->call(ask);
        EXPECT_EQ(cursor_of(client->poll()), "c1");
        const std::optional<Notice> second = co_await client->next();
        EXPECT_EQ(cursor_of(second), "c2");
        EXPECT_EQ(client->poll(), std::nullopt);
        const std::optional<Notice> none = co_await client->next(std::chrono::milliseconds(1));
        EXPECT_EQ(none, std::nullopt);
    });
}

TEST_F(ClientTest, a_connection_that_ends_in_between_leaves_the_call_lost) {
    start([](const rpc::Request&, Wire& wire) { wire.close(1012, "restart"); });

    run([this]() -> Async<void> {
        co_await client->connect();
        streams::Sync ask;
        const Reply<Nothing> reply = co_await client->call(ask);
        EXPECT_EQ(reply.error().code, Code::unavailable);
        EXPECT_TRUE(reply.error().lost);
        const std::optional<Notice> notice = co_await client->next();
        EXPECT_TRUE(notice && std::holds_alternative<Lost>(*notice));
        EXPECT_FALSE(client->is_connected());
    });
}

TEST_F(ClientTest, a_hub_that_does_not_answer_leaves_the_call_lost_too) {
    start([](auto&, auto&) {});
    settings.patience = std::chrono::seconds(1); // connecting must fit in it, also on a busy machine
    client = std::make_unique<client::Client>(settings);

    run([this]() -> Async<void> {
        co_await client->connect();
        streams::Sync ask;
        const Reply<Nothing> reply = co_await client->call(ask);
        EXPECT_TRUE(reply.error().lost);
        EXPECT_TRUE(client->is_connected());
    });
}

TEST_F(ClientTest, insisting_repeats_under_one_id_across_connections) {
    start([this](const rpc::Request& request, Wire& wire) {
        switch (hub->calls().size()) {
        case 1:
            return wire.close(1012, "restart");
        case 2:
            return refuse_call(wire, request, Code::unavailable, "Chwilę.");
        default:
            return answer(wire, request);
        }
    });

    run([this]() -> Async<void> {
        streams::Sync ask;
        const Reply<Nothing> reply = co_await client->insist(ask);
        EXPECT_TRUE(reply);
    });

    const auto calls = hub->calls();
    ASSERT_EQ(calls.size(), 3u);
    EXPECT_EQ(calls[0].id, calls[1].id);
    EXPECT_EQ(calls[0].id, calls[2].id);
}

TEST_F(ClientTest, insisting_takes_a_refusal_for_an_answer) {
    start([](const rpc::Request& request, Wire& wire) { refuse_call(wire, request, Code::not_found, "Nie ma."); });

    run([this]() -> Async<void> {
        streams::Sync ask;
        const Reply<Nothing> reply = co_await client->insist(ask);
        EXPECT_EQ(reply.error().code, Code::not_found);
    });

    EXPECT_EQ(hub->calls().size(), 1u);
}

TEST_F(ClientTest, an_answer_that_does_not_fit_is_told_and_not_fatal) {
    start([](const rpc::Request& request, Wire& wire) { answer(wire, request, R"({"devices":7})"); });

    run([this]() -> Async<void> {
        co_await client->connect();
        identity::ListDevices ask;
        const Reply<identity::Devices> reply = co_await client->call(ask);
        EXPECT_EQ(reply.error().field, "result.devices");
        EXPECT_TRUE(client->is_connected());
    });
}
