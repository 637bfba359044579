#include "storage/vault/digest.h"
#include "storage/vault/random.h"

#include <gtest/gtest.h>

#include <set>

namespace splot::vault {
namespace {

std::string hex(std::span<const std::byte> bytes) {
    std::string text;
    for (const std::byte byte : bytes) {
        constexpr char digits[] = "0123456789abcdef";
        text += digits[std::to_integer<unsigned>(byte) >> 4];
        text += digits[std::to_integer<unsigned>(byte) & 15];
    }
    return text;
}

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

TEST(Digest, is_sha_256) {
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, is_hmac_of_rfc_4231) {
    EXPECT_EQ(hex(hmac_sha256(bytes_of("Jefe"), "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(hmac_sha256({}, "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Digest, compares_whole_texts) {
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
}

TEST(Digest, writes_base64url_of_rfc_4648) {
    EXPECT_EQ(to_base64url(bytes_of("")), "");
    EXPECT_EQ(to_base64url(bytes_of("f")), "Zg");
    EXPECT_EQ(to_base64url(bytes_of("fo")), "Zm8");
    EXPECT_EQ(to_base64url(bytes_of("foob\xff\xfe")), "Zm9vYv_-");
}

TEST(Uuids, of_version_7_sort_by_the_microsecond) {
    SystemRandom random;
    const Instant begin = *parse_instant("2026-11-24T12:00:00.999500Z");
    std::string last;
    for (int i = 0; i < 2000; ++i) {
        const Uuid uuid = make_uuid7(begin + std::chrono::microseconds(i), random);
        EXPECT_EQ(uuid.bytes[6] >> 4, 7);
        EXPECT_EQ(uuid.bytes[8] >> 6, 2);
        EXPECT_LT(last, uuid.text());
        last = uuid.text();
    }
}

TEST(Uuids, of_version_7_begin_with_the_millisecond) {
    SystemRandom random;
    // The example of RFC 9562, appendix A.6: 22 February 2022, 19:22:22 UTC.
    const Uuid uuid = make_uuid7(*parse_instant("2022-02-22T19:22:22Z"), random);

    EXPECT_EQ(uuid.text().substr(0, 15), "017f22e2-79b0-7");
}

TEST(Uuids, random_ones_tell_nothing_and_never_repeat) {
    SystemRandom random;
    std::set<Uuid> seen;
    for (int i = 0; i < 1000; ++i) {
        const Uuid uuid = make_random_uuid(random);
        EXPECT_EQ(uuid.bytes[6] >> 4, 4);
        EXPECT_EQ(uuid.bytes[8] >> 6, 2);
        seen.insert(uuid);
    }
    EXPECT_EQ(seen.size(), 1000U);
}

} // namespace
} // namespace splot::vault
