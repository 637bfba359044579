#include "storage/vault/seal.h"

#include "storage/vault/openssl.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace splot::vault {
namespace {

using namespace openssl;

constexpr std::byte version{1};
constexpr std::size_t nonce_size = 12, tag_size = 16, max_text = std::size_t{1} << 30;

EVP_CIPHER* aes_gcm() {
    static EVP_CIPHER* const cipher = fetch_cipher("AES-256-GCM");
    return cipher;
}

/// The thread's context. Its key is replaced by zeros afterwards, so that a destroyed key does not live on in it.
class Cipher {
public:
    Cipher() : context_(shared()) {}
    Cipher(const Cipher&) = delete;
    Cipher& operator=(const Cipher&) = delete;
    ~Cipher() {
        constexpr std::array<unsigned char, 32> zeros{};
        EVP_EncryptInit_ex2(context_, nullptr, zeros.data(), nullptr, nullptr);
    }
    operator EVP_CIPHER_CTX*() const { return context_; } // NOLINT(google-explicit-constructor)

private:
    static EVP_CIPHER_CTX* shared() {
        static thread_local const CipherContext context = new_cipher_context();
        return context.get();
    }
    EVP_CIPHER_CTX* context_;
};

template <class Integer> void put(std::string& out, Integer number) {
    for (int shift = static_cast<int>(sizeof number) * 8 - 8; shift >= 0; shift -= 8)
        out += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff);
}

void put(std::string& out, const Uuid& uuid) { out.append(reinterpret_cast<const char*>(uuid.bytes.data()), 16); }

/// The only field of varying length carries its length, so no two places have the same bytes.
std::string canonical(const Aad& aad) {
    std::string bytes = "splot seal 1";
    bytes.reserve(bytes.size() + 2 + aad.table.size() + 3 * 16 + 8);
    put(bytes, static_cast<std::uint16_t>(aad.table.size()));
    bytes += aad.table;
    put(bytes, aad.row);
    put(bytes, aad.place);
    put(bytes, aad.key.value);
    put(bytes, aad.revision);
    return bytes;
}

} // namespace

const char* name_of(SealProblem problem) {
    switch (problem) {
    case SealProblem::malformed:
        return "malformed";
    case SealProblem::unknown_version:
        return "unknown_version";
    case SealProblem::broken:
        return "broken";
    }
    return "unknown";
}

void throw_exception_from_error(SealProblem problem, const boost::source_location&) {
    throw std::runtime_error(std::string("a sealed text does not open: ") + name_of(problem));
}

Bytes seal(const DataKey& key, const Aad& aad, std::string_view text) {
    if (text.size() > max_text) throw std::length_error("a text to seal is too long");
    Bytes sealed(seal_overhead + text.size());
    sealed[0] = version;
    std::byte* const nonce = sealed.data() + 1;
    std::byte* const body = nonce + nonce_size;
    must(RAND_bytes(out(nonce), nonce_size), "random bytes");
    const std::string bound = canonical(aad);
    const Cipher cipher;
    int size = 0;
    must(EVP_EncryptInit_ex2(cipher, aes_gcm(), in(key.bytes()), out(nonce), nullptr), "init");
    must(EVP_EncryptUpdate(cipher, nullptr, &size, in(bound), static_cast<int>(bound.size())), "additional data");
    must(EVP_EncryptUpdate(cipher, out(body), &size, in(text), static_cast<int>(text.size())), "encrypt");
    must(EVP_EncryptFinal_ex(cipher, out(body) + size, &size), "encrypt");
    must(EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, tag_size, body + text.size()), "tag");
    return sealed;
}

boost::system::result<std::string, SealProblem> open(const DataKey& key, const Aad& aad,
                                                     std::span<const std::byte> sealed) {
    if (sealed.empty()) return SealProblem::malformed;
    if (sealed[0] != version) return SealProblem::unknown_version;
    if (sealed.size() < seal_overhead || sealed.size() > seal_overhead + max_text) return SealProblem::malformed;
    const auto nonce = sealed.subspan(1, nonce_size);
    const auto body = sealed.subspan(1 + nonce_size, sealed.size() - seal_overhead);
    std::array<std::byte, tag_size> tag;
    std::copy_n(sealed.end() - tag_size, tag_size, tag.begin());
    const std::string bound = canonical(aad);
    const Cipher cipher;
    std::string text(body.size(), '\0');
    int size = 0;
    must(EVP_DecryptInit_ex2(cipher, aes_gcm(), in(key.bytes()), in(nonce), nullptr), "init");
    must(EVP_DecryptUpdate(cipher, nullptr, &size, in(bound), static_cast<int>(bound.size())), "additional data");
    must(EVP_DecryptUpdate(cipher, out(text.data()), &size, in(body), static_cast<int>(body.size())), "decrypt");
    must(EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, tag_size, tag.data()), "tag");
    if (EVP_DecryptFinal_ex(cipher, out(text.data()) + size, &size) != 1) {
        wipe(std::as_writable_bytes(std::span(text)));
        return SealProblem::broken;
    }
    return text;
}

} // namespace splot::vault
