#include "storage/vault/digest.h"

#include "storage/vault/openssl.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>

namespace splot::vault {
namespace {

using namespace openssl;

EVP_MD* fetch_sha256() {
    EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    if (!algorithm) throw std::runtime_error("OpenSSL has no SHA256");
    return algorithm;
}

EVP_MD* sha256_algorithm() {
    static EVP_MD* const algorithm = fetch_sha256();
    return algorithm;
}

} // namespace

Digest sha256(std::span<const std::byte> bytes) {
    static thread_local const DigestContext context(EVP_MD_CTX_new());
    Digest digest;
    must(EVP_DigestInit_ex2(context.get(), sha256_algorithm(), nullptr), "sha256");
    must(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()), "sha256");
    must(EVP_DigestFinal_ex(context.get(), out(digest.data()), nullptr), "sha256");
    return digest;
}

Digest sha256(std::string_view text) { return sha256(bytes_of(text)); }

Digest hmac_sha256(std::span<const std::byte> key, std::span<const std::byte> bytes) {
    Digest digest;
    // A null key would mean "the key of the call before".
    const void* const at = key.empty() ? static_cast<const void*>("") : key.data();
    if (!HMAC(sha256_algorithm(), at, static_cast<int>(key.size()), in(bytes), bytes.size(), out(digest.data()),
              nullptr))
        throw std::runtime_error("OpenSSL: HMAC");
    return digest;
}

Digest hmac_sha256(std::span<const std::byte> key, std::string_view text) { return hmac_sha256(key, bytes_of(text)); }

bool equal_in_constant_time(std::span<const std::byte> left, std::span<const std::byte> right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return equal_in_constant_time(bytes_of(left), bytes_of(right));
}

std::string to_base64url(std::span<const std::byte> bytes) {
    constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    unsigned pending = 0, bits = 0;
    for (const std::byte byte : bytes) {
        pending = pending << 8 | std::to_integer<unsigned>(byte);
        for (bits += 8; bits >= 6; bits -= 6)
            text += letters[pending >> (bits - 6) & 63];
    }
    if (bits > 0) text += letters[pending << (6 - bits) & 63];
    return text;
}

} // namespace splot::vault
