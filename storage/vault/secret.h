#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace splot::vault {

/// Overwrites memory in a way that the compiler may not leave out.
void wipe(std::span<std::byte> bytes);

/// 32 secret bytes, wiped when they go. Kinds are distinct types, so a cursor's key never seals a body.
template <class Kind> class Secret {
public:
    static constexpr std::size_t size = 32;

    explicit Secret(std::span<const std::byte, size> bytes) { std::copy(bytes.begin(), bytes.end(), bytes_.begin()); }
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;
    ~Secret() { wipe(bytes_); }

    std::span<const std::byte, size> bytes() const { return bytes_; }

private:
    std::array<std::byte, size> bytes_;
};

/// Seals the bodies of one case, channel or store.
using DataKey = Secret<struct DataKeyKind>;
/// What the key holder derives for a purpose.
using SecretBytes = Secret<struct DerivedKind>;

} // namespace splot::vault
