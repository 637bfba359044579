// Plans that stay the same when a channel grows: the statements of every message, planned once for all sizes.
#include "tests/storage/small_house.h"

#include "storage/channels/sql.h"
#include "storage/postgres/kept_plans.h"

namespace splot::storage {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Plans : public SmallHouse {
protected:
    Plans() {
        script(*owner, R"(
INSERT INTO message (id, channel_id, topic_id, number, label_id, at, person_id, mandate_id, institution_id, device_id,
                     request, request_check)
  SELECT gen_random_uuid(), channel_id, topic_id, n, label_id, at + make_interval(secs => n), person_id, mandate_id,
         institution_id, device_id, gen_random_uuid(), '\x00'
    FROM message, generate_series(2, 20000) AS n;
INSERT INTO message_revision (message_id, revision, label_id, message_at, at, person_id, mandate_id, institution_id, body)
  SELECT id, 1, label_id, at, at, person_id, mandate_id, institution_id, 'x' FROM message WHERE number > 1;
INSERT INTO event (stream, number, kind, object, revision, label_id, at, person_id, mandate_id, institution_id)
  SELECT e.stream, m.number, e.kind, m.id, 1, 3, m.at, e.person_id, e.mandate_id, e.institution_id
    FROM event e, message m WHERE m.number > 1;
UPDATE stream SET head = 20000 WHERE id = (SELECT channel_id FROM message LIMIT 1);
ANALYZE;)");
        auto kept = options();
        keep_plans(kept);
        for (const auto& [name, value] : kept.settings)
            script(*owner, "SET " + name + " = " + value);
    }

    /// The generic plan, with every parameter NULL: what the server uses for all values.
    std::string plan(const Query& query, const std::string& role, int parameters) {
        script(*owner, "SET ROLE " + role +
                           ";SELECT set_config('splot.labels', '{3}', false), set_config('splot.since', "
                           "'{2026-01-01}', false); PREPARE probe AS " +
                           query.text);
        std::string nulls = "NULL";
        for (int i = 1; i < parameters; ++i)
            nulls += ", NULL";
        std::string text;
        for (const auto& line : rows<std::string>(this->query(("EXPLAIN EXECUTE probe(" + nulls + ")").c_str())))
            text += line + "\n";
        script(*owner, "DEALLOCATE probe; RESET ROLE");
        return text;
    }
    static constexpr auto walks_the_message_table = "Seq Scan on message";
};

TEST_F(Plans, a_page_of_a_channel_walks_one_index_for_each_label) {
    EXPECT_THAT(plan(channels::sql::list_messages, "splot_app", 6),
                AllOf(HasSubstr("Index Scan Backward using message_channel"),
                      HasSubstr("Index Scan Backward using message_topic"), HasSubstr("message_revision_pkey"),
                      HasSubstr("One-Time Filter: ($2 IS NULL)"), Not(HasSubstr(walks_the_message_table))));
}

TEST_F(Plans, unread_counts_and_single_messages_walk_indexes) {
    EXPECT_THAT(plan(channels::sql::channel_states, "splot_app", 5),
                AllOf(HasSubstr("Index Scan Backward using message_channel"),
                      HasSubstr("(number >= w.floor)"), // what was read long ago is not walked through
                      Not(HasSubstr(walks_the_message_table))));
    EXPECT_THAT(plan(channels::sql::message_place, "splot_app", 1), Not(HasSubstr(walks_the_message_table)));
    EXPECT_THAT(plan(channels::sql::message_revisions, "splot_log", 2), Not(HasSubstr(walks_the_message_table)));
}

TEST_F(Plans, the_writers_batch_looks_everything_up_by_index) {
    EXPECT_THAT(plan(channels::sql::append_messages, "splot_log", 21),
                AllOf(HasSubstr("message_request"), Not(HasSubstr("Seq Scan on"))));
}

} // namespace
} // namespace splot::storage
