#include "tests/protocol/sample.h"

#include <random>

namespace splot::sample {
namespace {

/// Seeded, so that a failure can be repeated: the seed is in its message.
class Dice {
public:
    explicit Dice(unsigned seed) : engine_(seed) {}
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(engine_);
    }
    bool coin() { return between(0, 1) == 1; }

    std::string text() {
        std::string out;
        for (auto left = between(0, 20); left > 0; --left)
            append_utf8(out, code_point());
        return out;
    }
    Uuid uuid() {
        Uuid out;
        for (auto& byte : out.bytes)
            byte = static_cast<std::uint8_t>(between(0, 255));
        return out;
    }
    Instant instant() { // years 1 to 9999
        return Instant{std::chrono::microseconds{between(-62135596800, 253402300799) * 1'000'000 +
                                                 (coin() ? between(0, 999'999) : 0)}};
    }
    Date date() { return Date{std::chrono::floor<std::chrono::days>(instant())}; }

private:
    char32_t code_point() {
        switch (between(0, 3)) {
        case 0:
            return static_cast<char32_t>(between(1, 0x7f));
        case 1:
            return static_cast<char32_t>(between(0x80, 0x7ff));
        case 2:
            return static_cast<char32_t>(between(0xe000, 0xffff));
        default:
            return static_cast<char32_t>(between(0x10000, 0x10ffff));
        }
    }
    static void append_utf8(std::string& out, char32_t c) {
        const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (c >> shift & 0x3f)); };
        if (c < 0x80)
            out += static_cast<char>(c);
        else if (c < 0x800)
            out += static_cast<char>(0xc0 | c >> 6), tail(0);
        else if (c < 0x10000)
            out += static_cast<char>(0xe0 | c >> 12), tail(6), tail(0);
        else
            out += static_cast<char>(0xf0 | c >> 18), tail(12), tail(6), tail(0);
    }

    std::mt19937 engine_;
};

Everything any(Dice& dice) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    Everything out;
    out.person = PersonId(dice.uuid());
    out.yes = dice.coin();
    out.small = static_cast<std::int32_t>(dice.between(INT32_MIN, INT32_MAX));
    out.big = dice.between(-most - 1, most);
    out.ratio = static_cast<double>(dice.between(-most, most)) / static_cast<double>(dice.between(1, most));
    out.text = dice.text();
    out.name = Personal<std::string>(dice.text());
    out.uuid = dice.uuid();
    out.at = dice.instant();
    out.day = dice.date();
    out.colour = dice.coin() ? Colour::red : Colour::green;
    if (dice.coin()) out.note = dice.text();
    for (auto left = dice.between(0, 5); left > 0; --left)
        out.list.push_back(static_cast<std::int32_t>(left * 1000));
    for (auto left = dice.between(0, 3); left > 0; --left)
        out.map[dice.text()].institutions.assign(static_cast<std::size_t>(left), InstitutionId(dice.uuid()));
    out.anything =
        boost::json::array{dice.between(-most, most), nullptr, boost::json::object{{dice.text(), dice.text()}}};
    return out;
}

TEST(JsonWrite, what_is_written_reads_back_as_the_same_value) {
    for (unsigned seed = 0; seed < 500; ++seed) {
        Dice dice(seed);
        const auto value = any(dice);

        const auto text = json::to_json(value);
        const auto tree = json::parse(text);
        ASSERT_TRUE(tree) << "seed " << seed << ": " << tree.error().expected << "\n" << text;
        auto read = json::decode<Everything>(*tree);

        ASSERT_TRUE(read) << "seed " << seed << ": " << read.error().field;
        ASSERT_DOUBLE_EQ(read->ratio, value.ratio); // see json.h: within its last places
        read->ratio = value.ratio;
        ASSERT_TRUE(*read == value) << "seed " << seed << "\n" << text;
    }
}

TEST(JsonWrite, any_damage_to_one_byte_is_read_or_refused_but_never_a_crash) {
    for (unsigned seed = 0; seed < 2000; ++seed) {
        Dice dice(seed);
        auto text = json::to_json(any(dice));
        text[static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(text.size()) - 1))] =
            static_cast<char>(dice.between(0, 255));

        const auto tree = json::parse(text);
        const auto read = tree ? json::decode<Everything>(*tree) : tree.error();

        EXPECT_TRUE(read || read.error().code == (tree ? Code::invalid : Code::parse_error)) << "seed " << seed;
    }
}

TEST(JsonWrite, members_come_in_the_order_of_description_with_the_bases_first_and_without_absent_ones) {
    Everything value;
    value.day = std::chrono::year{2026} / 2 / 28;

    EXPECT_EQ(json::to_json(value),
              R"({"person":"00000000-0000-0000-0000-000000000000","yes":false,"small":0,"big":0,"ratio":0,"text":"",)"
              R"("name":"","uuid":"00000000-0000-0000-0000-000000000000","at":"1970-01-01T00:00:00Z",)"
              R"("day":"2026-02-28","colour":"red","list":[],"map":{},"anything":null})");
    EXPECT_EQ(json::to_json(Empty{}), "{}");
}

TEST(JsonWrite, a_string_is_escaped_where_json_demands_it_and_nowhere_else) {
    EXPECT_EQ(json::to_json(std::string("\"\\/\b\f\n\r\t\x01\x1f\x7f")), R"("\"\\/\b\f\n\r\t\u0001\u001f)"
                                                                         "\x7f\"");
    EXPECT_EQ(json::to_json(std::string("zażółć 😀")), "\"zażółć 😀\"");
    EXPECT_EQ(json::to_json(std::string("a\0b", 3)), R"("a\u0000b")");
    EXPECT_EQ(json::to_json(std::map<std::string, bool>{{"a\"", true}}), R"({"a\"":true})");
}

TEST(JsonWrite, a_parsed_value_is_written_as_it_is) {
    constexpr std::string_view text = R"({"a":[1,-2,18446744073709551615,true,null,"x\n"],"b":{}})";
    EXPECT_EQ(json::to_json(json::parse(text).value()), text);
}

TEST(JsonWrite, an_optional_alone_is_null_when_it_is_empty) {
    EXPECT_EQ(json::to_json(std::optional<bool>{}), "null");
    EXPECT_EQ(json::to_json(std::vector<std::optional<std::int32_t>>{1, {}, 3}), "[1,null,3]");
}

} // namespace
} // namespace splot::sample
