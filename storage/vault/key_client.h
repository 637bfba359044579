#pragma once
#include "protocol/ids.h"
#include "storage/async/async.h"
#include "storage/vault/secret.h"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace splot::vault {

/// The key holder does not answer, or its disk refuses: tell the caller `unavailable`. Nothing sealed is opened or
/// written meanwhile, and nothing is written plain instead.
struct KeyHolderGone : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// A tombstone stands in the key's place: what it sealed is unreadable for ever.
struct KeyDestroyed : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// No key of this id was ever made.
struct KeyUnknown : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// The key was made for another context, or its file is not what was written: a bug, or somebody's hand.
struct KeyRefused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Speaks to `splot-keys` over one connection, opened when first needed and again when it was lost. Requests of one
/// io_context share it, pipelined. A holder that starts again within 150 ms is not noticed, for every request may be
/// repeated; each call ends within 2 s. Use it on its io_context's thread; it outlives its calls.
class KeyClient {
public:
    KeyClient(boost::asio::io_context& io, std::string socket_path);
    ~KeyClient();
    KeyClient(const KeyClient&) = delete;
    KeyClient& operator=(const KeyClient&) = delete;

    /// Durable when it returns. The context says what the key is for, such as `channel:<id>`, at most 200 bytes, and
    /// never names a person; unwrapping needs the same.
    Async<void> create(KeyId key, std::string_view context);
    Async<DataKey> unwrap(KeyId key, std::string_view context);
    /// For ever.
    Async<void> destroy(KeyId key);
    /// The same 32 bytes for the same purpose, in every hub, after every restart. Purposes in use: `cursor`, `params`,
    /// `password-pepper`, `factor-secrets`, `code-pepper`, `passkey-challenges`, `login-names`, `invitation-links`.
    Async<SecretBytes> derive(std::string_view purpose);

private:
    class Channel;
    std::unique_ptr<Channel> channel_;
};

} // namespace splot::vault
