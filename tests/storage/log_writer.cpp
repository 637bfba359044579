// The writer: what waits is committed at once, and each item fails or waits for itself alone.
#include "tests/storage/log_fixture.h"

#include "storage/log/log.h"
#include "storage/log/sql.h"

namespace splot::storage {
namespace {

using house::id;

class LogWriter : public LogTest {
protected:
    log::Writer& started() {
        if (!writer_) {
            writer_ = std::make_unique<log::Writer>(log_options());
            writer_->start();
        }
        return *writer_;
    }
    std::unique_ptr<log::Writer> writer_;
};

TEST_F(LogWriter, a_message_is_stored_whole) {
    const auto appended = append(started(), post("cześć"));
    EXPECT_EQ(appended.outcome, Outcome::made);
    EXPECT_EQ(appended.number, 2);
    EXPECT_EQ(appended.id, id<Uuid>(1001));
    EXPECT_EQ(value<std::string>("SELECT convert_from(r.body, 'UTF8') FROM message m JOIN message_revision r ON "
                                 "r.message_id = m.id AND r.revision = m.revision WHERE m.number = 2"),
              "cześć");
    EXPECT_TRUE(is_dense(house::channel));
}

TEST_F(LogWriter, what_waits_while_a_batch_is_under_way_is_one_batch) {
    auto& writer = started();
    append(writer, post());
    const auto before = writer.batches();
    const auto blocker = connect();
    script(*blocker, "BEGIN; LOCK TABLE message IN SHARE MODE");
    start(writer, post("pierwsza"));
    wait_until_blocked("writer");
    for (int i = 0; i < 40; ++i)
        start(writer, post());
    script(*blocker, "COMMIT");
    finish_all();
    EXPECT_EQ(writer.batches() - before, 2u);
    EXPECT_EQ(head(house::channel), 43);
    EXPECT_TRUE(is_dense(house::channel));
}

TEST_F(LogWriter, E02_a_bad_item_fails_alone_and_names_its_rule) {
    auto& writer = started();
    const auto blocker = connect();
    script(*blocker, "BEGIN; LOCK TABLE message IN SHARE MODE");
    start(writer, post());
    wait_until_blocked("writer");
    std::vector<Call*> good;
    for (int i = 0; i < 6; ++i)
        good.push_back(&start(writer, post()));
    auto without_way = post();
    without_way->author.entered_by = id<PersonId>(house::iza);
    auto& bad = start(writer, std::move(without_way));
    auto with_way = post();
    with_way->author.entered_by = id<PersonId>(house::iza);
    with_way->author.way = Way::telephone;
    auto& twin = start(writer, std::move(with_way));
    auto unknown_topic = post();
    unknown_topic->topic = id<TopicId>(99);
    auto& lost = start(writer, std::move(unknown_topic));
    script(*blocker, "COMMIT");
    finish_all();

    EXPECT_EQ(bad.appended.outcome, Outcome::refused);
    EXPECT_EQ(bad.appended.rule, Rule("E-02"));
    EXPECT_EQ(lost.appended.outcome, Outcome::refused);
    EXPECT_EQ(twin.appended.outcome, Outcome::made);
    for (const auto* call : good)
        EXPECT_EQ(call->appended.outcome, Outcome::made);
    EXPECT_EQ(head(house::channel), 9);
    EXPECT_TRUE(is_dense(house::channel));
}

TEST_F(LogWriter, a_repeated_request_is_known_by_its_first_number) {
    auto& writer = started();
    const auto first = append(writer, post("raz", 500));
    append(writer, post());
    const auto again = append(writer, post("raz", 500));
    EXPECT_EQ(again.outcome, Outcome::known);
    EXPECT_EQ(again.id, first.id);
    EXPECT_EQ(again.number, first.number);
    EXPECT_EQ(again.at, first.at);
    EXPECT_EQ(append(writer, post("co innego", 500)).outcome, Outcome::conflict);
    auto other_device = post("raz", 500);
    other_device->device = id<DeviceId>(house::beatas_device);
    EXPECT_EQ(append(writer, std::move(other_device)).outcome, Outcome::made) << "the scope is person, device, id";
}

TEST_F(LogWriter, a_repetition_in_the_same_breath_is_known_too) {
    auto& writer = started();
    const auto blocker = connect();
    script(*blocker, "BEGIN; LOCK TABLE message IN SHARE MODE");
    start(writer, post());
    wait_until_blocked("writer");
    auto& first = start(writer, post("raz", 500));
    auto& second = start(writer, post("raz", 500));
    script(*blocker, "COMMIT");
    finish_all();
    EXPECT_EQ(first.appended.outcome, Outcome::made);
    EXPECT_EQ(second.appended.outcome, Outcome::known);
    EXPECT_EQ(second.appended.number, first.appended.number);
}

/// The client lost its socket and came back to the other hub while the first one's commit was under way.
TEST_F(LogWriter, a_repetition_through_another_hub_at_the_same_moment_is_known) {
    const auto other_hub = connect();
    script(*other_hub,
           "BEGIN; INSERT INTO message (id, channel_id, topic_id, number, label_id, at, person_id, mandate_id, "
           "institution_id, device_id, request, request_check) SELECT '" +
               house::uuid(900) +
               "', channel_id, topic_id, 2, label_id, at, person_id, mandate_id, institution_id, device_id, '" +
               house::uuid(500) + "', 'raz' FROM message");
    auto item = post("raz", 500);
    item->by = item->author.person = id<PersonId>(house::iza); // whose the copied row is
    auto& call = start(started(), std::move(item));
    wait_until_blocked("writer");
    script(*other_hub, "COMMIT");
    finish(call);
    EXPECT_EQ(call.appended.outcome, Outcome::known);
    EXPECT_EQ(call.appended.id, id<Uuid>(900));
}

TEST_F(LogWriter, A14_a_moved_epoch_stops_the_item_and_no_other) {
    auto& writer = started();
    const auto with_epoch = [&](std::int64_t value) {
        auto item = post();
        item->epochs = {{id<Uuid>(house::nina), value}, {id<Uuid>(house::office), epoch(house::office)}};
        return item;
    };
    const auto now = epoch(house::nina);
    EXPECT_EQ(append(writer, with_epoch(now)).outcome, Outcome::made);
    script(*owner, "UPDATE mandate SET until_at = '2026-01-20' WHERE id = '" + house::uuid(house::ninas_mandate) + "'");
    EXPECT_EQ(append(writer, with_epoch(now)).outcome, Outcome::moved);
    EXPECT_EQ(append(writer, post()).outcome, Outcome::made);
    EXPECT_EQ(head(house::channel), 3);
    EXPECT_TRUE(is_dense(house::channel));
}

TEST_F(LogWriter, who_finds_the_head_locked_joins_the_next_batch_and_stops_nobody) {
    auto& writer = started();
    const auto blocker = connect();
    script(*blocker, "BEGIN; SELECT FROM stream WHERE id = '" + house::uuid(house::channel) + "' FOR NO KEY UPDATE");
    auto& skipped = start(writer, post());
    auto elsewhere = post();
    elsewhere->stream = stream(house::team); // any stream that is not locked
    // In the same batch or in one before it is blocked; after two skips the writer waits for the lock.
    auto& free = start(writer, std::move(elsewhere));
    wait_until_blocked("writer");
    EXPECT_FALSE(is_settled(skipped));
    script(*blocker, "COMMIT");
    finish_all();
    EXPECT_EQ(skipped.appended.outcome, Outcome::made);
    EXPECT_EQ(skipped.appended.number, 2);
    EXPECT_EQ(free.appended.outcome, Outcome::made);
    EXPECT_GE(writer.batches(), 3u) << "skipped, skipped again, waited";
}

TEST_F(LogWriter, a_lock_that_is_never_let_go_ends_in_unavailable) {
    auto impatient = log_options();
    impatient.lock_timeout = std::chrono::milliseconds(100);
    log::Writer writer(impatient);
    writer.start();
    const auto blocker = connect();
    script(*blocker, "BEGIN; SELECT FROM stream WHERE id = '" + house::uuid(house::channel) + "' FOR NO KEY UPDATE");
    EXPECT_EQ(append(writer, post("raz", 500)).outcome, Outcome::unavailable);
    script(*blocker, "ROLLBACK");
    EXPECT_EQ(append(writer, post("raz", 500)).outcome, Outcome::made);
    EXPECT_EQ(head(house::channel), 2);
}

TEST_F(LogWriter, what_was_handed_over_before_the_stop_is_stored_and_later_ones_are_not) {
    auto& writer = started();
    for (int i = 0; i < 20; ++i)
        start(writer, post());
    writer.stop();
    finish_all();
    for (const auto& call : calls_)
        EXPECT_EQ(call.appended.outcome, Outcome::made);
    EXPECT_EQ(append(writer, post()).outcome, Outcome::unavailable);
    EXPECT_EQ(head(house::channel), 21);
}

/// What an ordinary writing call does: three events in two streams, in whatever order it comes upon them.
Async<void> write_events(Pool& pool, Author author, std::int64_t first, std::int64_t second) {
    const log::Origin origin{author, id<RequestId>(700), *parse_instant("2026-02-01T08:00:00Z")};
    const std::vector<log::Draft> drafts{{first, "topic_created", id<Uuid>(house::topic), {}, {}, 3},
                                         {second, "topic_created", id<Uuid>(house::topic), {}, {}, 4},
                                         {first, "topic_created", id<Uuid>(house::topic), {}, {}, 3}};
    const std::vector<splot::access::Epoch> nothing_decided;
    for (int i = 0; i < 10; ++i) {
        auto tx = co_await Transaction::begin(pool, Transaction::Mode::read_write_read_committed);
        tx.queue(Query{"test.scope", "SELECT set_config('splot.labels', '{3,4}', true)"});
        log::queue_events(tx, drafts, origin, nothing_decided);
        co_await tx.commit();
    }
}

/// Two hubs and ordinary transactions, all in the same two streams.
TEST_F(LogWriter, numbers_are_dense_whoever_takes_them) {
    auto& one = started();
    log::Writer other(log_options());
    other.start();
    const auto first = stream(house::channel), second = stream(house::listed_channel);
    std::vector<std::unique_ptr<channels::NewMessage>> posts;
    for (int i = 0; i < 80; ++i) {
        posts.push_back(post());
        posts.back()->stream = i % 4 < 2 ? first : second;
    }
    auto as_app = options();
    as_app.role = "splot_app";
    Pool pool(io, as_app);
    int done = 0;
    const auto count = [&](const std::exception_ptr& error) {
        EXPECT_FALSE(error);
        ++done;
    };
    boost::asio::co_spawn(io, write_events(pool, posts[0]->author, first, second), count);
    boost::asio::co_spawn(io, write_events(pool, posts[0]->author, second, first), count);
    bool turn = false;
    for (auto& item : posts)
        start((turn = !turn) ? one : other, std::move(item));
    run_until(io, [&] { return done == 2; });
    finish_all();
    pool.close();
    for (const auto& call : calls_)
        EXPECT_EQ(call.appended.outcome, Outcome::made);
    EXPECT_EQ(head(house::channel) + head(house::listed_channel), 1 + 80 + 60);
    EXPECT_TRUE(is_dense(house::channel));
    EXPECT_TRUE(is_dense(house::listed_channel));
}

} // namespace
} // namespace splot::storage
