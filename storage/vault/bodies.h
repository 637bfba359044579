#pragma once
#include "storage/vault/key_cache.h"
#include "storage/vault/key_client.h"
#include "storage/vault/seal.h"

#include <optional>
#include <string>

namespace splot::vault {

/// Where a body lies: what it is sealed to, beside its key.
struct Place {
    std::string_view table;
    Uuid row;
    Uuid owner; ///< the case or channel whose key it is
    std::int64_t revision = 0;
};

/// Bodies as rows hold them: (key id, bytes); without a key the bytes are the text. One for each shard.
/// Throws KeyHolderGone when a key is needed and cannot be had.
class Bodies {
public:
    Bodies(KeyClient& keys, KeyCache& cache) : keys_(keys), cache_(cache) {}

    Async<Bytes> seal(std::optional<KeyId> key, Place place, std::string text);
    /// Nothing: the key was destroyed. A body that is not what was sealed here is an exception.
    Async<std::optional<std::string>> open(std::optional<KeyId> key, Place place, Bytes body);

    Async<void> create_key(KeyId key, Uuid owner);
    Async<void> destroy_key(KeyId key);
    void forget(KeyId key) { cache_.forget(key); }

private:
    Async<DataKey> key_of(KeyId key, Uuid owner);

    KeyClient& keys_;
    KeyCache& cache_;
};

} // namespace splot::vault
