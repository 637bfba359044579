#include "protocol/enums.h"

#include <algorithm>

namespace splot::detail {

const Enumerator* find_enumerator(std::span<const Enumerator> all, std::string_view name) {
    const auto found = std::ranges::find(all, name, &Enumerator::name);
    return found == all.end() ? nullptr : &*found;
}

const Enumerator* find_enumerator(std::span<const Enumerator> all, long long value) {
    const auto found = std::ranges::find(all, value, &Enumerator::value);
    return found == all.end() ? nullptr : &*found;
}

} // namespace splot::detail
