#include "storage/vault/key_cache.h"

namespace splot::vault {

Async<DataKey> KeyCache::unwrap(KeyId key, std::string_view context) { return fetch(key, std::string(context)); }

Async<DataKey> KeyCache::fetch(KeyId key, std::string context) {
    // Another context than the key was made for is the holder's to refuse.
    if (const auto found = entries_.find(key);
        found != entries_.end() && found->second.context == context && !is_expired(found->second))
        co_return found->second.key;
    drop_expired();
    const auto asked_at = now_();
    const auto forgotten = forgotten_;
    const DataKey fetched = co_await client_.unwrap(key, context);
    if (forgotten == forgotten_) {
        Entry entry{fetched, std::move(context), asked_at};
        entries_.insert_or_assign(key, std::move(entry));
    }
    co_return fetched;
}

void KeyCache::forget(KeyId key) {
    ++forgotten_;
    entries_.erase(key);
}

void KeyCache::drop_expired() {
    std::erase_if(entries_, [this](const auto& entry) { return is_expired(entry.second); });
}

} // namespace splot::vault
