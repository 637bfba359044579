#include "hub/identity/passkeys.h"

#include "hub/make_id.h"
#include "protocol/json/json.h"
#include "storage/vault/digest.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <memory>

namespace splot::identity::passkeys {
namespace {

constexpr std::size_t random_size = 16, until_size = 8, tag_size = 16;

template <class T, void (*release)(T**)> struct Release {
    void operator()(T* object) const { release(&object); }
};
using Credential = std::unique_ptr<fido_cred_t, Release<fido_cred_t, fido_cred_free>>;
using Assertion = std::unique_ptr<fido_assert_t, Release<fido_assert_t, fido_assert_free>>;
using Es256 = std::unique_ptr<es256_pk_t, Release<es256_pk_t, es256_pk_free>>;
using Rs256 = std::unique_ptr<rs256_pk_t, Release<rs256_pk_t, rs256_pk_free>>;
using EdDsa = std::unique_ptr<eddsa_pk_t, Release<eddsa_pk_t, eddsa_pk_free>>;

const unsigned char* in(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
const unsigned char* in(const Bytes& bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

Bytes bytes_at(const unsigned char* at, std::size_t size) {
    const auto* begin = reinterpret_cast<const std::byte*>(at);
    return at ? Bytes(begin, begin + size) : Bytes();
}

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

Bytes tag_of(std::span<const std::byte> key, std::string_view purpose, std::span<const std::byte> what) {
    std::string text(purpose);
    text.append(1, '\0').append(reinterpret_cast<const char*>(what.data()), what.size());
    const auto mac = vault::hmac_sha256(key, text);
    return {mac.begin(), mac.begin() + tag_size};
}

bool is_for(std::string_view authenticator_data, const std::string& rp_id) {
    const auto hash = vault::sha256(rp_id);
    return authenticator_data.size() > hash.size() &&
           vault::equal_in_constant_time(bytes_of(authenticator_data.substr(0, hash.size())), hash);
}

/// libfido2 reads the data of one kind of key at a time.
Credential read_as(std::int32_t algorithm, std::string_view authenticator_data) {
    Credential credential(fido_cred_new());
    if (!credential || fido_cred_set_type(credential.get(), algorithm) != FIDO_OK ||
        fido_cred_set_authdata_raw(credential.get(), in(authenticator_data), authenticator_data.size()) != FIDO_OK)
        return nullptr;
    return credential;
}

bool verify_with(const storage::identity::DoorPasskey& passkey, const fido_assert_t* assertion) {
    const auto& key = passkey.public_key;
    switch (passkey.algorithm) {
    case COSE_ES256: {
        const Es256 pk(es256_pk_new());
        return pk && es256_pk_from_ptr(pk.get(), in(key), key.size()) == FIDO_OK &&
               fido_assert_verify(assertion, 0, COSE_ES256, pk.get()) == FIDO_OK;
    }
    case COSE_RS256: {
        const Rs256 pk(rs256_pk_new());
        return pk && rs256_pk_from_ptr(pk.get(), in(key), key.size()) == FIDO_OK &&
               fido_assert_verify(assertion, 0, COSE_RS256, pk.get()) == FIDO_OK;
    }
    case COSE_EDDSA: {
        const EdDsa pk(eddsa_pk_new());
        return pk && eddsa_pk_from_ptr(pk.get(), in(key), key.size()) == FIDO_OK &&
               fido_assert_verify(assertion, 0, COSE_EDDSA, pk.get()) == FIDO_OK;
    }
    default:
        return false;
    }
}

} // namespace

Site site_of(std::string origin) {
    const auto scheme = origin.find("://");
    std::string host = scheme == std::string::npos ? origin : origin.substr(scheme + 3);
    if (const auto colon = host.rfind(':'); colon != std::string::npos && host.find(']', colon) == std::string::npos)
        host.resize(colon);
    return {std::move(origin), std::move(host)};
}

std::string make_challenge(std::span<const std::byte> key, std::string_view purpose, Instant until) {
    const auto random = random_bytes<random_size>();
    Bytes bytes(random.begin(), random.end());
    const auto ends = static_cast<std::uint64_t>(until.time_since_epoch().count());
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::byte>(ends >> shift & 255));
    const auto tag = tag_of(key, purpose, bytes);
    bytes.insert(bytes.end(), tag.begin(), tag.end());
    return vault::to_base64url(bytes);
}

std::optional<Challenge> read_challenge(std::span<const std::byte> key, std::string_view purpose, std::string_view text,
                                        Instant now) {
    const auto raw = from_text(text);
    if (!raw || raw->size() != random_size + until_size + tag_size) return std::nullopt;
    const auto bytes = bytes_of(*raw);
    const auto head = bytes.first(random_size + until_size);
    if (!vault::equal_in_constant_time(bytes.last(tag_size), tag_of(key, purpose, head))) return std::nullopt;
    std::uint64_t ends = 0;
    for (const auto byte : head.last(until_size))
        ends = ends << 8 | std::to_integer<std::uint64_t>(byte);
    const Instant until{std::chrono::microseconds(static_cast<std::int64_t>(ends))};
    if (until <= now) return std::nullopt;
    return Challenge{Bytes(bytes.begin(), bytes.end()), until};
}

std::string challenge_in(std::string_view client_data, std::string_view type, const Site& site) {
    const auto parsed = json::parse(client_data);
    const auto* object = parsed ? parsed->if_object() : nullptr;
    if (!object) return {};
    const auto text = [&](const char* name) -> std::string_view {
        const auto* value = object->if_contains(name);
        const auto* string = value ? value->if_string() : nullptr;
        return string ? std::string_view(*string) : std::string_view();
    };
    const auto* foreign = object->if_contains("crossOrigin");
    const bool embedded = foreign && foreign->is_bool() && foreign->as_bool();
    if (text("type") != type || text("origin") != site.origin || embedded) return {};
    return std::string(text("challenge"));
}

std::optional<storage::identity::DoorPasskey> read_new(std::string_view authenticator_data, const Site& site) {
    constexpr std::uint8_t present = 0x01, verified = 0x04;
    if (!is_for(authenticator_data, site.rp_id)) return std::nullopt;
    for (const auto algorithm : algorithms) {
        const auto credential = read_as(algorithm, authenticator_data);
        if (!credential) continue;
        const auto flags = fido_cred_flags(credential.get());
        if (!(flags & present) || !(flags & verified)) return std::nullopt;
        storage::identity::DoorPasskey passkey;
        passkey.credential = bytes_at(fido_cred_id_ptr(credential.get()), fido_cred_id_len(credential.get()));
        passkey.algorithm = algorithm;
        passkey.public_key = bytes_at(fido_cred_pubkey_ptr(credential.get()), fido_cred_pubkey_len(credential.get()));
        passkey.rp_id = site.rp_id;
        passkey.counter = fido_cred_sigcount(credential.get());
        if (passkey.credential.empty() || passkey.public_key.empty()) return std::nullopt;
        return passkey;
    }
    return std::nullopt;
}

std::optional<std::int64_t> verify(const storage::identity::DoorPasskey& passkey, std::string_view client_data,
                                   std::string_view authenticator_data, std::string_view signature) {
    const Assertion assertion(fido_assert_new());
    auto* a = assertion.get();
    const bool read =
        a && fido_assert_set_rp(a, passkey.rp_id.c_str()) == FIDO_OK &&
        fido_assert_set_clientdata(a, in(client_data), client_data.size()) == FIDO_OK &&
        fido_assert_set_count(a, 1) == FIDO_OK &&
        fido_assert_set_authdata_raw(a, 0, in(authenticator_data), authenticator_data.size()) == FIDO_OK &&
        fido_assert_set_sig(a, 0, in(signature), signature.size()) == FIDO_OK &&
        fido_assert_set_up(a, FIDO_OPT_TRUE) == FIDO_OK && fido_assert_set_uv(a, FIDO_OPT_TRUE) == FIDO_OK;
    if (!read || !verify_with(passkey, a)) return std::nullopt;
    return fido_assert_sigcount(a, 0);
}

std::string to_text(std::string_view bytes) { return vault::to_base64url(bytes_of(bytes)); }

std::optional<std::string> from_text(std::string_view text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string bytes;
    unsigned pending = 0, bits = 0;
    while (text.ends_with('='))
        text.remove_suffix(1);
    for (const char c : text) {
        const auto value = letters.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        pending = pending << 6 | static_cast<unsigned>(value);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(pending >> bits & 255);
    }
    return bytes;
}

} // namespace splot::identity::passkeys
