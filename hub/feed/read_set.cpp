#include "hub/feed/read_set.h"

#include <boost/functional/hash.hpp>

namespace splot::feed {
namespace {

std::size_t hash_of(const ReadSet& set) {
    std::size_t hash = 0;
    for (const auto& one : set.readable) {
        boost::hash_combine(hash, one.label);
        boost::hash_combine(hash, one.since.time_since_epoch().count());
    }
    for (const auto label : set.judged)
        boost::hash_combine(hash, label);
    return hash;
}

} // namespace

ReadSetPtr ReadSets::share(ReadSet set) {
    const auto hash = hash_of(set);
    for (auto [it, end] = known_.equal_range(hash); it != end; ++it)
        if (auto known = it->second.lock(); known && *known == set) return known;
    if (known_.size() >= clean_at_) {
        std::erase_if(known_, [](const auto& entry) { return entry.second.expired(); });
        clean_at_ = std::max<std::size_t>(64, 2 * known_.size());
    }
    set.readable.shrink_to_fit();
    set.judged.shrink_to_fit();
    auto fresh = std::make_shared<const ReadSet>(std::move(set));
    known_.emplace(hash, fresh);
    return fresh;
}

} // namespace splot::feed
