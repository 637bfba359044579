#pragma once
#include <compare>
#include <ostream>
#include <utility>

namespace splot {

/// A value that names or describes a person. It cannot be streamed or formatted, so logging it does not compile
/// `reveal()` is the one way to it and is easy to grep.
template <class T> class Personal {
public:
    using value_type = T;

    Personal() = default;
    explicit Personal(T value) : value_(std::move(value)) {}
    const T& reveal() const { return value_; }
    auto operator<=>(const Personal&) const = default;

private:
    T value_{};
};

template <class T> std::ostream& operator<<(std::ostream&, const Personal<T>&) = delete;

} // namespace splot
