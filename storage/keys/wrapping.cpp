#include "storage/keys/wrapping.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>

#include <memory>
#include <stdexcept>

namespace splot::keys {
namespace {

constexpr std::string_view magic = "splotkey1";
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

void must(int ok, const char* what) {
    if (ok != 1) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

int size_of(std::span<const std::uint8_t> bytes) { return static_cast<int>(bytes.size()); }

std::vector<std::uint8_t> additional_data(const KeyName& name, std::uint32_t kek_version, std::string_view context) {
    std::vector<std::uint8_t> data(magic.begin(), magic.end());
    data.resize(magic.size() + 4);
    put_u32(&data[magic.size()], kek_version);
    data.insert(data.end(), name.begin(), name.end());
    data.insert(data.end(), context.begin(), context.end());
    return data;
}

} // namespace

Secret random_secret() {
    Secret secret;
    must(RAND_priv_bytes(secret.bytes.data(), size_of(secret.bytes)), "random bytes");
    return secret;
}

Wrapped wrap(const Secret& kek, std::uint32_t kek_version, const KeyName& name, std::string_view context,
             const Secret& key) {
    Wrapped wrapped;
    wrapped.kek_version = kek_version;
    wrapped.context = context;
    must(RAND_bytes(wrapped.nonce.data(), size_of(wrapped.nonce)), "random bytes");
    const auto data = additional_data(name, kek_version, context);
    const CipherContext cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int size = 0;
    must(EVP_EncryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), kek.bytes.data(), wrapped.nonce.data(), nullptr), "init");
    must(EVP_EncryptUpdate(cipher.get(), nullptr, &size, data.data(), size_of(data)), "additional data");
    must(EVP_EncryptUpdate(cipher.get(), wrapped.cipher.data(), &size, key.bytes.data(), size_of(key.bytes)),
         "encrypt");
    must(EVP_EncryptFinal_ex(cipher.get(), wrapped.cipher.data() + size, &size), "encrypt");
    must(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, size_of(wrapped.tag), wrapped.tag.data()), "tag");
    return wrapped;
}

std::optional<Secret> unwrap(const Secret& kek, const KeyName& name, const Wrapped& wrapped) {
    const auto data = additional_data(name, wrapped.kek_version, wrapped.context);
    const CipherContext cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    Secret key;
    auto tag = wrapped.tag;
    int size = 0;
    must(EVP_DecryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), kek.bytes.data(), wrapped.nonce.data(), nullptr), "init");
    must(EVP_DecryptUpdate(cipher.get(), nullptr, &size, data.data(), size_of(data)), "additional data");
    must(EVP_DecryptUpdate(cipher.get(), key.bytes.data(), &size, wrapped.cipher.data(), size_of(wrapped.cipher)),
         "decrypt");
    must(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, size_of(tag), tag.data()), "tag");
    if (EVP_DecryptFinal_ex(cipher.get(), key.bytes.data() + size, &size) != 1) return std::nullopt;
    return key;
}

// magic | kek version:u32 | nonce | cipher | tag | context
std::vector<std::uint8_t> to_bytes(const Wrapped& wrapped) {
    std::vector<std::uint8_t> bytes(magic.begin(), magic.end());
    bytes.resize(magic.size() + 4);
    put_u32(&bytes[magic.size()], wrapped.kek_version);
    bytes.insert(bytes.end(), wrapped.nonce.begin(), wrapped.nonce.end());
    bytes.insert(bytes.end(), wrapped.cipher.begin(), wrapped.cipher.end());
    bytes.insert(bytes.end(), wrapped.tag.begin(), wrapped.tag.end());
    bytes.insert(bytes.end(), wrapped.context.begin(), wrapped.context.end());
    return bytes;
}

std::optional<Wrapped> parse_wrapped(std::span<const std::uint8_t> bytes) {
    Wrapped wrapped;
    const std::size_t fixed = magic.size() + 4 + wrapped.nonce.size() + wrapped.cipher.size() + wrapped.tag.size();
    if (bytes.size() < fixed || bytes.size() > fixed + max_context) return std::nullopt;
    if (!std::equal(magic.begin(), magic.end(), bytes.begin())) return std::nullopt;
    bytes = bytes.subspan(magic.size());
    wrapped.kek_version = get_u32(bytes.data());
    bytes = bytes.subspan(4);
    const auto take = [&bytes](std::span<std::uint8_t> part) {
        std::copy_n(bytes.begin(), part.size(), part.begin());
        bytes = bytes.subspan(part.size());
    };
    take(wrapped.nonce);
    take(wrapped.cipher);
    take(wrapped.tag);
    wrapped.context.assign(bytes.begin(), bytes.end());
    return wrapped;
}

Secret derive(const Secret& root, std::string_view purpose) {
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free);
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                            &EVP_KDF_CTX_free);
    char digest[] = "SHA256";
    std::string salt = "splot-keys derive 1", info(purpose);
    Secret key = root, out;
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key.bytes.data(), key.bytes.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
        OSSL_PARAM_construct_end(),
    };
    must(EVP_KDF_derive(context.get(), out.bytes.data(), out.bytes.size(), params), "HKDF");
    return out;
}

} // namespace splot::keys
