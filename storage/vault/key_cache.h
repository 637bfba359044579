#pragma once
#include "storage/vault/key_client.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

namespace splot::vault {

/// Unwrapped keys, kept for at most 60 s from the moment they were asked for, so that every hub forgets a destroyed
/// key within that time, told or not. One per io_context, used on its thread.
class KeyCache {
public:
    using Now = std::function<std::chrono::steady_clock::time_point()>;
    static constexpr std::chrono::seconds lifetime{60};

    KeyCache(KeyClient& client, Now now) : client_(client), now_(std::move(now)) {}

    /// Throws as `KeyClient::unwrap` does.
    Async<DataKey> unwrap(KeyId key, std::string_view context);
    /// The key was destroyed, here or elsewhere: an answer under way is not kept either.
    void forget(KeyId key);
    /// Wipes what is too old from memory; call it now and then (every question to the holder does too).
    void drop_expired();

private:
    struct Entry {
        DataKey key;
        std::string context;
        std::chrono::steady_clock::time_point asked_at;
    };
    Async<DataKey> fetch(KeyId key, std::string context);
    bool is_expired(const Entry& entry) const { return now_() - entry.asked_at >= lifetime; }

    KeyClient& client_;
    Now now_;
    std::unordered_map<KeyId, Entry> entries_;
    std::uint64_t forgotten_ = 0; ///< how often `forget` was called
};

} // namespace splot::vault
