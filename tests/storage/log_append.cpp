// What ordinary transactions use of the log: numbers under compared epochs, labels, the first number since a moment.
#include "tests/storage/log_fixture.h"

#include "storage/access/queries.h"
#include "storage/log/log.h"

namespace splot::storage {
namespace {

using house::id;
using testing::ElementsAre;

class LogAppend : public LogTest {
protected:
    LogAppend() {
        auto as_app = options();
        as_app.role = "splot_app";
        pool = std::make_unique<Pool>(io, as_app);
    }
    ~LogAppend() override { pool->close(); }

    Transaction begin() {
        auto tx = run(io, Transaction::begin(*pool, Transaction::Mode::read_write_read_committed));
        const std::vector<Readable> readable{{1, {}}, {3, {}}, {4, {}}};
        access::widen(tx, id<PersonId>(house::nina), readable);
        return tx;
    }
    void queue(Transaction& tx, std::vector<splot::access::Epoch> epochs) {
        const log::Origin origin{post()->author, id<RequestId>(700), *parse_instant("2026-02-01T08:00:00Z")};
        const std::vector<log::Draft> drafts{
            {stream(house::channel), "topic_created", id<Uuid>(house::topic), {}, {}, 3}};
        log::queue_events(tx, drafts, origin, epochs);
    }
    std::string state_of_commit(Transaction& tx) {
        try {
            run(io, tx.commit());
            return "committed";
        } catch (const DatabaseError& error) {
            return error.sqlstate();
        }
    }
    std::vector<splot::access::Epoch> decided_now() {
        return {{id<Uuid>(house::nina), epoch(house::nina)}, {id<Uuid>(house::team), epoch(house::team)}};
    }
    std::unique_ptr<Pool> pool;
};

TEST_F(LogAppend, A14_a_transaction_whose_decision_moved_takes_no_number) {
    const auto decided = decided_now();
    auto tx = begin();
    queue(tx, decided);
    EXPECT_EQ(state_of_commit(tx), "committed");
    script(*owner, "UPDATE membership SET until_at = '2026-01-20'");
    auto late = begin();
    queue(late, decided);
    EXPECT_EQ(state_of_commit(late), log::epoch_moved_state);
    auto without_events = begin();
    log::queue_epoch_check(without_events, decided);
    EXPECT_EQ(state_of_commit(without_events), log::epoch_moved_state);
    EXPECT_EQ(head(house::channel), 2);
    EXPECT_TRUE(is_dense(house::channel));
}

TEST_F(LogAppend, A14_what_the_transaction_itself_moved_does_not_stop_it) {
    const auto decided = decided_now();
    auto tx = begin();
    tx.queue(Query{"test.end", "UPDATE mandate SET until_at = '2026-03-01' WHERE id = $1"},
             id<MandateId>(house::ninas_mandate));
    queue(tx, decided);
    EXPECT_EQ(state_of_commit(tx), "committed");
    EXPECT_EQ(epoch(house::nina), decided[0].value + 1);
}

TEST_F(LogAppend, A36_an_event_carries_only_a_label_that_its_author_reads) {
    auto tx = begin();
    access::widen(tx, id<PersonId>(house::beata), {});
    queue(tx, {});
    EXPECT_EQ(state_of_commit(tx), "42501");
    auto twin = begin();
    queue(twin, {});
    EXPECT_EQ(state_of_commit(twin), "committed");
}

TEST_F(LogAppend, time_does_not_run_back_in_a_stream) {
    script(*owner, "UPDATE stream SET last_at = '2026-02-05T00:00:00Z'");
    auto tx = begin();
    queue(tx, {});
    EXPECT_EQ(state_of_commit(tx), "committed");
    EXPECT_EQ(value<Instant>("SELECT at FROM event WHERE number = 2"), *parse_instant("2026-02-05T00:00:00Z"));
}

TEST_F(LogAppend, T45_the_first_number_since_a_moment) {
    script(*owner, "INSERT INTO event (stream, number, kind, object, label_id, at, person_id, mandate_id, "
                   "institution_id) SELECT stream, n, kind, object, label_id, at + make_interval(hours => n / 2), "
                   "person_id, mandate_id, institution_id FROM event, generate_series(2, 21) AS n; "
                   "UPDATE stream SET head = 21 WHERE id = '" +
                       house::uuid(house::channel) + "'");
    const auto key = stream(house::channel);
    const auto first = [&](const char* since) {
        return value<std::int64_t>("SELECT splot_first_since($1, $2)", key, *parse_instant(since));
    };
    EXPECT_EQ(first("2020-01-01T00:00:00Z"), 1);
    EXPECT_EQ(first("2026-01-01T08:00:00Z"), 1);
    EXPECT_EQ(first("2026-01-01T08:00:00.000001Z"), 2);
    EXPECT_EQ(first("2026-01-01T09:00:00Z"), 2) << "of several at that moment the first";
    EXPECT_EQ(first("2026-01-01T17:30:00Z"), 20);
    EXPECT_EQ(first("2026-01-01T18:00:00Z"), 20);
    EXPECT_EQ(first("2026-01-01T18:00:01Z"), 22) << "the next one to come";
    EXPECT_EQ(value<std::int64_t>("SELECT splot_first_since($1, $2)", stream(house::team), Instant{}), 1) << "empty";
}

// ---- labels

TEST_F(LogAppend, A43_the_same_people_are_one_label) {
    auto tx = begin();
    const std::vector<InstitutionId> both{id<InstitutionId>(house::office), id<InstitutionId>(house::centre)};
    const auto first = run(io, access::intern_label(tx, 3, both, {}));
    EXPECT_EQ(run(io, access::intern_label(tx, 3, both, {})), first);
    EXPECT_NE(run(io, access::intern_label(tx, 3, just(both[0]), {})), first);
    EXPECT_NE(run(io, access::intern_label(tx, 4, both, {})), first);
    EXPECT_EQ(run(io, access::intern_whole_lane(tx, 3)), 3);
}

TEST_F(LogAppend, A43_two_hubs_that_name_the_same_people_at_once_get_one_label) {
    auto one = begin(), other = begin();
    const auto office = just(id<InstitutionId>(house::office)), centre = just(id<InstitutionId>(house::centre));
    const auto first = run(io, access::intern_label(one, 3, office, {}));
    std::optional<std::int32_t> second;
    boost::asio::co_spawn(io, access::intern_label(other, 3, office, {}),
                          [&](const std::exception_ptr& error, std::int32_t label) {
                              EXPECT_FALSE(error);
                              second = label;
                          });
    wait_until_blocked("splotd");
    run(io, one.commit());
    run_until(io, [&] { return second.has_value(); });
    EXPECT_EQ(second, first);
    run(io, access::intern_label(other, 3, centre, {}));
    run(io, other.commit());
    EXPECT_THAT(rows<std::int32_t>(query("SELECT number FROM label WHERE lane_id = 3 ORDER BY number")),
                ElementsAre(1, 2, 3));
    EXPECT_EQ(value<std::int32_t>("SELECT labels FROM lane WHERE id = 3"), 3);
}

TEST_F(LogAppend, A43_two_hubs_that_make_the_same_lane_at_once_get_one_lane) {
    using splot::access::LaneKind;
    using splot::access::Scope;
    auto one = begin(), other = begin();
    const access::LaneKey key{Scope::team, id<Uuid>(house::team), LaneKind::heads, {}};
    const auto first = run(io, access::intern_lane(one, key));
    std::optional<std::int32_t> second;
    boost::asio::co_spawn(io, access::intern_lane(other, key),
                          [&](const std::exception_ptr& error, const splot::access::LaneFact& lane) {
                              EXPECT_FALSE(error);
                              second = lane.id;
                          });
    wait_until_blocked("splotd");
    run(io, one.commit());
    run_until(io, [&] { return second.has_value(); });
    EXPECT_EQ(second, first.id);
    run(io, other.commit());
}

TEST_F(LogAppend, A43_a_label_never_changes) {
    EXPECT_THROW(script(*owner, "UPDATE label SET persons = '{}'"), DatabaseError);
    EXPECT_THROW(script(*owner, "DELETE FROM label WHERE id = 1"), DatabaseError);
}

// ---- the world

TEST_F(LogAppend, D01_what_kind_of_world_it_is_is_said_once) {
    Pool as_owner(io, options());
    EXPECT_EQ(run(io, log::world_kind(as_owner)), std::nullopt);
    run(io, log::make_world(as_owner, log::WorldKind::real, {}));
    run(io, log::make_world(as_owner, log::WorldKind::demonstration, {}));
    EXPECT_EQ(run(io, log::world_kind(as_owner)), log::WorldKind::real);
    as_owner.close();
    EXPECT_THROW(script(*owner, "UPDATE world SET kind = 'demonstration'"), DatabaseError);
    EXPECT_THROW(script(*owner, "DELETE FROM world"), DatabaseError);
}

} // namespace
} // namespace splot::storage
