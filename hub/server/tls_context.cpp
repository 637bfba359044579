#include "hub/server/tls_context.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>

namespace splot {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto ticket_key_life = std::chrono::hours(12);
constexpr long session_life_seconds = 2 * 60 * 60;
constexpr const char* tls_1_2_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

[[noreturn]] void fail(const std::string& what) {
    std::array<char, 256> why = {};
    const unsigned long error = ERR_peek_last_error();
    if (error != 0) ERR_error_string_n(error, why.data(), why.size());
    ERR_clear_error();
    throw std::runtime_error("TLS: " + what + (error != 0 ? std::string(": ") + why.data() : std::string()));
}

struct TicketKey {
    std::array<unsigned char, 16> name;
    std::array<unsigned char, 32> cipher;
    std::array<unsigned char, 32> mac;
};

TicketKey fresh_ticket_key() {
    TicketKey key;
    if (RAND_bytes(key.name.data(), static_cast<int>(key.name.size())) != 1 ||
        RAND_priv_bytes(key.cipher.data(), static_cast<int>(key.cipher.size())) != 1 ||
        RAND_priv_bytes(key.mac.data(), static_cast<int>(key.mac.size())) != 1)
        fail("no randomness");
    return key;
}

} // namespace

/// The key that seals new tickets and the one before it, which still opens. Outlives a reload, so that clients resume
/// across a new certificate.
struct TlsContext::Tickets {
    std::mutex mutex;
    TicketKey current = fresh_ticket_key();
    TicketKey previous = current;
    Clock::time_point born = Clock::now();

    void rotate_if_due() {
        if (Clock::now() - born < ticket_key_life) return;
        previous = std::exchange(current, fresh_ticket_key());
        born = Clock::now();
    }
};

namespace {

using Tickets = TlsContext::Tickets;

bool use_key(const TicketKey& key, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac, bool sealing) {
    std::array<OSSL_PARAM, 3> params = {
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, const_cast<unsigned char*>(key.mac.data()),
                                          key.mac.size()),
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char*>("SHA256"), 0),
        OSSL_PARAM_construct_end()};
    if (EVP_MAC_CTX_set_params(mac, params.data()) != 1) return false;
    return sealing ? EVP_EncryptInit_ex(cipher, EVP_aes_256_cbc(), nullptr, key.cipher.data(), iv) == 1
                   : EVP_DecryptInit_ex(cipher, EVP_aes_256_cbc(), nullptr, key.cipher.data(), iv) == 1;
}

int context_slot() {
    static const int slot = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return slot;
}

/// OpenSSL's question: which key for this ticket? 0: none, -1: broken, 1: this one, 2: this one, but give a new ticket.
int ticket_key(SSL* tls, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac,
               int sealing) {
    auto& tickets = *static_cast<Tickets*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(tls), context_slot()));
    const std::lock_guard lock(tickets.mutex);
    tickets.rotate_if_due();
    if (sealing != 0) {
        if (RAND_bytes(iv, EVP_CIPHER_get_iv_length(EVP_aes_256_cbc())) != 1) return -1;
        std::copy(tickets.current.name.begin(), tickets.current.name.end(), name);
        return use_key(tickets.current, iv, cipher, mac, true) ? 1 : -1;
    }
    if (std::equal(tickets.current.name.begin(), tickets.current.name.end(), name))
        return use_key(tickets.current, iv, cipher, mac, false) ? 1 : -1;
    if (std::equal(tickets.previous.name.begin(), tickets.previous.name.end(), name))
        return use_key(tickets.previous, iv, cipher, mac, false) ? 2 : -1;
    return 0;
}

void restrict_to_good_ciphers(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_PRIORITIZE_CHACHA);
    if (SSL_CTX_set_cipher_list(context, tls_1_2_ciphers) != 1) fail("no such ciphers");
    if (SSL_CTX_set1_groups_list(context, "X25519:P-256") != 1) fail("no such groups");
}

void give_tickets(SSL_CTX* context, Tickets& tickets) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); // all state is in the ticket
    SSL_CTX_set_timeout(context, session_life_seconds);
    SSL_CTX_set_num_tickets(context, 1);
    constexpr std::array<unsigned char, 5> application = {'s', 'p', 'l', 'o', 't'};
    SSL_CTX_set_session_id_context(context, application.data(), application.size());
    SSL_CTX_set_ex_data(context, context_slot(), &tickets);
    SSL_CTX_set_tlsext_ticket_key_evp_cb(context, ticket_key);
}

} // namespace

TlsContext::TlsContext(TlsFiles files) : files_(std::move(files)), tickets_(std::make_shared<Tickets>()) {
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL
    context_ = load();
}

TlsContext::~TlsContext() = default;

void TlsContext::reload() { std::atomic_store(&context_, load()); }

std::shared_ptr<ssl_ctx_st> TlsContext::current() const { return std::atomic_load(&context_); }

std::shared_ptr<ssl_ctx_st> TlsContext::load() const {
    // The deleter holds the ticket keys: a connection that is older than a reload, or than this object, still has them.
    std::shared_ptr<ssl_ctx_st> context(SSL_CTX_new(TLS_server_method()),
                                        [tickets = tickets_](ssl_ctx_st* old) { SSL_CTX_free(old); });
    if (!context) fail("no context");
    restrict_to_good_ciphers(context.get());
    give_tickets(context.get(), *tickets_);
    if (SSL_CTX_use_certificate_chain_file(context.get(), files_.certificate.c_str()) != 1)
        fail("cannot use the certificate " + files_.certificate.string());
    if (SSL_CTX_use_PrivateKey_file(context.get(), files_.key.c_str(), SSL_FILETYPE_PEM) != 1)
        fail("cannot use the key " + files_.key.string());
    if (SSL_CTX_check_private_key(context.get()) != 1)
        fail("the key " + files_.key.string() + " does not belong to the certificate " + files_.certificate.string());
    return context;
}

} // namespace splot
