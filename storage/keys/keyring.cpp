#include "storage/keys/keyring.h"

#include <openssl/sha.h>

#include <stdexcept>

namespace splot::keys {
namespace {

const std::string file_name = "kek";
constexpr std::string_view magic = "splotkek1";
constexpr std::size_t entry_size = 4 + secret_size;
using Sum = std::array<std::uint8_t, SHA256_DIGEST_LENGTH>;

Sum sum_of(std::span<const std::uint8_t> bytes) {
    Sum sum;
    SHA256(bytes.data(), bytes.size(), sum.data());
    return sum;
}

/// Bytes that are wiped when they go.
struct Wiped {
    std::vector<std::uint8_t> bytes;
    ~Wiped() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

bool is_whole(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < magic.size() + entry_size + sizeof(Sum)) return false;
    if ((bytes.size() - magic.size() - sizeof(Sum)) % entry_size != 0) return false;
    const Sum sum = sum_of(bytes.first(bytes.size() - sizeof(Sum)));
    return std::equal(magic.begin(), magic.end(), bytes.begin()) &&
           std::equal(sum.begin(), sum.end(), bytes.end() - sizeof(Sum));
}

} // namespace

std::optional<Keyring> Keyring::load(const Folder& folder) {
    auto found = folder.read(file_name);
    if (!found) return std::nullopt;
    const Wiped file{std::move(*found)};
    if (!is_whole(file.bytes)) throw std::runtime_error("the file kek is damaged");
    Keyring keyring;
    for (std::size_t at = magic.size(); at < file.bytes.size() - sizeof(Sum); at += entry_size) {
        Secret& kek = keyring.versions_[get_u32(&file.bytes[at])];
        std::copy_n(file.bytes.begin() + static_cast<std::ptrdiff_t>(at) + 4, secret_size, kek.bytes.begin());
    }
    return keyring;
}

Keyring Keyring::make(Folder& folder) {
    Keyring keyring;
    keyring.versions_[1] = random_secret();
    store(folder, keyring.versions_);
    return keyring;
}

const Secret* Keyring::find(std::uint32_t version) const {
    const auto found = versions_.find(version);
    return found == versions_.end() ? nullptr : &found->second;
}

void Keyring::add_version(Folder& folder) {
    Versions versions = versions_;
    versions[newest_version() + 1] = random_secret();
    store(folder, versions);
    versions_.swap(versions);
}

void Keyring::drop_older(Folder& folder) {
    Versions versions;
    versions.insert(*versions_.rbegin());
    store(folder, versions);
    versions_.swap(versions);
}

// magic | (version:u32 | key)… | SHA-256 of all that
void Keyring::store(Folder& folder, const Versions& versions) {
    Wiped file;
    file.bytes.reserve(magic.size() + versions.size() * entry_size + sizeof(Sum));
    file.bytes.assign(magic.begin(), magic.end());
    for (const auto& [version, kek] : versions) {
        file.bytes.resize(file.bytes.size() + 4);
        put_u32(&file.bytes[file.bytes.size() - 4], version);
        file.bytes.insert(file.bytes.end(), kek.bytes.begin(), kek.bytes.end());
    }
    const Sum sum = sum_of(file.bytes);
    file.bytes.insert(file.bytes.end(), sum.begin(), sum.end());
    folder.write_over(file_name, file.bytes);
}

} // namespace splot::keys
