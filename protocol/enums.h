#pragma once
#include <boost/describe.hpp>
#include <boost/mp11/list.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace splot {

/// An enum whose enumerators are described (BOOST_DESCRIBE_ENUM): its text, on the wire and in the database, is the
/// enumerator's name.
template <class E>
concept DescribedEnum = boost::describe::has_describe_enumerators<E>::value;

struct Enumerator {
    std::string_view name;
    long long value;
};

namespace detail {
template <class... D> constexpr auto enumerators_in(boost::mp11::mp_list<D...>) {
    return std::array<Enumerator, sizeof...(D)>{Enumerator{D::name, static_cast<long long>(D::value)}...};
}
template <class... D, template <class...> class L> constexpr auto enumerators_in(L<D...>) {
    return enumerators_in(boost::mp11::mp_list<D...>{});
}
const Enumerator* find_enumerator(std::span<const Enumerator> all, std::string_view name);
const Enumerator* find_enumerator(std::span<const Enumerator> all, long long value);
} // namespace detail

/// All enumerators of `E`, in the order of their description.
template <DescribedEnum E>
inline constexpr auto enumerators = detail::enumerators_in(boost::describe::describe_enumerators<E>{});

/// Empty for a number that no enumerator has.
template <DescribedEnum E> std::string_view enum_text(E value) {
    const auto* found = detail::find_enumerator(enumerators<E>, static_cast<long long>(value));
    return found ? found->name : std::string_view{};
}

template <DescribedEnum E> std::optional<E> parse_enum(std::string_view name) {
    const auto* found = detail::find_enumerator(enumerators<E>, name);
    return found ? std::optional<E>(static_cast<E>(found->value)) : std::nullopt;
}

} // namespace splot
