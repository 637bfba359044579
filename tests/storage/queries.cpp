// Every statement of every slice: it is prepared on the migrated schema, and run as the wrong person it gives nothing.
#include "tests/storage/small_house.h"
#include "tests/storage/uses.h"

#include "storage/access/sql.h"
#include "storage/channels/sql.h"
#include "storage/demonstration/sql.h"
#include "storage/identity/sql.h"
#include "storage/log/sql.h"
#include "storage/postgres/sql.h"
#include "storage/teams/sql.h"

#include <map>
#include <regex>

namespace splot::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<const Query*> all_queries() {
    std::vector<const Query*> all;
    const auto add = [&](const auto& slice) { all.insert(all.end(), std::begin(slice), std::end(slice)); };
    add(access::sql::all);
    add(channels::sql::all);
    add(demonstration::sql::all);
    add(identity::sql::all);
    add(log::sql::all);
    add(postgres::sql::all);
    add(teams::sql::all);
    return all;
}

bool touches_what_has_readers(const Query& query) {
    static const std::regex guarded(
        R"(\b(FROM|JOIN|INTO|UPDATE)\s+(message|message_revision|channel|topic|)"
        R"(channel_member|team|membership|mandate|read_mark|device|request|event|account|)"
        R"(remembered_device|totp|spare_code|passkey|pin|factor_offer|sign_in_attempt|sign_in_failure|used_challenge|)"
        R"(invitation|recovery)\b)");
    return std::regex_search(query.text, guarded);
}

Uses joined(Uses one, const Uses& other) {
    one.insert(other.begin(), other.end());
    return one;
}

const Uses& uses() {
    static const Uses others{
        {"access.facts_accounts", {log_role, {"ARRAY[:1]::uuid[]"}}},
        {"access.facts_mandates", {log_role, {"ARRAY[:1]::uuid[]"}}},
        {"access.facts_memberships", {log_role, {"ARRAY[:1]::uuid[]"}}},
        {"access.facts_lists", {log_role, {"ARRAY[:1]::uuid[]"}}},
        {"access.facts_devices", {log_role, {"ARRAY[:1]::uuid[]"}}},
        {"access.facts_epochs",
         {log_role, {"ARRAY[:99]::uuid[] || ARRAY(SELECT :1::uuid WHERE current_user = 'splot_log')"}}},
        {"access.people_near", {log_role, {":21::uuid"}}},
        {"access.channel_objects", {log_role, {"ARRAY[:31]::uuid[]", "ARRAY[3]"}}},
        {"access.room_objects", {log_role, {"ARRAY[:21]::uuid[]"}}},

        {"channels.append_messages",
         {log_role,
          {"ARRAY[(SELECT key FROM stream WHERE id = :31)]",
           "ARRAY[:62]::uuid[]",
           "ARRAY[:31]::uuid[]",
           "ARRAY[:51]::uuid[]",
           "ARRAY[3]",
           "ARRAY['2026-02-01T08:00:00Z']::timestamptz[]",
           "ARRAY[:1]::uuid[]",
           "ARRAY[:41]::uuid[]",
           "ARRAY[:11]::uuid[]",
           "ARRAY[NULL]::uuid[]",
           "ARRAY[NULL]::text[]",
           "ARRAY[:71]::uuid[]",
           "ARRAY[:83]::uuid[]",
           "ARRAY['\\x00']::bytea[]",
           "ARRAY[NULL]::uuid[]",
           "ARRAY['{}']::text[]",
           "ARRAY[NULL]::uuid[]",
           "ARRAY['\\x61']::bytea[]",
           "ARRAY[]::bigint[]",
           "ARRAY[]::uuid[]",
           "ARRAY[]::bigint[]"}}},
        {"channels.insert_channel",
         {app,
          {":34::uuid", "(SELECT key FROM stream WHERE id = :31)", "'Nowy'", "''", "3", "3", ":21::uuid", "NULL::uuid",
           "NULL::uuid", later}}},
        {"channels.add_members", {app, {":32::uuid", "ARRAY[:2]::uuid[]", later}}},
        {"channels.remove_member", {app, {":32::uuid", ":1::uuid", later}}},
        {"channels.insert_topic", {app, {":52::uuid", ":31::uuid", "'Inny'", "3", later}}},
        {"channels.channels", {app, {"ARRAY[:31,:32]::uuid[]"}}},
        {"channels.topics", {app, {":31::uuid"}}},
        {"channels.topics_by_id", {app, {"ARRAY[:51]::uuid[]"}}},
        {"channels.listed", {app, {":32::uuid", later}}},
        {"channels.list_messages",
         {app,
          {":31::uuid", "NULL::uuid", "ARRAY[3]", "ARRAY['2026-01-01T08:00:00Z']::timestamptz[]", "99::bigint", "50"}}},
        {"channels.message_revisions", {app, {"ARRAY[:61]::uuid[]", "ARRAY[1]"}}},
        {"channels.message_place", {app, {":61::uuid"}}},
        {"channels.edit_message", {app, {":61::uuid", "1", "ARRAY[]::uuid[]", later}}},
        {"channels.insert_revision",
         {app,
          {":61::uuid", "2", "3", start, later, ":1::uuid", ":41::uuid", ":11::uuid", "NULL::uuid", "'\\x61'::bytea"}}},
        {"channels.delete_message", {app, {":61::uuid", later}}},
        {"channels.delete_wordings", {app, {":61::uuid"}}},
        {"channels.revisions", {app, {":61::uuid"}}},
        {"channels.mark_read", {app, {":1::uuid", ":31::uuid", "1::bigint"}}},
        {"channels.channel_states",
         {app, {"ARRAY[:31]::uuid[]", ":1::uuid", "ARRAY[:31]::uuid[]", "ARRAY[3]", "ARRAY[NULL]::timestamptz[]"}}},
        {"channels.destroy_key", {app, {":33::uuid", later}}},

        {"demonstration.keys", {owner_role, {}}},

        {"log.append_events",
         {app,
          {"ARRAY[(SELECT key FROM stream WHERE id = :31)]", "ARRAY['topic_created']", "ARRAY[:51]::uuid[]",
           "ARRAY[NULL]::int[]", "ARRAY[NULL]::uuid[]", "ARRAY[3]", "ARRAY[]::uuid[]", "ARRAY[]::bigint[]", later,
           ":1::uuid", ":41::uuid", ":11::uuid", "NULL::uuid", "NULL::text", ":83::uuid"}}},
        {"log.find_request", {app, {":81::uuid", ":1::uuid", ":71::uuid"}}},
        {"log.insert_request",
         {app, {":84::uuid", ":1::uuid", ":71::uuid", "'x'", "'\\x00'::bytea", "ARRAY[]::uuid[]", later}}},
        {"log.forget_requests", {log_role, {later}}},
        {"log.replay",
         {log_role,
          {"ARRAY(SELECT key FROM stream)", "ARRAY(SELECT 0::bigint FROM stream)",
           "ARRAY(SELECT 9::bigint FROM stream)", "10::bigint"}}},

        {"teams.insert_team",
         {app,
          {":22::uuid", "'Drugi'", "'partnership'", "'service_partnership'", "''", ":11::uuid", "NULL::uuid", "3"}}},
        {"teams.insert_membership", {app, {":21::uuid", ":12::uuid", "'active'", later}}},
        {"teams.insert_mandate",
         {app,
          {":44::uuid", ":2::uuid", ":11::uuid", ":21::uuid", "'member'", "false", "'pismo'", ":2::uuid", later,
           "NULL::timestamptz"}}},
        {"teams.mandate", {app, {":41::uuid"}}},
        {"teams.end_mandate", {app, {":41::uuid", later}}},
        {"teams.teams", {app, {"ARRAY[:21]::uuid[]"}}},
        {"teams.memberships", {app, {"ARRAY[:21]::uuid[]", later}}},
        {"teams.mandates_around", {app, {"ARRAY[:21]::uuid[]", "ARRAY[:11]::uuid[]", later}}},
        {"teams.mandates", {app, {"ARRAY[:41]::uuid[]"}}},
    };
    static const Uses all = joined(others, identity_uses());
    return all;
}

std::string replace_all(const std::string& text, const std::regex& what, const auto& make) {
    std::string out;
    auto at = text.cbegin();
    for (std::sregex_iterator i(text.begin(), text.end(), what), end; i != end; ++i) {
        out.append(at, text.cbegin() + i->position());
        out += make(*i);
        at = text.cbegin() + i->position() + i->length();
    }
    return out.append(at, text.cend());
}

/// The statement with its values written in, so that it needs no types.
std::string filled(const Query& query, const std::vector<const char*>& values) {
    static const std::regex parameter(R"(\$(\d+))"), id(R"(([\[(, ]):(\d+))");
    const auto text = replace_all(query.text, parameter, [&](const std::smatch& m) {
        return "(" + std::string(values.at(std::stoul(m[1]) - 1)) + ")";
    });
    return replace_all(text, id,
                       [](const std::smatch& m) { return m[1].str() + "'" + house::uuid(std::stoi(m[2])) + "'"; });
}

/// Who asks: a role (empty: the owner), a person, and the labels that row-level security is told.
struct Asker {
    std::string role;
    std::optional<int> person;
    std::string labels; ///< as the setting has it
    std::string since = "2026-01-01T00:00:00Z";
};
const Asker unsaid{app, std::nullopt, ""};
const Asker beata_reading_nothing{app, house::beata, "{}"};
const Asker beata_with_her_own{app, house::beata, "{2}"};

class Queries : public SmallHouse {
protected:
    /// How many rows it gave or touched; nothing when the role may not or a policy says no. Leaves no trace.
    std::int64_t run_as(const Asker& asker, const std::string& text) {
        std::string since = "{";
        for (const char c : asker.labels)
            since += c == ',' ? asker.since + "," : "";
        since += asker.labels.size() > 2 ? asker.since + "}" : "}";
        std::string begin = "BEGIN;";
        if (!asker.role.empty()) begin += "SET LOCAL ROLE " + asker.role + ";";
        if (asker.person)
            begin += "SELECT set_config('splot.person', '" + house::uuid(*asker.person) +
                     "', true), set_config('splot.labels', '" + asker.labels + "', true), set_config('splot.since', '" +
                     since + "', true);";
        script(*owner, begin);
        std::int64_t rows = 0;
        try {
            rows = query(text.c_str()).affected();
        } catch (const DatabaseError& error) {
            if (!error.is_insufficient_privilege()) {
                script(*owner, "ROLLBACK");
                throw;
            }
        }
        script(*owner, "ROLLBACK");
        return rows;
    }
    std::vector<std::string> list(const char* text) { return rows<std::string>(query(text)); }
};

TEST_F(Queries, each_is_prepared_on_the_migrated_schema) {
    for (const auto* query : all_queries())
        EXPECT_NO_THROW(run(io, owner->check(*query))) << query->name;
}

TEST_F(Queries, the_right_one_gets_something_from_each) {
    for (const auto* query : all_queries()) {
        if (!touches_what_has_readers(*query)) continue;
        const auto use = uses().find(query->name);
        ASSERT_NE(use, uses().end()) << query->name << " reads or writes what has readers: say here who may";
        const Asker right{use->second.role, house::nina, "{1,3,4}"};
        EXPECT_GT(run_as(right, filled(*query, use->second.values)), 0) << query->name;
    }
}

TEST_F(Queries, A13_the_wrong_person_gets_and_changes_nothing) {
    int tried = 0;
    for (const auto* query : all_queries()) {
        if (!touches_what_has_readers(*query)) continue;
        const auto text = filled(*query, uses().at(query->name).values);
        for (const auto& wrong : {unsaid, beata_reading_nothing, beata_with_her_own}) {
            EXPECT_EQ(run_as(wrong, text), 0) << query->name << " with labels " << wrong.labels;
            ++tried;
        }
    }
    EXPECT_GT(tried, 120);
}

TEST_F(Queries, T45_a_message_from_before_the_joining_is_not_there) {
    const Asker before{app, house::nina, "{1,3,4}", "2026-01-01T08:00:00Z"};
    const Asker after{app, house::nina, "{1,3,4}", "2026-01-01T08:00:01Z"};
    for (const auto* query : {&channels::sql::list_messages, &channels::sql::message_revisions,
                              &channels::sql::message_place, &channels::sql::revisions, &channels::sql::edit_message,
                              &channels::sql::delete_message, &channels::sql::delete_wordings}) {
        const auto text = filled(*query, uses().at(query->name).values);
        EXPECT_GT(run_as(before, text), 0) << query->name;
        EXPECT_EQ(run_as(after, text), 0) << query->name;
    }
    const auto marks = filled(channels::sql::channel_states, uses().at("channels.channel_states").values);
    const auto unread = "SELECT 1 FROM (" + marks.substr(0, marks.rfind(';')) + ") AS s WHERE s.unread > 0";
    EXPECT_EQ(run_as(before, unread), 1);
    EXPECT_EQ(run_as(after, unread), 0);
}

// ---- what the schema says of itself

/// r, a, w, d: SELECT, INSERT, UPDATE, DELETE of the whole table; w(…): of these columns only.
constexpr const char* privileges = R"(
SELECT c.relname || ':' || string_agg(' ' || substr(r.role, 7) || '=' || p.has, '' ORDER BY r.role)
  FROM pg_class c
 CROSS JOIN (VALUES ('splot_app'), ('splot_log'), ('splot_door')) AS r(role)
 CROSS JOIN LATERAL (
   SELECT CASE WHEN has_table_privilege(r.role, c.oid, 'SELECT') THEN 'r' ELSE '' END
       || CASE WHEN has_table_privilege(r.role, c.oid, 'INSERT') THEN 'a' ELSE '' END
       || CASE WHEN has_table_privilege(r.role, c.oid, 'UPDATE') THEN 'w'
               WHEN has_any_column_privilege(r.role, c.oid, 'UPDATE') THEN
                 (SELECT 'w(' || string_agg(a.attname, ',' ORDER BY a.attname) || ')' FROM pg_attribute a
                   WHERE a.attrelid = c.oid AND a.attnum > 0 AND has_column_privilege(r.role, c.oid, a.attnum, 'UPDATE'))
               ELSE '' END
       || CASE WHEN has_table_privilege(r.role, c.oid, 'DELETE') THEN 'd' ELSE '' END
       || CASE WHEN has_table_privilege(r.role, c.oid, 'TRUNCATE') THEN 'TRUNCATE' ELSE '' END
       || CASE WHEN NOT has_table_privilege(r.role, c.oid, 'SELECT') AND has_any_column_privilege(r.role, c.oid, 'SELECT')
               THEN 'r(some)' ELSE '' END AS has) p
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND p.has <> ''
 GROUP BY c.relname ORDER BY c.relname)";

TEST_F(Queries, A36_no_policy_lets_everything_through) {
    EXPECT_THAT(list("SELECT policyname::text FROM pg_policies WHERE qual = 'true' OR with_check = 'true'"), IsEmpty());
    EXPECT_THAT(list("SELECT policyname::text FROM pg_policies WHERE NOT roles <@ "
                     "'{splot_app,splot_log,splot_door}'::name[]"),
                IsEmpty())
        << "a policy is for a role of ours, by name";
    EXPECT_THAT(
        list("SELECT policyname::text FROM pg_policies WHERE 'splot_app' = ANY (roles) AND "
             "coalesce(qual, '') || coalesce(with_check, '') !~ 'splot_labels|splot_person|FROM (team|channel)'"),
        IsEmpty())
        << "a policy of the people's role asks who is asking";
    EXPECT_THAT(list("SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
                     "AND NOT relrowsecurity ORDER BY 1"),
                ElementsAre("access_epoch", "audit_chain", "institution", "label", "lane", "migration", "person",
                            "setup_code", "stream", "world"))
        << "a new table needs a policy, or a reason and its name here";
}

TEST_F(Queries, A36_the_roles_of_the_hub_own_nothing_and_may_only_what_their_statements_need) {
    EXPECT_EQ(value<std::int64_t>("SELECT count(*) FROM pg_roles WHERE rolname IN ('splot_app', 'splot_log', "
                                  "'splot_door') AND NOT rolsuper AND NOT rolbypassrls AND NOT rolcreaterole AND NOT "
                                  "rolcreatedb AND NOT rolcanlogin AND NOT rolinherit"),
              3);
    EXPECT_EQ(value<std::int64_t>("SELECT count(*) FROM pg_shdepend WHERE deptype = 'o' AND refobjid IN "
                                  "('splot_app'::regrole, 'splot_log'::regrole, 'splot_door'::regrole)"),
              0);
    EXPECT_EQ(value<std::int64_t>("SELECT count(*) FROM pg_auth_members WHERE member IN ('splot_app'::regrole, "
                                  "'splot_log'::regrole, 'splot_door'::regrole)"),
              0)
        << "a role that is a member of another may become it";
    EXPECT_FALSE(value<bool>("SELECT has_schema_privilege('splot_app', 'public', 'CREATE')"));
    EXPECT_THAT(list("SELECT proname || coalesce(array_to_string(proconfig, ' '), '') FROM pg_proc WHERE prosecdef AND "
                     "pronamespace = 'public'::regnamespace ORDER BY 1"),
                ElementsAre("account_ends_sessionssearch_path=public", "splot_account_usesearch_path=public",
                            "splot_first_sincesearch_path=public", "splot_is_administratorsearch_path=public",
                            "splot_raise_epochsearch_path=public"))
        << "what runs as the owner keeps to its schema";
    EXPECT_THAT(
        list(privileges),
        ElementsAre("access_epoch: app=r log=r",
                    "account: app=aw(administrator,closed_at,sessions_from)r(some) door=raw log=r", "audit: log=ra",
                    "audit_chain: log=raw", "channel: app=raw(key_destroyed_at,name,purpose) log=r",
                    "channel_member: app=raw(from_at,until_at) log=r",
                    "device: app=rw(ended_at) door=raw log=rw(ended_at,last_used_at,locked_at)", "event: app=a log=ra",
                    "factor_offer: door=rawd", "institution: app=ra door=r log=r",
                    "invitation: app=raw(revoked_at) door=rw(used_at)", "label: app=ra log=ra",
                    "lane: app=raw(labels) log=raw(labels)", "mandate: app=raw(until_at) log=r",
                    "membership: app=ra log=r", "message: app=rw(deleted_at,edited_at,mentions,revision) log=ra",
                    "message_revision: app=rad log=ra", "passkey: app=dr(some) door=raw(counter,last_used_at)d",
                    "person: app=raw(name,post) door=ra log=r", "pin: app=raw(mac,made_at)d door=rd log=r",
                    "read_mark: app=raw(number)", "recovery: app=raw(confirmed_at,confirmed_by,invitation_id)",
                    "remembered_device: app=w(ended_at)r(some) door=raw", "request: app=ra log=rd",
                    "setup_code: door=raw", "sign_in_attempt: door=raw(tries)d", "sign_in_failure: door=rawd",
                    "spare_code: app=dr(some) door=raw(used_at)d",
                    "stream: app=raw(head,last_at) log=raw(head,last_at)", "team: app=ra log=r", "topic: app=ra log=r",
                    "totp: app=dr(some) door=rawd", "used_challenge: door=rad", "world: app=r log=r"));
}

} // namespace
} // namespace splot::storage
