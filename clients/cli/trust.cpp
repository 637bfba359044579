#include "clients/cli/line.h"

#include <stdexcept>

namespace splot::client {
namespace {

int trust_slot() {
    static const int slot = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return slot;
}

int on_new_session(SSL* tls, SSL_SESSION* session) {
    static_cast<Trust*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(tls), trust_slot()))->keep_session(session);
    return 1; // the session is ours now
}

} // namespace

Trust::Trust(const std::string& ca_file) : context_(boost::asio::ssl::context::tls_client) {
    SSL_CTX* native = context_.native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    boost::system::error_code error;
    context_.set_default_verify_paths(error); // a machine without any is no reason to stop
    if (!ca_file.empty()) context_.load_verify_file(ca_file, error);
    if (!ca_file.empty() && error) throw std::runtime_error("cannot read the certificates in " + ca_file);
    SSL_CTX_set_ex_data(native, trust_slot(), this);
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(native, on_new_session);
}

Trust::~Trust() { SSL_SESSION_free(last_); }

void Trust::offer_session(SSL* tls) {
    const std::lock_guard lock(mutex_);
    if (last_ != nullptr) SSL_set_session(tls, last_);
}

void Trust::keep_session(SSL_SESSION* session) {
    const std::lock_guard lock(mutex_);
    SSL_SESSION_free(std::exchange(last_, session));
}

std::shared_ptr<Trust> make_trust(const std::string& ca_file) { return std::make_shared<Trust>(ca_file); }

} // namespace splot::client
