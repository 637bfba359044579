#include "storage/keys/store.h"

#include <array>
#include <ctime>
#include <stdexcept>

namespace splot::keys {
namespace {

const std::string root_file = "root";
constexpr std::string_view root_context = "root";
constexpr std::string_view key_ending = ".key", tombstone_ending = ".gone";

std::string hex(const KeyName& name) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : name) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string key_file(const KeyName& name) { return hex(name) + std::string(key_ending); }
std::string tombstone(const KeyName& name) { return hex(name) + std::string(tombstone_ending); }

/// The key's name in `<32 hex digits><ending>`.
std::optional<KeyName> name_in(std::string_view file, std::string_view ending) {
    if (file.size() != 2 * key_size + ending.size() || !file.ends_with(ending)) return std::nullopt;
    KeyName name{};
    for (std::size_t i = 0; i < 2 * key_size; ++i) {
        const char c = file[i];
        const bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (!is_hex) return std::nullopt;
        name[i / 2] = static_cast<std::uint8_t>(name[i / 2] << 4 | (c <= '9' ? c - '0' : c - 'a' + 10));
    }
    return name;
}

std::string utc_now() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

Keyring load_or_make_keyring(Folder& folder) {
    if (auto keyring = Keyring::load(folder)) return std::move(*keyring);
    for (const std::string& file : folder.names())
        if (file == root_file || name_in(file, key_ending) || name_in(file, tombstone_ending))
            throw std::runtime_error("the store has keys but has lost its file kek; restore it");
    return Keyring::make(folder);
}

} // namespace

Store::Store(const std::filesystem::path& path) : folder_(path), keyring_(load_or_make_keyring(folder_)) {
    bool is_new = true;
    for (const std::string& file : folder_.names())
        if (name_in(file, key_ending) || name_in(file, tombstone_ending)) is_new = false;
    make_or_load_root(is_new);
    finish_interrupted_destructions();
}

void Store::make_or_load_root(bool is_new) {
    const auto bytes = folder_.read(root_file);
    if (!bytes) {
        if (!is_new) throw std::runtime_error("the store has keys but has lost its file root; restore it");
        root_ = random_secret();
        folder_.write(root_file,
                      to_bytes(wrap(keyring_.newest(), keyring_.newest_version(), KeyName{}, root_context, root_)));
        return;
    }
    const auto wrapped = parse_wrapped(*bytes);
    const auto root = wrapped ? open(KeyName{}, *wrapped) : std::nullopt;
    if (!root || wrapped->context != root_context) throw std::runtime_error("the file root is damaged");
    root_ = *root;
}

/// Between a tombstone and the end of its key the program may have been killed.
void Store::finish_interrupted_destructions() {
    for (const std::string& file : folder_.names())
        if (const auto name = name_in(file, tombstone_ending)) folder_.erase(key_file(*name));
}

std::optional<Secret> Store::open(const KeyName& name, const Wrapped& wrapped) const {
    const Secret* kek = keyring_.find(wrapped.kek_version);
    return kek ? keys::unwrap(*kek, name, wrapped) : std::nullopt;
}

Outcome Store::create(const KeyName& name, std::string_view context) {
    if (folder_.has(tombstone(name))) return Outcome::destroyed;
    if (folder_.has(key_file(name))) {
        Secret key;
        const Outcome outcome = unwrap(name, context, key);
        // The one who made it may have been killed before its name was durable.
        if (outcome == Outcome::done) folder_.sync();
        return outcome;
    }
    const Wrapped wrapped = wrap(keyring_.newest(), keyring_.newest_version(), name, context, random_secret());
    folder_.write(key_file(name), to_bytes(wrapped));
    return Outcome::done;
}

Outcome Store::unwrap(const KeyName& name, std::string_view context, Secret& key) {
    // The tombstone first: while a destruction is under way, or has failed half way, both files are there.
    if (folder_.has(tombstone(name))) return Outcome::destroyed;
    const auto bytes = folder_.read(key_file(name));
    if (!bytes) return Outcome::unknown;
    const auto wrapped = parse_wrapped(*bytes);
    if (!wrapped || wrapped->context != context) return Outcome::refused;
    const auto opened = open(name, *wrapped);
    if (!opened) return Outcome::refused;
    key = *opened;
    return Outcome::done;
}

Outcome Store::destroy(const KeyName& name) {
    const bool has_tombstone = folder_.has(tombstone(name));
    if (!has_tombstone && !folder_.has(key_file(name))) return Outcome::unknown;
    if (!has_tombstone) {
        const std::string text = "destroyed " + utc_now() + "\n";
        folder_.replace(tombstone(name), {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }
    folder_.sync();
    folder_.erase(key_file(name));
    return Outcome::done;
}

std::size_t Store::rotate() {
    keyring_.add_version(folder_);
    wrap_again(root_file, KeyName{});
    std::size_t count = 1;
    for (const std::string& file : folder_.names())
        if (const auto name = name_in(file, key_ending)) {
            wrap_again(file, *name);
            ++count;
        }
    folder_.sync();
    keyring_.drop_older(folder_);
    return count;
}

void Store::wrap_again(const std::string& file, const KeyName& name) {
    const auto bytes = folder_.read(file);
    const auto wrapped = bytes ? parse_wrapped(*bytes) : std::nullopt;
    const auto key = wrapped ? open(name, *wrapped) : std::nullopt;
    if (!key) throw std::runtime_error(file + " cannot be opened; the older versions are kept");
    folder_.replace(file, to_bytes(wrap(keyring_.newest(), keyring_.newest_version(), name, wrapped->context, *key)));
}

} // namespace splot::keys
