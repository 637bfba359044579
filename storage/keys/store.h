#pragma once
#include "storage/keys/folder.h"
#include "storage/keys/keyring.h"
#include "storage/keys/wire.h"
#include "storage/keys/wrapping.h"

#include <filesystem>
#include <string_view>

namespace splot::keys {

/// The keys on disk: `kek`, `root`, one `<id>.key` per key, one `<id>.gone` per destroyed key. Everything that a call
/// reports as done is durable before it returns. Throws std::exception when the disk refuses.
class Store {
public:
    /// Locks the directory; makes the key-encryption key and the root secret at the first start, and only then: a store
    /// that has lost them is refused, for new ones would silently open nothing.
    explicit Store(const std::filesystem::path& path);

    Outcome create(const KeyName& name, std::string_view context);
    /// Fills `key` when the outcome is `done`.
    Outcome unwrap(const KeyName& name, std::string_view context, Secret& key);
    /// The tombstone is durable before the key goes, so a key is never missing without one.
    Outcome destroy(const KeyName& name);
    Secret derive(std::string_view purpose) const { return keys::derive(root_, purpose); }

    /// Adds a version of the key-encryption key, wraps every key under it, drops the older versions. May be killed at
    /// any moment and run again. Answers how many keys were wrapped, the root secret included. Throws, with the older
    /// versions kept, when a key cannot be opened.
    std::size_t rotate();

private:
    void make_or_load_root(bool is_new);
    std::optional<Secret> open(const KeyName& name, const Wrapped& wrapped) const;
    void wrap_again(const std::string& file, const KeyName& name);
    void finish_interrupted_destructions();

    Folder folder_;
    Keyring keyring_;
    Secret root_;
};

} // namespace splot::keys
