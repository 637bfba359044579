#pragma once
#include <filesystem>
#include <memory>

struct ssl_ctx_st;

namespace splot {

struct TlsFiles {
    std::filesystem::path certificate; ///< PEM, the chain with the server's own certificate first
    std::filesystem::path key;         ///< PEM, readable by the hub only
};

/// TLS 1.2 and 1.3 with ECDHE and AEAD only; session tickets whose keys live in memory and change twice a day.
/// Thread-safe.
class TlsContext {
public:
    /// Throws std::runtime_error that says which file is wrong.
    explicit TlsContext(TlsFiles files);
    ~TlsContext();
    /// Reads the files again, for new connections; those that are open keep what they have. Throws and changes nothing
    /// when the new files are wrong.
    void reload();
    /// For one new connection.
    std::shared_ptr<ssl_ctx_st> current() const;

    struct Tickets;

private:
    std::shared_ptr<ssl_ctx_st> load() const;

    TlsFiles files_;
    std::shared_ptr<Tickets> tickets_;
    std::shared_ptr<ssl_ctx_st> context_; ///< read and swapped atomically
};

/// Writes `certificate.pem` and `key.pem` (P-256) for localhost, *.localhost, 127.0.0.1 and ::1 into the folder and
/// tells where. For the demonstration and tests.
TlsFiles make_self_signed(const std::filesystem::path& folder);

} // namespace splot
