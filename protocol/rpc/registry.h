#pragma once
#include "protocol/rpc/method.h"

#include <concepts>
#include <cstddef>

namespace splot {

/// A list of request types (or of event types), known at compile time.
template <class... Methods> struct MethodList { static constexpr std::size_t size = sizeof...(Methods); };

/// A request type: what a client sends as `params`, with its `method` and the type of its answer.
template <class T>
concept MethodType = requires {
    { T::method } -> std::convertible_to<const Method&>;
    typename T::Answer;
};

namespace detail {
template <class List> struct ForEach;
template <class... Methods> struct ForEach<MethodList<Methods...>> {
    template <class Visit> static constexpr void run(Visit& visit) { (visit.template operator()<Methods>(), ...); }
};
} // namespace detail

/// `for_each_method<AllMethods>([&]<class M>() { add(M::method); });` calls in the order of the list.
template <class List, class Visit> constexpr void for_each_method(Visit&& visit) { detail::ForEach<List>::run(visit); }

} // namespace splot
