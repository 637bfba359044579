#include "tests/protocol/sample.h"

#include <cmath>

namespace splot::sample {
namespace {

Result<Everything> decode_with(std::string_view member, std::string_view value) {
    return json::decode<Everything>(with(member, value));
}

TEST(JsonDecode, every_kind_of_member_is_read) {
    const auto read = json::decode<Everything>(json::parse(whole).value());

    ASSERT_TRUE(read) << read.error().field << ": expected " << read.error().expected;
    EXPECT_EQ(read->person.text(), "01890000-0000-7000-8000-000000000001");
    EXPECT_TRUE(read->yes);
    EXPECT_EQ(read->small, -5);
    EXPECT_EQ(read->big, 9007199254740993); // a double could not hold it
    EXPECT_EQ(read->ratio, 0.5);
    EXPECT_EQ(read->text, "Zażółć \"gęślą\"\n");
    EXPECT_EQ(read->name.reveal(), "Nina");
    EXPECT_EQ(read->uuid.text(), "01890000-0000-7000-8000-000000000002");
    EXPECT_EQ(to_text(read->at), "2026-11-24T11:00:00Z");
    EXPECT_EQ(to_text(read->day), "2026-02-28");
    EXPECT_EQ(read->colour, Colour::green);
    EXPECT_EQ(read->note, std::nullopt);
    EXPECT_EQ(read->list, (std::vector{1, 2}));
    EXPECT_EQ(read->map.at("lead").institutions.size(), 1u);
    EXPECT_EQ(json::to_json(read->anything), R"({"a":[null]})");
}

TEST(JsonDecode, a_missing_member_is_named_and_a_missing_optional_is_not_missed) {
    for (const char* member : {"person", "yes", "small", "text", "at", "day", "colour", "list", "map", "anything"})
        EXPECT_THAT(json::decode<Everything>(without(member)),
                    invalid_at("params." + std::string(member), "a value: it is missing"));
    EXPECT_TRUE(json::decode<Everything>(without("note")));
}

TEST(JsonDecode, null_stands_for_an_absent_optional_and_for_nothing_else) {
    EXPECT_EQ(decode_with("note", "null")->note, std::nullopt);
    EXPECT_EQ(decode_with("note", R"("x")")->note, "x");
    EXPECT_TRUE(decode_with("anything", "null")->anything.is_null());
    EXPECT_THAT(decode_with("text", "null"), invalid_at("params.text", "a text"));
    EXPECT_THAT(decode_with("list", "null"), invalid_at("params.list", "an array"));
    EXPECT_THAT(decode_with("list", "[1,null]"), invalid_at("params.list[1]", "an integer of 32 bits"));
    EXPECT_THAT(json::decode<Everything>(nullptr), invalid_at("params", "an object"));
}

TEST(JsonDecode, an_unknown_member_is_refused_unless_the_reader_ignores_them) {
    EXPECT_THAT(decode_with("due", "1"), invalid_at("params.due", "no such member"));
    EXPECT_THAT(decode_with("map", R"({"lead":{"institutions":[],"persons":[]}})"),
                invalid_at("params.map.lead.persons", "no such member"));
    EXPECT_THAT(json::decode<Empty>(json::parse(R"({"a":1})").value()), invalid_at("params.a", "no such member"));
    EXPECT_TRUE(json::decode<Everything>(with("due", "1"), "result", json::Unknown::ignored));
}

TEST(JsonDecode, A55_a_key_that_may_be_content_is_not_repeated_in_the_path) {
    for (const char* key : {"Jan Kowalski", "", "a.b", "zażółć", "a\nb"})
        EXPECT_THAT(decode_with(key, "1"), invalid_at("params.?", "no such member"));
    EXPECT_THAT(decode_with(std::string(65, 'x'), "1"), invalid_at("params.?", "no such member"));
    EXPECT_THAT(decode_with("map", R"({"Jan Kowalski":7})"), invalid_at("params.map.?", "an object"));
}

TEST(JsonDecode, the_path_leads_through_structs_maps_and_lists_from_any_root) {
    const auto value = with("map", R"({"lead":{"institutions":["01890000-0000-7000-8000-000000000003","nobody"]}})");

    EXPECT_THAT(json::decode<Everything>(value), invalid_at("params.map.lead.institutions[1]", "a uuid"));
    EXPECT_THAT(json::decode<Everything>(value, "[3].result"),
                invalid_at("[3].result.map.lead.institutions[1]", "a uuid"));
    EXPECT_THAT(json::decode<Everything>(value, ""), invalid_at("map.lead.institutions[1]", "a uuid"));
}

TEST(JsonDecode, integers_keep_to_their_range_and_are_integers) {
    EXPECT_EQ(decode_with("small", "2147483647")->small, 2147483647);
    EXPECT_EQ(decode_with("small", "-2147483648")->small, -2147483648);
    EXPECT_EQ(decode_with("big", "9223372036854775807")->big, std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(decode_with("big", "-9223372036854775808")->big, std::numeric_limits<std::int64_t>::min());
    for (const char* wrong : {"2147483648", "-2147483649", "1.0", "1e3", "\"1\"", "true", "99999999999999999999"})
        EXPECT_THAT(decode_with("small", wrong), invalid_at("params.small", "an integer of 32 bits")) << wrong;
    for (const char* wrong : {"9223372036854775808", "18446744073709551615", "-9223372036854775809", "0.5", "[]"})
        EXPECT_THAT(decode_with("big", wrong), invalid_at("params.big", "an integer of 64 bits")) << wrong;
}

TEST(JsonDecode, a_number_may_be_whole_but_is_finite) {
    EXPECT_EQ(decode_with("ratio", "3")->ratio, 3.0);
    EXPECT_EQ(decode_with("ratio", "18446744073709551615")->ratio, 18446744073709551615.0);
    EXPECT_THAT(json::decode<double>(HUGE_VAL), invalid_at("params", "a number"));
    for (const char* wrong : {"\"1\"", "null", "true"})
        EXPECT_THAT(decode_with("ratio", wrong), invalid_at("params.ratio", "a number")) << wrong;
}

TEST(JsonDecode, a_bool_is_true_or_false_only) {
    for (const char* wrong : {"0", "1", "\"true\"", "null"})
        EXPECT_THAT(decode_with("yes", wrong), invalid_at("params.yes", "true or false")) << wrong;
}

TEST(JsonDecode, a_text_without_a_place_in_the_database_is_refused) {
    EXPECT_THAT(decode_with("text", R"("a\u0000b")"), invalid_at("params.text", "a text without U+0000"));
    EXPECT_THAT(decode_with("name", R"("\u0000")"), invalid_at("params.name", "a text without U+0000"));
    EXPECT_THAT(decode_with("text", "7"), invalid_at("params.text", "a text"));
    EXPECT_EQ(decode_with("text", R"("\ud83d\ude00")")->text, "😀");
    EXPECT_EQ(decode_with("text", R"("")")->text, "");
}

TEST(JsonDecode, an_enum_is_the_name_of_an_enumerator) {
    EXPECT_EQ(decode_with("colour", R"("red")")->colour, Colour::red);
    for (const char* wrong : {R"("blue")", R"("Red")", R"("")", "0", "null"})
        EXPECT_THAT(decode_with("colour", wrong), invalid_at("params.colour", "one of red, green")) << wrong;
}

TEST(JsonDecode, ids_days_and_instants_are_texts_of_their_form) {
    for (const char* wrong : {R"("01890000-0000-7000-8000-00000000000")", R"("0189000000007000800000000000000001")",
                              R"("{1890000-0000-7000-8000-000000000001")", R"("")", "1"}) {
        EXPECT_THAT(decode_with("uuid", wrong), invalid_at("params.uuid", "a uuid")) << wrong;
        EXPECT_THAT(decode_with("person", wrong), invalid_at("params.person", "a uuid")) << wrong;
    }
    EXPECT_THAT(decode_with("day", R"("2026-02-30")"), invalid_at("params.day", "a date (YYYY-MM-DD)"));
    EXPECT_THAT(decode_with("at", R"("2026-11-24T12:00:00")"),
                invalid_at("params.at", "a date and time with offset (RFC 3339)"));
    EXPECT_THAT(decode_with("at", "1795000000"), invalid_at("params.at", "a date and time with offset (RFC 3339)"));
}

TEST(JsonDecode, the_first_problem_in_the_order_of_the_members_is_told) {
    auto value = with("text", "7");
    value.as_object()["yes"] = 1;
    value.as_object()["extra"] = 1;

    EXPECT_THAT(json::decode<Everything>(value), invalid_at("params.yes", "true or false"));
}

} // namespace
} // namespace splot::sample
