#pragma once
#include "storage/postgres/binary.h"

namespace splot::storage {

/// The parameters of one statement, already in binary: nothing of the caller's is kept.
/// Accepted: everything `Binary` knows, string literals and views, spans, and std::optional of these (NULL).
class Params {
public:
    template <class... Args> static Params of(const Args&... args) {
        Params params;
        params.types_.reserve(sizeof...(Args));
        params.lengths_.reserve(sizeof...(Args));
        (params.add(args), ...);
        return params;
    }

    std::size_t size() const { return types_.size(); }
    const std::vector<Oid>& types() const { return types_; }
    /// -1 for NULL.
    const std::vector<int>& lengths() const { return lengths_; }
    /// The values one after the other.
    const std::string& bytes() const { return bytes_; }

private:
    template <class T> void add(const T& value) {
        if constexpr (std::is_convertible_v<const T&, const char*>)
            add_value<std::string_view>(std::string_view(value));
        else
            add_value<T>(value);
    }
    template <class T> void add(const std::optional<T>& value) {
        if (value) return add(*value);
        types_.push_back(Binary<T>::oid);
        lengths_.push_back(-1);
    }
    template <class T> void add(std::span<T> value) { add_value<std::span<const T>>(std::span<const T>(value)); }
    template <class T> void add(std::span<const T> value) { add_value<std::span<const T>>(value); }
    template <class T> void add_value(const T& value) {
        const auto before = bytes_.size();
        Binary<T>::put(bytes_, value);
        types_.push_back(Binary<T>::oid);
        lengths_.push_back(static_cast<int>(bytes_.size() - before));
    }

    std::vector<Oid> types_;
    std::vector<int> lengths_;
    std::string bytes_;
};

} // namespace splot::storage
