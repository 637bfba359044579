// A retry may meet its own first attempt: the hub died in COMMIT, and PostgreSQL finishes it while the next hub works.
#include "tests/faults/talk.h"

#include "storage/postgres/migrations.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>

namespace splot::faults {
namespace {

using client::Client;
using client::Reply;
using storage::Connection;

constexpr storage::Query count_waiting{"tests.count_waiting",
                                       "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"};

Async<void> pause(boost::asio::io_context& io) {
    boost::asio::steady_timer timer(io, std::chrono::milliseconds(5));
    co_await timer.async_wait(boost::asio::use_awaitable);
}

Async<void> repeat(Client& client, channels::PostMessage ask, std::string id, std::optional<Reply<Made>>& answer) {
    answer = co_await client.call(std::move(ask), std::nullopt, std::move(id));
}

/// The message of this request is put back, uncommitted; the request comes again and waits for it; then COMMIT.
Async<Reply<Made>> meet(boost::asio::io_context& io, std::string conninfo, Client& client, channels::PostMessage ask,
                        std::string id) {
    const auto owner = co_await Connection::open(io, storage::as_owner(conninfo));
    const auto watcher = co_await Connection::open(io, storage::as_owner(conninfo));
    std::string take = "CREATE TABLE kept AS SELECT * FROM message WHERE request = '" + id +
                       "'; DELETE FROM message WHERE request = '" + id + "'";
    co_await owner->run_script(std::move(take));
    std::string put = "BEGIN; INSERT INTO message SELECT * FROM kept";
    co_await owner->run_script(std::move(put));
    std::optional<Reply<Made>> answer;
    boost::asio::co_spawn(io, repeat(client, std::move(ask), id, answer), boost::asio::detached);
    for (std::int64_t waiting = 0; waiting == 0 && !answer;) {
        watcher->queue(count_waiting);
        const auto results = co_await watcher->flush();
        waiting = storage::rows<std::int64_t>(results.front()).front();
        co_await pause(io);
    }
    std::string commit = "COMMIT";
    co_await owner->run_script(std::move(commit));
    while (!answer)
        co_await pause(io);
    co_return *std::move(answer);
}

TEST(RepeatedRequest, finds_what_the_first_attempt_commits_at_this_very_moment) {
    Stage stage;
    const auto room = stage.make_rooms(1, 0).front();
    Talker nina(stage, "nina.gajda");
    const auto id = nina.new_id();
    const auto first = nina.post(room, "Piórko raz", id);
    ASSERT_EQ(outcome_of(first), "ok");

    channels::PostMessage ask{room.channel, room.topic, Personal(std::string("Piórko raz")), {}, {}, {}, {}, {}};
    const auto again = run(stage.io, meet(stage.io, stage.conninfo(), nina.client(), std::move(ask), id));

    ASSERT_EQ(outcome_of(again), "ok");
    EXPECT_EQ(again->made, first->made);
    EXPECT_THAT(nina.texts(room), testing::ElementsAre("Piórko raz"));
}

} // namespace
} // namespace splot::faults
