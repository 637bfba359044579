// What was acknowledged is on disk: whoever is killed, whenever (DESIGN §3, security.md §§4.1 and 5.2).
#include "tests/faults/fleet.h"

#include "hub/access/kernel.h"
#include "protocol/channels/methods.h"
#include "storage/async/run.h"
#include "storage/log/log.h"
#include "storage/postgres/migrations.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace splot::faults {
namespace {

using client::Client;

struct LogRow {
    std::int64_t number;
    std::string kind;
    Uuid object;
    std::optional<std::int32_t> revision;
};
BOOST_DESCRIBE_STRUCT(LogRow, (), (number, kind, object, revision))

constexpr storage::Query read_log{"tests.read_log",
                                  "SELECT e.number, e.kind, e.object, e.revision FROM event e JOIN stream s ON s.key = "
                                  "e.stream WHERE s.id = $1 ORDER BY e.number"};
constexpr storage::Query read_head{"tests.read_head", "SELECT head FROM stream WHERE id = $1"};

Async<std::vector<LogRow>> rows_of(storage::Connection& connection, ChannelId channel) {
    connection.queue(read_log, Uuid(channel));
    const auto results = co_await connection.flush();
    co_return storage::rows<LogRow>(results.front());
}

Async<std::int64_t> head_of(storage::Connection& connection, ChannelId channel) {
    connection.queue(read_head, Uuid(channel));
    const auto results = co_await connection.flush();
    co_return storage::rows<std::int64_t>(results.front()).front();
}

Act act_of(const std::string& kind) {
    if (kind == "message_posted") return Act::post;
    return kind == "message_edited" ? Act::edit : Act::remove;
}

Async<void> read_heads(boost::asio::io_context& io, std::string conninfo, std::vector<Room> rooms,
                       std::map<std::string, std::int64_t>& heads) {
    const auto connection = co_await storage::Connection::open(io, storage::as_owner(std::move(conninfo)));
    for (const auto& room : rooms)
        heads[room.channel.text()] = co_await head_of(*connection, room.channel);
}

/// The log as the database holds it, from after the start.
Async<void> read_rows(boost::asio::io_context& io, std::string conninfo, std::vector<Room> rooms, History& history) {
    const auto connection = co_await storage::Connection::open(io, storage::as_owner(std::move(conninfo)));
    for (const auto& room : rooms) {
        const auto channel = room.channel.text();
        for (const auto& row : co_await rows_of(*connection, room.channel))
            if (row.number > history.start.at(channel))
                history.rows.push_back(
                    {channel, row.number, act_of(row.kind), row.object.text(), row.revision.value_or(1)});
    }
}

/// The messages as the hub lists them, by pages.
Async<void> list_all(Client& client, std::vector<Room> rooms, std::vector<Standing>& standing) {
    for (const auto& room : rooms) {
        std::optional<std::string> before;
        for (bool more = true; more;) {
            channels::ListMessages ask{room.channel, {}, before, 200};
            const auto page = co_await client.call(std::move(ask));
            if (!page) throw std::runtime_error("channels.list_messages: " + page.error().message);
            for (const auto& m : page->messages)
                standing.push_back(
                    {room.channel.text(), m.id.text(), m.text.reveal(), m.revision, m.deleted_at.has_value()});
            more = page->has_older && !page->messages.empty();
            if (more) before = page->messages.front().cursor;
        }
    }
}

Async<std::vector<storage::log::ChainRow>> chain_of(boost::asio::io_context& io, std::string conninfo, Uuid chain) {
    storage::ConnectOptions options;
    options.conninfo = std::move(conninfo);
    options.role = "splot_log";
    options.size = 1;
    storage::Pool pool(io, options);
    auto rows = co_await storage::log::read_chain(pool, GrantMaker::pass(), chain);
    pool.close();
    co_return rows;
}

enum class Victim { hub, keys, postgres, backend };

/// Every victim comes often enough, in an order that the seed gives.
std::vector<Victim> victims(int kills, std::mt19937_64& random) {
    static constexpr Victim turn[] = {Victim::hub,      Victim::postgres, Victim::keys, Victim::hub,
                                      Victim::backend,  Victim::hub,      Victim::keys, Victim::postgres,
                                      Victim::postgres, Victim::hub};
    std::vector<Victim> all;
    for (int i = 0; i < kills; ++i)
        all.push_back(turn[static_cast<std::size_t>(i) % std::size(turn)]);
    std::ranges::shuffle(all, random);
    return all;
}

void strike(Stage& stage, Victim victim, std::mt19937_64& random) {
    switch (victim) {
    case Victim::hub:
        stage.hub().kill();
        stage.start_hub();
        break;
    case Victim::keys:
        stage.keys().kill();
        stage.start_keys();
        break;
    case Victim::postgres:
        stage.kill_postgres();
        stage.cluster().start();
        break;
    case Victim::backend:
        stage.kill_one_backend(random());
        break;
    }
}

class Durability : public testing::Test {
protected:
    /// Strikes at seeded moments: after so many acknowledgements, and then some microseconds into what is under way.
    void rage(Fleet& fleet, int kills) {
        for (const auto victim : victims(kills, random)) {
            const auto acknowledged = std::uniform_int_distribution<std::uint64_t>(10, 90)(random);
            ASSERT_TRUE(fleet.await_acknowledged(acknowledged)) << "nothing is acknowledged any more";
            std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution(0, 8'000)(random)));
            strike(stage, victim, random);
        }
        ASSERT_TRUE(fleet.await_acknowledged(60)) << "nothing is acknowledged after the last kill";
    }

    void expect_whole_chains(const Fleet& fleet) {
        for (const auto& room : rooms)
            if (room.sealed) {
                const auto chain = run(stage.io, chain_of(stage.io, stage.conninfo(), Uuid(room.channel)));
                EXPECT_FALSE(storage::log::first_broken(Uuid(room.channel), chain)) << "a chain is broken";
                const auto looks = std::ranges::count_if(
                    chain, [](const auto& row) { return row.act == "open" || row.act == "resume"; });
                EXPECT_GE(static_cast<std::size_t>(looks), fleet.looks().at(room.channel.text()))
                    << "an answered look left no row";
            }
    }

    Stage stage{{.disk = Stage::Disk::synced}};
    std::vector<Room> rooms;
    std::mt19937_64 random{seed()};
};

TEST_F(Durability, what_was_acknowledged_survives_every_kill) {
    const int kills = std::getenv("SPLOT_TEST_LONG") ? 30 : 10;
    SCOPED_TRACE("SPLOT_TEST_SEED=" + std::to_string(seed()));
    rooms = stage.make_rooms(3, 2);
    std::map<std::string, std::int64_t> start;
    run(stage.io, read_heads(stage.io, stage.conninfo(), rooms, start));
    Fleet fleet(stage, rooms, {}, seed());
    fleet.start();

    rage(fleet, kills);
    fleet.stop_writing();

    History after;
    after.start = start;
    run(stage.io, read_rows(stage.io, stage.conninfo(), rooms, after));
    std::map<std::string, std::size_t> events;
    for (const auto& row : after.rows)
        ++events[row.channel];
    fleet.finish_reading(events);
    const auto judge = stage.connect(animator);
    run(stage.io, list_all(*judge, rooms, after.standing));
    auto history = fleet.take();
    history.start = after.start;
    history.rows = after.rows;
    history.standing = after.standing;

    const auto unknown = std::ranges::count(history.operations, Outcome::unknown, &Operation::outcome);
    std::cout << kills << " kills, " << fleet.acknowledged() << " acknowledged, " << unknown << " never answered, "
              << history.rows.size() << " events, " << fleet.reconnects() << " connections\n";
    EXPECT_EQ(to_string(check(history)), "");
    EXPECT_THAT(fleet.surprises(), testing::IsEmpty());
    expect_whole_chains(fleet);
    EXPECT_EQ(stage.logs().find("Piórko"), std::string::npos) << "a text is in a log";
}

} // namespace
} // namespace splot::faults
