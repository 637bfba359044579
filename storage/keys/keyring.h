#pragma once
#include "storage/keys/folder.h"
#include "storage/keys/wrapping.h"

#include <cstdint>
#include <map>

namespace splot::keys {

/// The versions of the key-encryption key, in the file `kek`. There are several only while a rotation is unfinished.
class Keyring {
public:
    /// Reads the file. Throws std::runtime_error when it is damaged.
    static std::optional<Keyring> load(const Folder& folder);
    /// The first version, stored.
    static Keyring make(Folder& folder);

    std::uint32_t newest_version() const { return versions_.rbegin()->first; }
    const Secret& newest() const { return versions_.rbegin()->second; }
    /// nullptr when this version was dropped.
    const Secret* find(std::uint32_t version) const;
    bool has_several() const { return versions_.size() > 1; }

    /// Adds a version, stored before it returns.
    void add_version(Folder& folder);
    /// Forgets all versions but the newest, and overwrites them. Call when nothing is wrapped under them any more.
    void drop_older(Folder& folder);

private:
    using Versions = std::map<std::uint32_t, Secret>;
    static void store(Folder& folder, const Versions& versions);

    Versions versions_;
};

} // namespace splot::keys
