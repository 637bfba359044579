#include "storage/vault/seal.h"
#include "storage/vault/random.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <set>

namespace splot::vault {
namespace {

struct Seal : testing::Test {
    SystemRandom random;
    const DataKey key = random_key();
    const std::string text = "Rozmowa z rodziną w piątek o 15:30.";
    Aad aad{"message", make_random_uuid(random), make_random_uuid(random), KeyId(make_random_uuid(random)), 3};

    DataKey random_key() {
        std::array<std::byte, DataKey::size> bytes{};
        random.fill(bytes);
        return DataKey(bytes);
    }
    SealProblem problem_of(const Bytes& sealed) const {
        const auto opened = open(key, aad, sealed);
        EXPECT_FALSE(opened.has_value());
        return opened.has_value() ? SealProblem{} : opened.error();
    }
};

TEST_F(Seal, opens_what_it_sealed) {
    for (const std::string& each : {text, std::string(), std::string(1, '\0'), std::string(70000, 'x')}) {
        const Bytes sealed = seal(key, aad, each);
        EXPECT_EQ(sealed.size(), each.size() + seal_overhead);
        EXPECT_EQ(open(key, aad, sealed).value(), each);
    }
}

TEST_F(Seal, the_same_text_never_looks_the_same_twice) {
    std::set<Bytes> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(seal(key, aad, text));

    EXPECT_EQ(seen.size(), 1000U);
}

TEST_F(Seal, a_change_of_any_bit_is_noticed) {
    const Bytes sealed = seal(key, aad, text);
    for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
        Bytes changed = sealed;
        changed[i / 8] ^= std::byte(1U << i % 8);
        EXPECT_EQ(problem_of(changed), i < 8 ? SealProblem::unknown_version : SealProblem::broken) << "bit " << i;
    }
}

TEST_F(Seal, a_text_that_was_cut_or_lengthened_does_not_open) {
    const Bytes sealed = seal(key, aad, text);
    for (std::size_t size = 0; size < sealed.size(); ++size)
        EXPECT_EQ(problem_of(Bytes(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(size))),
                  size < seal_overhead ? SealProblem::malformed : SealProblem::broken);
    Bytes longer = sealed;
    longer.push_back(std::byte{});
    EXPECT_EQ(problem_of(longer), SealProblem::broken);
}

TEST_F(Seal, a_text_opens_in_its_own_place_only) {
    const Bytes sealed = seal(key, aad, text);
    const Aad right = aad;
    const auto expect_refused = [&](const char* what) {
        EXPECT_EQ(problem_of(sealed), SealProblem::broken) << what;
        aad = right;
    };
    for (std::size_t i = 0; i < 16; ++i) {
        aad.row.bytes[i] ^= 1;
        expect_refused("row");
        aad.place.bytes[i] ^= 1;
        expect_refused("place");
        aad.key.value.bytes[i] ^= 1;
        expect_refused("key");
    }
    for (const std::string_view table : {"massage", "messag", "message ", ""}) {
        aad.table = table;
        expect_refused("table");
    }
    aad.revision = 2;
    expect_refused("revision");
    std::swap(aad.row, aad.place);
    expect_refused("row and place exchanged");
    EXPECT_EQ(open(key, aad, sealed).value(), text);
}

TEST_F(Seal, another_key_does_not_open_it) {
    const Bytes sealed = seal(key, aad, text);

    EXPECT_EQ(open(random_key(), aad, sealed).error(), SealProblem::broken);
    EXPECT_EQ(open(key, aad, sealed).value(), text) << "the thread's context keeps nothing of the call before";
}

} // namespace
} // namespace splot::vault
