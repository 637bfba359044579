#include "tests/identity/authenticator.h"

#include "hub/identity/passkeys.h"
#include "hub/make_id.h"
#include "storage/vault/digest.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>

#include <stdexcept>

namespace splot::identity {
namespace {

std::string text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string client_data(std::string_view type, const Authenticator::Says& says) {
    return R"({"type":")" + std::string(type) + R"(","challenge":")" + says.challenge + R"(","origin":")" +
           says.origin + R"(","crossOrigin":false})";
}

std::string coordinate(const EVP_PKEY* key, const char* name) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1) throw std::runtime_error("no coordinate");
    std::string bytes(32, '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), 32);
    BN_free(number);
    return bytes;
}

std::string sign(EVP_PKEY* key, const std::string& text) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::size_t size = 0;
    const auto* in = reinterpret_cast<const unsigned char*>(text.data());
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key);
    EVP_DigestSign(context.get(), nullptr, &size, in, text.size());
    std::string signature(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, in, text.size()) != 1)
        throw std::runtime_error("not signed");
    signature.resize(size);
    return signature;
}

} // namespace

Authenticator::Authenticator() : key_(EVP_EC_gen("P-256"), EVP_PKEY_free), credential_(text_of(random_bytes<16>())) {
    if (!key_) throw std::runtime_error("no key");
}

/// The COSE key of RFC 9052, as CBOR: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
std::string Authenticator::cose_key() const {
    std::string cbor("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", 10);
    cbor += coordinate(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X);
    cbor += std::string("\x22\x58\x20", 3) + coordinate(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y);
    return cbor;
}

std::string Authenticator::data_for(const Says& says, bool with_key) const {
    std::string data = text_of(vault::sha256(says.rp_id));
    data += static_cast<char>(0x01 | (says.verified ? 0x04 : 0) | (with_key ? 0x40 : 0));
    for (int shift = 24; shift >= 0; shift -= 8)
        data += static_cast<char>(says.counter >> shift & 255);
    if (!with_key) return data;
    data += std::string(16, '\0'); // whose model it is, we do not ask
    data += std::string("\0\x10", 2) + credential_ + cose_key();
    return data;
}

door::NewPasskey Authenticator::make(const Says& says, const std::string& name) const {
    return {passkeys::to_text(client_data("webauthn.create", says)), passkeys::to_text(data_for(says, true)), name};
}

door::PasskeyAnswer Authenticator::answer(const Says& says) const {
    const auto data = client_data("webauthn.get", says);
    const auto authenticator_data = data_for(says, false);
    const auto signature = sign(key_.get(), authenticator_data + text_of(vault::sha256(data)));
    return {passkeys::to_text(credential_), passkeys::to_text(data), passkeys::to_text(authenticator_data),
            passkeys::to_text(signature)};
}

} // namespace splot::identity
