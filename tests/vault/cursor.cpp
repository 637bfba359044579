#include "storage/vault/cursor.h"
#include "storage/vault/random.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <set>

namespace splot::vault {
namespace {

CursorKey random_cursor_key() {
    SystemRandom random;
    std::array<std::byte, SecretBytes::size> bytes{};
    random.fill(bytes);
    return CursorKey(SecretBytes(bytes));
}

struct Cursor : testing::Test {
    const CursorKey key = random_cursor_key();
};

TEST_F(Cursor, gives_back_its_position) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max(), least = std::numeric_limits<std::int64_t>::min();
    for (const std::int64_t stream : {std::int64_t{1}, std::int64_t{0x123456789abcdef}, most, least, std::int64_t{-1}})
        for (const std::int64_t number : {std::int64_t{0}, std::int64_t{1}, std::int64_t{1} << 40, most}) {
            const std::string token = make_cursor(key, stream, number);
            EXPECT_EQ(token.size(), 22U);
            EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                      std::string::npos);
            EXPECT_EQ(read_cursor(key, token), (Position{stream, number}));
        }
}

TEST_F(Cursor, all_hubs_make_the_same) { EXPECT_EQ(make_cursor(key, 17, 4), make_cursor(CursorKey(key), 17, 4)); }

TEST_F(Cursor, B01_neighbours_have_nothing_in_common) {
    std::set<std::string> beginnings, endings;
    for (std::int64_t number = 0; number < 1000; ++number) {
        const std::string token = make_cursor(key, 17, number);
        beginnings.insert(token.substr(0, 11));
        endings.insert(token.substr(11));
    }

    EXPECT_EQ(beginnings.size(), 1000U);
    EXPECT_EQ(endings.size(), 1000U);
}

TEST_F(Cursor, a_forged_one_names_another_stream) {
    const std::string token = make_cursor(key, 17, 4);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string forged = token;
        forged[i] = forged[i] == 'A' ? 'Q' : 'A'; // both are possible as the last letter
        const auto position = read_cursor(key, forged);
        ASSERT_TRUE(position) << i;
        EXPECT_NE(position->stream, 17) << i;
    }
    EXPECT_NE(read_cursor(random_cursor_key(), token)->stream, 17);
}

TEST_F(Cursor, what_is_no_token_is_refused) {
    const std::string token = make_cursor(key, 17, 4);
    for (const std::string& wrong :
         {std::string(), token.substr(1), token + "A", token.substr(1) + "=", token.substr(1) + "+",
          token.substr(1) + std::string(1, '\0'), token.substr(1) + "\xc4"})
        EXPECT_FALSE(read_cursor(key, wrong)) << wrong;
    // The last letter has two bits of the block; with other bits it would be a second spelling.
    for (const char last : std::string("BCDEFGHIJKLMNOP"))
        EXPECT_FALSE(read_cursor(key, token.substr(0, 21) + last)) << last;
}

} // namespace
} // namespace splot::vault
