#include "hub/server/tls_context.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

namespace splot {
namespace {

constexpr long day = 24 * 60 * 60;
constexpr long days_valid = 820; // browsers refuse more than 825

template <auto Free> struct Freed {
    template <class T> void operator()(T* object) const { Free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using Output = std::unique_ptr<BIO, Freed<BIO_free_all>>;

void check(bool good, const char* what) {
    if (good) return;
    ERR_clear_error();
    throw std::runtime_error(std::string("self-signed certificate: ") + what);
}

void add_extension(X509* certificate, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    check(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value);
}

void describe(X509* certificate) {
    std::int64_t serial = 0;
    check(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1, "no randomness");
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate), serial & INT64_MAX);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -day);
    X509_gmtime_adj(X509_getm_notAfter(certificate), days_valid * day);
    X509_NAME* name = X509_get_subject_name(certificate);
    const std::string common = "Splot na localhost";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(common.data()),
                               static_cast<int>(common.size()), -1, 0);
    X509_set_issuer_name(certificate, name);
    add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate, NID_key_usage, "critical,digitalSignature");
    add_extension(certificate, NID_ext_key_usage, "serverAuth");
    add_extension(certificate, NID_subject_key_identifier, "hash");
    add_extension(certificate, NID_subject_alt_name, "DNS:localhost,DNS:*.localhost,IP:127.0.0.1,IP:::1");
}

/// A file that nobody else may read, even for a moment.
Output write_to(const std::filesystem::path& file, mode_t mode) {
    std::filesystem::remove(file);
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    check(fd >= 0, file.c_str());
    return Output(BIO_new_fd(fd, BIO_CLOSE));
}

} // namespace

TlsFiles make_self_signed(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    const TlsFiles files{folder / "certificate.pem", folder / "key.pem"};
    const Key key(EVP_EC_gen("P-256"));
    check(key != nullptr, "no key");
    const Certificate certificate(X509_new());
    check(certificate != nullptr, "no memory");
    describe(certificate.get());
    check(X509_set_pubkey(certificate.get(), key.get()) == 1 &&
              X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0,
          "cannot be signed");
    check(PEM_write_bio_PrivateKey(write_to(files.key, 0600).get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) ==
              1,
          files.key.c_str());
    check(PEM_write_bio_X509(write_to(files.certificate, 0644).get(), certificate.get()) == 1,
          files.certificate.c_str());
    return files;
}

} // namespace splot
