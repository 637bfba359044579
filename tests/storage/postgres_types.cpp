// Every C++ type that can be a parameter comes back from a column as it was.
#include "tests/storage/postgres_fixture.h"

#include <boost/json/parse.hpp>

#include <limits>

namespace splot::storage {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

enum class Colour { red, dark_green };
BOOST_DESCRIBE_ENUM(Colour, red, dark_green)

class PostgresTypes : public PostgresTest {
protected:
    std::unique_ptr<Connection> connection = connect();

    /// Sends a value as $1 and reads it back as the same type.
    template <class T> T echo(const char* text, const T& value) {
        const std::string name = "test.echo_" + std::to_string(++echoes);
        const ResultSet set = ask(*connection, Query{name.c_str(), text}, value);
        return one<T>(set);
    }
    int echoes = 0;
};

const Uuid some_uuid = *Uuid::parse("0192f0c1-2345-7abc-8def-00ff80017fee");
const Uuid other_uuid = *Uuid::parse("ffffffff-ffff-ffff-ffff-ffffffffffff");
const Instant some_instant = *parse_instant("2026-11-24T12:34:56.789012Z");

TEST_F(PostgresTypes, every_scalar_comes_back_as_it_was) {
    for (const bool value : {true, false})
        EXPECT_EQ(echo("SELECT $1", value), value);
    for (const std::int16_t value : {-32768, -1, 0, 32767})
        EXPECT_EQ(echo("SELECT $1", value), value);
    for (const std::int32_t value : {std::numeric_limits<std::int32_t>::min(), -1, 0, 1 << 30})
        EXPECT_EQ(echo("SELECT $1", value), value);
    for (const std::int64_t value : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{1} << 62})
        EXPECT_EQ(echo("SELECT $1", value), value);
    for (const double value : {0.0, -1.5e300, 0.1})
        EXPECT_EQ(echo("SELECT $1", value), value);
    EXPECT_EQ(echo("SELECT $1", std::string("Zażółć \"gęślą\" \\ jaźń")), "Zażółć \"gęślą\" \\ jaźń");
    EXPECT_EQ(echo("SELECT $1", std::string()), "");
    EXPECT_EQ(echo("SELECT $1", Personal(std::string("Nina"))).reveal(), "Nina");
    EXPECT_EQ(echo("SELECT $1", some_uuid), some_uuid);
    EXPECT_EQ(echo("SELECT $1", TeamId(some_uuid)), TeamId(some_uuid));
    EXPECT_EQ(echo("SELECT $1", Colour::dark_green), Colour::dark_green);
}

TEST_F(PostgresTypes, times_and_days_before_and_after_2000_come_back_as_they_were) {
    for (const char* text : {"2026-11-24T12:34:56.789012Z", "1999-12-31T23:59:59.999999Z", "2000-01-01T00:00:00Z"})
        EXPECT_EQ(echo("SELECT $1", *parse_instant(text)), *parse_instant(text)) << text;
    for (const char* text : {"2024-02-29", "1968-03-08", "2000-01-01"})
        EXPECT_EQ(echo("SELECT $1", *parse_date(text)), *parse_date(text)) << text;
}

TEST_F(PostgresTypes, the_server_means_the_same_by_them) {
    const ResultSet set = ask(*connection, {"test.meaning", "SELECT ($1 AT TIME ZONE 'UTC')::text, $2::text, $3::text"},
                              some_instant, *parse_date("1968-03-08"), some_uuid);
    EXPECT_EQ(set[0].get<std::string>(0), "2026-11-24 12:34:56.789012");
    EXPECT_EQ(set[0].get<std::string>(1), "1968-03-08");
    EXPECT_EQ(set[0].get<std::string>(2), some_uuid.text());
}

TEST_F(PostgresTypes, bytes_of_every_value_come_back) {
    Bytes bytes;
    for (int i = 0; i < 256; ++i)
        bytes.push_back(std::byte(i));
    EXPECT_EQ(echo("SELECT $1", bytes), bytes);
    EXPECT_EQ(echo("SELECT $1", Bytes{}), Bytes{});
}

TEST_F(PostgresTypes, json_comes_back) {
    const boost::json::value value = boost::json::parse(R"({"kind":"task","parts":[1,null,"ż"]})");
    EXPECT_EQ(echo("SELECT $1", value), value);
    const ResultSet set = ask(*connection, {"test.json", "SELECT '[1,2]'::json"});
    EXPECT_EQ(one<boost::json::value>(set), boost::json::parse("[1,2]"));
}

TEST_F(PostgresTypes, null_comes_back_for_every_optional) {
    EXPECT_EQ(echo("SELECT $1", std::optional<bool>()), std::nullopt);
    EXPECT_EQ(echo("SELECT $1", std::optional<std::int64_t>()), std::nullopt);
    EXPECT_EQ(echo("SELECT $1", std::optional<std::string>()), std::nullopt);
    EXPECT_EQ(echo("SELECT $1", std::optional<std::string>("")), "");
    EXPECT_EQ(echo("SELECT $1", std::optional<Bytes>()), std::nullopt);
    EXPECT_EQ(echo("SELECT $1", std::optional<TeamId>()), std::nullopt);
    EXPECT_EQ(echo("SELECT $1", std::optional<TeamId>(some_uuid)), TeamId(some_uuid));
    EXPECT_EQ(echo("SELECT $1", std::optional<Instant>()), std::nullopt);
    EXPECT_EQ(echo("SELECT $1", std::optional<std::vector<std::string>>()), std::nullopt);
}

TEST_F(PostgresTypes, arrays_come_back_empty_full_and_with_nulls) {
    EXPECT_THAT(echo("SELECT $1", std::vector<TeamId>{}), ElementsAre());
    EXPECT_THAT(echo("SELECT $1", std::vector{TeamId(some_uuid), TeamId(other_uuid)}),
                ElementsAre(TeamId(some_uuid), TeamId(other_uuid)));
    EXPECT_THAT(echo("SELECT $1", std::vector<std::int64_t>{-1, 0, 1}), ElementsAre(-1, 0, 1));
    EXPECT_THAT(echo("SELECT $1", std::vector<std::int32_t>{-1, 7}), ElementsAre(-1, 7));
    EXPECT_THAT(echo("SELECT $1", std::vector<std::int16_t>{3}), ElementsAre(3));
    EXPECT_THAT(echo("SELECT $1", std::vector<double>{0.5}), ElementsAre(0.5));
    EXPECT_THAT(echo("SELECT $1", std::vector<bool>{true, false}), ElementsAre(true, false));
    EXPECT_THAT(echo("SELECT $1", std::vector<std::string>{"", "{a,\"b\"}"}), ElementsAre("", "{a,\"b\"}"));
    EXPECT_THAT(echo("SELECT $1", std::vector{Bytes{}, Bytes{std::byte{0}}}),
                ElementsAre(Bytes{}, Bytes{std::byte{0}}));
    EXPECT_THAT(echo("SELECT $1", std::vector{some_instant}), ElementsAre(some_instant));
    EXPECT_THAT(echo("SELECT $1", std::vector{Colour::red}), ElementsAre(Colour::red));
    const std::vector<std::optional<std::string>> with_null{"a", std::nullopt, ""};
    EXPECT_EQ(echo("SELECT $1", with_null), with_null);
    const std::vector<std::optional<KeyId>> no_key{std::nullopt};
    EXPECT_EQ(echo("SELECT $1", no_key), no_key);
    const std::vector<std::optional<bool>> answers{true, std::nullopt};
    EXPECT_EQ(echo("SELECT $1", answers), answers);
}

TEST_F(PostgresTypes, views_spans_and_literals_are_parameters_too) {
    const std::vector<std::int64_t> numbers{1, 2};
    const Bytes bytes{std::byte{7}};
    const ResultSet set = ask(*connection, {"test.views", "SELECT $1, $2, $3, $4, $5 = 'x'"}, "literal",
                              std::string_view("view"), std::span(numbers), std::span(bytes), "x");
    EXPECT_EQ(set[0].get<std::string>(0), "literal");
    EXPECT_EQ(set[0].get<std::string>(1), "view");
    EXPECT_EQ(set[0].get<std::vector<std::int64_t>>(2), numbers);
    EXPECT_EQ(set[0].get<Bytes>(3), bytes);
    EXPECT_TRUE(set[0].get<bool>(4));
}

struct Base {
    std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(Base, (), (id))
struct Member : Base {
    std::string name;
    std::optional<Colour> colour;
    std::vector<std::int32_t> marks;
};
BOOST_DESCRIBE_STRUCT(Member, (Base), (name, colour, marks))

TEST_F(PostgresTypes, described_structs_take_columns_by_name_in_any_order) {
    const ResultSet set =
        ask(*connection, {"test.members", "SELECT * FROM (VALUES"
                                          " ('{1,2}'::int[], 'red', 'Nina', 1, 'unused'),"
                                          " ('{}', NULL, 'Iza', 2, '')) t(marks, colour, name, id, x)"});
    const auto members = rows<Member>(set);
    ASSERT_EQ(members.size(), 2u);
    EXPECT_EQ(members[0].id, 1);
    EXPECT_EQ(members[0].name, "Nina");
    EXPECT_EQ(members[0].colour, Colour::red);
    EXPECT_THAT(members[0].marks, ElementsAre(1, 2));
    EXPECT_EQ(members[1].colour, std::nullopt);
}

TEST_F(PostgresTypes, misfits_name_the_query_and_the_column) {
    const auto why = [&](const char* name, const char* text) {
        return std::string(error_of<MisfitError>([&] { rows<Member>(ask(*connection, {name, text})); }).what());
    };
    EXPECT_EQ(why("test.a", "SELECT 1::int8 AS id, 'n' AS name, NULL::text AS colour"),
              "test.a gives no column \"marks\"");
    EXPECT_EQ(why("test.b", "SELECT 1::int8 AS id, NULL::text AS name, NULL::text AS colour, '{}'::int[] AS marks"),
              "test.b: column \"name\" is NULL where its C++ member is not optional");
    EXPECT_EQ(why("test.c", "SELECT 1.5 AS id, 'n' AS name, NULL::text AS colour, '{}'::int[] AS marks"),
              "test.c: column \"id\" has another type than its C++ member");
    EXPECT_THROW(rows<Member>(ask(*connection, {"test.d", "SELECT 1::int8 AS id, 'n' AS name, 'blue' AS colour,"
                                                          " '{}'::int[] AS marks"})),
                 MisfitError);
    EXPECT_THROW(one<std::int64_t>(ask(*connection, {"test.e", "SELECT 1::int8 WHERE false"})), MisfitError);
    EXPECT_THROW(maybe<std::int64_t>(ask(*connection, {"test.f", "SELECT generate_series(1, 2)::int8"})), MisfitError);
    EXPECT_THROW(one<Instant>(ask(*connection, {"test.g", "SELECT 'infinity'::timestamptz"})), MisfitError);
}

} // namespace
} // namespace splot::storage
