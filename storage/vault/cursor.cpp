#include "storage/vault/cursor.h"

#include "storage/vault/digest.h"
#include "storage/vault/openssl.h"

#include <array>

namespace splot::vault {
namespace {

using namespace openssl;
using Block = std::array<std::byte, 16>;
constexpr std::size_t token_size = 22;
enum class Direction { decrypt = 0, encrypt = 1 };

EVP_CIPHER* one_block_cipher() {
    static EVP_CIPHER* const cipher = fetch_cipher("AES-256-ECB");
    return cipher;
}

/// One block under a key of its own is a permutation of 128 bits; modes are for more than one.
Block permute(const CursorKey& key, const Block& block, Direction direction) {
    static thread_local const CipherContext context = new_cipher_context();
    Block permuted;
    int size = 0;
    must(EVP_CipherInit_ex2(context.get(), one_block_cipher(), in(key.secret().bytes()), nullptr,
                            static_cast<int>(direction), nullptr),
         "init");
    must(EVP_CIPHER_CTX_set_padding(context.get(), 0), "padding");
    must(EVP_CipherUpdate(context.get(), out(permuted.data()), &size, in(block), 16), "one block");
    return permuted;
}

void put(std::byte* at, std::int64_t number) {
    for (int i = 0; i < 8; ++i)
        at[i] = static_cast<std::byte>(static_cast<std::uint64_t>(number) >> (56 - 8 * i));
}

std::int64_t get(const std::byte* at) {
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i)
        number = number << 8 | std::to_integer<std::uint64_t>(at[i]);
    return static_cast<std::int64_t>(number);
}

int value_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '-') return 62;
    return c == '_' ? 63 : -1;
}

std::optional<Block> parse_block(std::string_view token) {
    if (token.size() != token_size) return std::nullopt;
    Block block;
    std::size_t filled = 0;
    unsigned pending = 0, bits = 0;
    for (const char c : token) {
        const int value = value_of(c);
        if (value < 0) return std::nullopt;
        pending = (pending << 6 | static_cast<unsigned>(value)) & 0xffff;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        block[filled++] = static_cast<std::byte>(pending >> bits);
    }
    // 22 letters have four bits more than a block; a token has one spelling only.
    const bool is_canonical = (pending & ((1U << bits) - 1)) == 0;
    return is_canonical ? std::optional(block) : std::nullopt;
}

} // namespace

std::string make_cursor(const CursorKey& key, std::int64_t stream, std::int64_t number) {
    Block block;
    put(block.data(), stream);
    put(block.data() + 8, number);
    return to_base64url(permute(key, block, Direction::encrypt));
}

std::optional<Position> read_cursor(const CursorKey& key, std::string_view token) {
    const auto block = parse_block(token);
    if (!block) return std::nullopt;
    const Block position = permute(key, *block, Direction::decrypt);
    return Position{get(position.data()), get(position.data() + 8)};
}

} // namespace splot::vault
