// Migrations, and the two scripts that embed SQL at build time.
#include "tests/storage/postgres_fixture.h"

#include "storage/postgres/migrations.h"
#include "storage/postgres/sql.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sys/wait.h>

namespace splot::storage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Migration first{1, "first", "-- 0001: \nCREATE TABLE a (id int);\nCREATE TABLE b (id int);"};
const Migration second{2, "second", "-- 0002: \nALTER TABLE a ADD name text;"};
const Migration fourth{4, "fourth", "-- 0004: \nCREATE TABLE c ();"};

class PostgresMigrations : public PostgresTest {
protected:
    int apply(std::vector<Migration> known) { return run(io, migrate(*owner, known)); }
    std::string refusal(std::vector<Migration> known) {
        return error_of<MigrationError>([&] { apply(std::move(known)); }).what();
    }
    bool has_table(const char* name) {
        return one<bool>(ask(*owner, {"test.has", "SELECT to_regclass($1) IS NOT NULL"}, name));
    }
    world::Database empty = world::empty_database();
    std::unique_ptr<Connection> owner = run(io, Connection::open(io, ConnectOptions{.conninfo = empty.conninfo()}));
};

TEST_F(PostgresMigrations, each_is_applied_once_and_in_order) {
    EXPECT_EQ(apply({first}), 1);
    EXPECT_EQ(apply({first, second, fourth}), 2);
    EXPECT_EQ(apply({first, second, fourth}), 0);
    EXPECT_TRUE(has_table("c"));
    EXPECT_THAT(rows<std::string>(ask(*owner, {"test.names", "SELECT name FROM migration ORDER BY number"})),
                ElementsAre("first", "second", "fourth"));
}

TEST_F(PostgresMigrations, a_changed_text_a_newer_database_and_a_late_comer_are_refused) {
    apply({first, fourth});
    auto changed = first;
    changed.text = "-- 0001: \nCREATE TABLE other ();";
    EXPECT_THAT(refusal({changed, fourth}), HasSubstr("another text"));
    EXPECT_THAT(refusal({first}), HasSubstr("newer than this program"));
    EXPECT_THAT(refusal({first, second, fourth}), HasSubstr("should have come before"));
    EXPECT_THAT(refusal({first, {5, "fifth", ""}}), HasSubstr("does not know"));
    EXPECT_EQ(apply({first, fourth}), 0);
}

TEST_F(PostgresMigrations, one_that_fails_leaves_nothing_of_itself) {
    const Migration broken{2, "broken", "-- 0002: \nCREATE TABLE half (); SELECT no_such_column;"};
    EXPECT_THROW(apply({first, broken}), DatabaseError);
    EXPECT_TRUE(has_table("b"));
    EXPECT_FALSE(has_table("half"));
    EXPECT_EQ(apply({first, second}), 1);
}

TEST_F(PostgresMigrations, one_that_ends_its_own_transaction_is_refused) {
    EXPECT_THAT(refusal({{1, "early", "-- 0001: \nCREATE TABLE half (); COMMIT;"}}), HasSubstr("ends its own"));
}

TEST_F(PostgresMigrations, two_programs_at_once_apply_each_one_once) {
    const std::vector known{first, second, fourth};
    const auto other = run(io, Connection::open(io, ConnectOptions{.conninfo = empty.conninfo()}));
    int done = 0, applied = 0;
    for (auto* connection : {owner.get(), other.get()})
        boost::asio::co_spawn(io, migrate(*connection, known), [&](const std::exception_ptr& error, int count) {
            EXPECT_FALSE(error);
            ++done;
            applied += count;
        });
    run_until(io, [&] { return done >= 2; });
    EXPECT_EQ(applied, 3);
}

TEST_F(PostgresMigrations, ours_are_in_order_and_make_the_roles) {
    const auto ours = migrations();
    EXPECT_TRUE(std::ranges::is_sorted(ours, std::ranges::less_equal{}, &Migration::number));
    run(io, migrate(*owner));
    EXPECT_EQ(one<std::int64_t>(ask(*owner, {"test.roles", "SELECT count(*) FROM pg_roles WHERE NOT rolsuper"
                                                           " AND NOT rolbypassrls AND NOT rolcanlogin"
                                                           " AND rolname IN ('splot_app', 'splot_log')"})),
              2);
    for (const auto* query : postgres::sql::all)
        run(io, owner->check(*query));
}

/// Runs an embedding script; what it printed, or nothing when it refused.
class Embedding : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = testing::TempDir() + "/embed-XXXXXX";
        directory = mkdtemp(pattern.data());
    }
    void TearDown() override { std::filesystem::remove_all(directory); }

    std::string write(const std::string& name, const std::string& text) {
        const auto path = directory / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
        return " " + path.string();
    }
    std::optional<std::string> embed(const std::string& script, const std::string& files) {
        const std::string command =
            "awk -v slice=boards -f " SPLOT_SOURCE_DIR "/storage/postgres/" + script + files + " 2>/dev/null";
        FILE* pipe = popen(command.c_str(), "r");
        std::string out;
        char buffer[4096];
        for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;)
            out.append(buffer, n);
        return pclose(pipe) == 0 ? std::optional(out) : std::nullopt;
    }
    std::optional<std::string> queries(const std::string& text) {
        return embed("embed_queries.awk", write("queries.sql", text));
    }
    std::filesystem::path directory;
};

TEST_F(Embedding, a_query_keeps_comments_dollar_quotes_and_backslashes) {
    const std::string body = "-- why\nSELECT $tag$ it's \\n \" %s & -- name: not_this $tag$, '-- x'\n  FROM a -- end\n";
    const auto header = queries("-- The slice.\n\n-- name: list_them\n" + body + "\n-- name: other\nSELECT 1;\n");
    ASSERT_TRUE(header);
    EXPECT_THAT(*header, HasSubstr("namespace splot::storage::boards::sql {"));
    EXPECT_THAT(*header, HasSubstr("inline constexpr Query list_them{\"boards.list_them\", R\"splot_sql(\n" + body +
                                   "\n)splot_sql\"};\ninline constexpr Query other{"));
    EXPECT_THAT(*header, HasSubstr("all[] = {\n    &list_them,\n    &other,\n};"));
}

TEST_F(Embedding, queries_that_cannot_be_meant_are_refused) {
    EXPECT_TRUE(queries("-- name: good\nSELECT 1\n"));
    EXPECT_FALSE(queries("SELECT 1\n")) << "no name";
    EXPECT_FALSE(queries("-- name: Bad-Name\nSELECT 1\n"));
    EXPECT_FALSE(queries("-- name: a\n-- name: b\nSELECT 1\n")) << "a is empty";
    EXPECT_FALSE(queries("-- name: a\nSELECT 1\n-- name: a\nSELECT 2\n")) << "twice";
    EXPECT_FALSE(queries("-- name: a\nSELECT ')splot_sql\"'\n"));
    EXPECT_FALSE(queries("-- nothing\n"));
}

TEST_F(Embedding, migrations_are_sorted_by_number_not_by_path) {
    const auto files = write("a/migrations/0012_later.sql", "-- 0012: Later.\nDO $$ BEGIN -- x\nEND $$;\n") +
                       write("b/migrations/0009_early.sql", "-- 0009: Early.\nSELECT 1;\n") +
                       write("c/migrations/0100_last.sql", "-- 0100: Last.\nSELECT 2;\n");
    const auto table = embed("embed_migrations.awk", files);
    ASSERT_TRUE(table);
    const auto nine = table->find("{9, \"early\""), twelve = table->find("{12, \"later\""),
               hundred = table->find("{100, \"last\"");
    EXPECT_LT(nine, twelve);
    EXPECT_LT(twelve, hundred);
    EXPECT_LT(hundred, table->size());
    EXPECT_THAT(*table, HasSubstr("-- 0012: Later.\nDO $$ BEGIN -- x\nEND $$;\n)splot_sql\"},"));
}

TEST_F(Embedding, migrations_that_cannot_be_meant_are_refused) {
    EXPECT_TRUE(embed("embed_migrations.awk", ""));
    EXPECT_FALSE(
        embed("embed_migrations.awk", write("a/0001_a.sql", "-- 0001: A.\n") + write("b/0001_b.sql", "-- 0001: B.\n")));
    EXPECT_FALSE(embed("embed_migrations.awk", write("0002_a.sql", "SELECT 1;\n"))) << "does not say why";
    EXPECT_FALSE(embed("embed_migrations.awk", write("2_a.sql", "-- 2: A.\n")));
    EXPECT_FALSE(embed("embed_migrations.awk", write("0003_a.sql", ""))) << "empty";
}

} // namespace
} // namespace splot::storage
