#include "storage/vault/bodies.h"

namespace splot::vault {
namespace {

std::string context_of(Uuid owner) { return "bodies of " + owner.text(); }

Aad aad_of(KeyId key, const Place& place) { return {place.table, place.row, place.owner, key, place.revision}; }

} // namespace

Async<DataKey> Bodies::key_of(KeyId key, Uuid owner) {
    const auto context = context_of(owner);
    co_return co_await cache_.unwrap(key, context);
}

Async<Bytes> Bodies::seal(std::optional<KeyId> key, Place place, std::string text) {
    if (!key) {
        const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
        co_return Bytes(bytes, bytes + text.size());
    }
    const auto data_key = co_await key_of(*key, place.owner);
    co_return vault::seal(data_key, aad_of(*key, place), text);
}

Async<std::optional<std::string>> Bodies::open(std::optional<KeyId> key, Place place, Bytes body) {
    if (!key) co_return std::string(reinterpret_cast<const char*>(body.data()), body.size());
    std::optional<DataKey> data_key;
    try {
        data_key = co_await key_of(*key, place.owner);
    } catch (const KeyDestroyed&) {
        co_return std::nullopt;
    }
    co_return vault::open(*data_key, aad_of(*key, place), body).value();
}

Async<void> Bodies::create_key(KeyId key, Uuid owner) {
    const auto context = context_of(owner);
    co_await keys_.create(key, context);
}

Async<void> Bodies::destroy_key(KeyId key) {
    co_await keys_.destroy(key);
    cache_.forget(key);
}

} // namespace splot::vault
