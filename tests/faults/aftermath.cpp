#include "tests/faults/aftermath.h"

#include "hub/access/kernel.h"
#include "protocol/channels/methods.h"
#include "storage/async/run.h"
#include "storage/postgres/migrations.h"

#include <algorithm>
#include <iostream>

namespace splot::faults {
namespace {

using client::Client;
using storage::Connection;

struct LogRow {
    std::int64_t number;
    std::string kind;
    Uuid object;
    std::optional<std::int32_t> revision;
};
BOOST_DESCRIBE_STRUCT(LogRow, (), (number, kind, object, revision))

constexpr storage::Query log_of{"tests.log_of",
                                "SELECT e.number, e.kind, e.object, e.revision FROM event e JOIN stream s ON s.key = "
                                "e.stream WHERE s.id = $1 ORDER BY e.number"};
constexpr storage::Query head_of{"tests.head_of", "SELECT head FROM stream WHERE id = $1"};
constexpr storage::Query plain_in{
    "tests.plain_in",
    "SELECT count(*) FROM message m JOIN message_revision r ON r.message_id = m.id WHERE m.channel_id "
    "= $1 AND (r.key_id IS NULL OR position($2 IN r.body) > 0)"};

template <class T, class... Args>
Async<std::vector<T>> ask(boost::asio::io_context& io, std::string conninfo, storage::Query query, Args... args) {
    const auto owner = co_await Connection::open(io, storage::as_owner(std::move(conninfo)));
    owner->queue(query, args...);
    const auto results = co_await owner->flush();
    co_return storage::rows<T>(results.front());
}

Act act_of(const std::string& kind) {
    if (kind == "message_posted") return Act::post;
    return kind == "message_edited" ? Act::edit : Act::remove;
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

Async<storage::log::Chain> chain_of(boost::asio::io_context& io, std::string conninfo, Uuid chain) {
    storage::ConnectOptions options;
    options.conninfo = std::move(conninfo);
    options.role = "splot_log";
    options.size = 1;
    storage::Pool pool(io, options);
    auto whole = co_await storage::log::read_chain(pool, GrantMaker::pass(), chain);
    pool.close();
    co_return whole;
}

} // namespace

std::map<std::string, std::int64_t> read_heads(Stage& stage, const std::vector<Room>& rooms) {
    std::map<std::string, std::int64_t> heads;
    for (const auto& room : rooms)
        heads[room.channel.text()] =
            run(stage.io, ask<std::int64_t>(stage.io, stage.conninfo(), head_of, Uuid(room.channel))).front();
    return heads;
}

storage::log::Chain read_chain(Stage& stage, const Room& room) {
    return run(stage.io, chain_of(stage.io, stage.conninfo(), Uuid(room.channel)));
}

std::int64_t count_plain(Stage& stage, const Room& room, const std::string& text) {
    const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
    const std::vector<std::byte> needle(bytes, bytes + text.size());
    return run(stage.io, ask<std::int64_t>(stage.io, stage.conninfo(), plain_in, Uuid(room.channel), needle)).front();
}

std::int64_t count_rows(Stage& stage, const std::string& table) {
    const auto name = "tests.count_" + table, text = "SELECT count(*) FROM " + table;
    try {
        return run(stage.io, ask<std::int64_t>(stage.io, stage.conninfo(), storage::Query{name.c_str(), text.c_str()}))
            .front();
    } catch (const storage::DatabaseError&) {
        return 0;
    }
}

Ordeal::Ordeal(Stage& stage, std::vector<Room> rooms, Fleet::Size size) :
    stage_(stage), rooms_(std::move(rooms)), start_(read_heads(stage, rooms_)), fleet_(stage, rooms_, size, seed()) {
    fleet_.start();
}

/// The log as the database holds it, from after the start.
void Ordeal::read_rows(History& history) {
    for (const auto& room : rooms_) {
        const auto channel = room.channel.text();
        for (const auto& row : run(stage_.io, ask<LogRow>(stage_.io, stage_.conninfo(), log_of, Uuid(room.channel))))
            if (row.number > start_.at(channel))
                history.rows.push_back(
                    {channel, row.number, act_of(row.kind), row.object.text(), row.revision.value_or(1)});
    }
}

void Ordeal::expect_every_promise_kept() {
    fleet_.stop_writing();
    History database;
    read_rows(database);
    std::map<std::string, std::size_t> events;
    for (const auto& row : database.rows)
        ++events[row.channel];
    fleet_.finish_reading(events);
    const auto judge = stage_.connect(animator);
    run(stage_.io, list_all(*judge, rooms_, database.standing));

    auto history = fleet_.take();
    history.start = start_;
    history.rows = std::move(database.rows);
    history.standing = std::move(database.standing);
    const auto unknown = std::ranges::count(history.operations, Outcome::unknown, &Operation::outcome);
    std::cout << fleet_.acknowledged() << " acknowledged, " << unknown << " never answered, " << history.rows.size()
              << " events, " << fleet_.reconnects() << " connections\n";
    EXPECT_EQ(to_string(check(history)), "");
    EXPECT_THAT(fleet_.surprises(), testing::IsEmpty());
    expect_whole_chains();
    expect_nothing_personal(stage_);
}

void Ordeal::expect_whole_chains() {
    for (const auto& room : rooms_) {
        if (!room.sealed) continue;
        const auto chain = read_chain(stage_, room);
        EXPECT_FALSE(storage::log::first_broken(Uuid(room.channel), chain)) << "a chain is broken";
        const auto looks =
            std::ranges::count_if(chain.rows, [](const auto& row) { return row.act == "open" || row.act == "resume"; });
        EXPECT_GE(static_cast<std::size_t>(looks), fleet_.looks().at(room.channel.text()))
            << "an answered look left no row";
    }
}

void expect_nothing_personal(Stage& stage) {
    const auto said = stage.logs() + stage.get("/metrics").body;
    EXPECT_FALSE(said.empty());
    for (const std::string secret : {"Piórko", "Próba", "Wątek", "Zawadzka", "Hanna", "Gajda", "Sikora", "Borek"})
        EXPECT_EQ(said.find(secret), std::string::npos) << secret;
    for (const auto& login : members())
        EXPECT_EQ(said.find(login), std::string::npos) << login;
}

} // namespace splot::faults
