#include "tests/protocol/sample.h"

namespace splot {
namespace {

/// What was expected instead; empty when the text was accepted.
std::string refusal(std::string_view text) {
    const auto parsed = json::parse(text);
    if (parsed) return "";
    EXPECT_EQ(parsed.error().code, Code::parse_error) << text;
    EXPECT_EQ(parsed.error().field, "");
    return parsed.error().expected;
}

std::string nested(std::size_t depth, std::string_view open, std::string_view close) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i)
        text += open;
    text += "1";
    for (std::size_t i = 0; i < depth; ++i)
        text += close;
    return text;
}

TEST(JsonParse, every_kind_of_json_text_is_accepted) {
    for (const char* text : {"{}", "[]", "null", "true", "1", "-0", "1.5e-3", "\"\"", " \t\r\n{ } \n"})
        EXPECT_EQ(refusal(text), "") << text;
}

TEST(JsonParse, what_is_not_exactly_one_json_text_is_refused) {
    for (const char* text : {"",    " ",   "{",   "}",        "[1,]",    "{\"a\":1,}", "{a:1}",         "'a'",
                             "01",  "+1",  "1.",  ".5",       "nul",     "NaN",        "Infinity",      "{} {}",
                             "{}x", "1 2", "\"a", "\"a\tb\"", "\"\\x\"", "// c\n1",    "\xef\xbb\xbf{}"})
        EXPECT_NE(refusal(text), "") << text;
    EXPECT_NE(refusal(std::string_view("{}\0", 3)), "");
    EXPECT_NE(refusal(std::string_view("\"\0\"", 3)), "");
}

TEST(JsonParse, sixteen_levels_are_read_and_seventeen_are_not) {
    EXPECT_EQ(refusal(nested(16, "[", "]")), "");
    EXPECT_EQ(refusal(nested(16, R"({"a":)", "}")), "");
    EXPECT_THAT(refusal(nested(17, "[", "]")), testing::HasSubstr("16 levels"));
    EXPECT_THAT(refusal(nested(17, R"({"a":)", "}")), testing::HasSubstr("16 levels"));
    EXPECT_NE(refusal(nested(100'000, "[", "]")), "");
}

TEST(JsonParse, a_member_twice_in_one_object_is_refused_wherever_it_stands) {
    const std::string twice = "no member twice in one object";
    EXPECT_EQ(refusal(R"({"a":1,"a":1})"), twice);
    EXPECT_EQ(refusal(R"({"a":1,"\u0061":2})"), twice);
    EXPECT_EQ(refusal(R"([{"b":{"a":1,"b":2,"a":{}}}])"), twice);
    EXPECT_EQ(refusal(R"({"a":{"x":{}},"a":{"x":{},"y":{}}})"), twice);
    EXPECT_EQ(refusal(R"({"":1,"":1})"), twice);
    EXPECT_EQ(refusal(R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]})"), "");
}

TEST(JsonParse, colons_quotes_and_backslashes_in_strings_do_not_count_as_members) {
    EXPECT_EQ(refusal(R"({"a:b":":::","c\"":"\\","d\\\":":"x:\\\\\"::"})"), "");
}

TEST(JsonParse, a_number_beyond_a_double_is_refused_because_it_could_not_be_written_again) {
    for (const char* text : {"1e400", "-1e400", "[{\"a\":1e400}]", "0e400741824", "1e99999999999"})
        EXPECT_NE(refusal(text), "") << text;
    EXPECT_EQ(refusal("1e308"), "");
    EXPECT_EQ(refusal("1e-400"), "");
}

TEST(JsonParse, text_that_is_no_utf8_is_refused) {
    for (const char* bytes :
         {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80", "\xf8\x88\x80\x80\x80"})
        EXPECT_NE(refusal('"' + std::string(bytes) + '"'), "");
    for (const char* escape : {R"("\ud800")", R"("\udc00")", R"("\ud800\ud800")", R"("\ud800x")", R"("\u12")"})
        EXPECT_NE(refusal(escape), "") << escape;
    EXPECT_EQ(refusal("\"\xf4\x8f\xbf\xbf\""), "");
}

} // namespace
} // namespace splot
