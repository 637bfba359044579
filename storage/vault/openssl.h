#pragma once
#include <openssl/evp.h>

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

/// What this folder's sources share of OpenSSL; nobody else includes it.
namespace splot::vault::openssl {

inline void must(int ok, const char* what) {
    if (ok != 1) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

inline const unsigned char* in(std::span<const std::byte> bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline const unsigned char* in(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
inline unsigned char* out(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }
inline unsigned char* out(char* text) { return reinterpret_cast<unsigned char*>(text); }

inline std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free>;

/// Fetched once for the life of the process: looking an algorithm up costs more than using it on a message.
inline EVP_CIPHER* fetch_cipher(const char* name) {
    EVP_CIPHER* cipher = EVP_CIPHER_fetch(nullptr, name, nullptr);
    if (!cipher) throw std::runtime_error(std::string("OpenSSL has no ") + name);
    return cipher;
}

inline CipherContext new_cipher_context() {
    CipherContext context(EVP_CIPHER_CTX_new());
    if (!context) throw std::bad_alloc();
    return context;
}

} // namespace splot::vault::openssl
