#pragma once
#include "storage/access/grant.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <vector>

namespace splot::feed {

/// What a subscription lets through, as its owner's rights were decided.
struct ReadSet {
    std::vector<Readable> readable;   ///< sorted by label
    std::vector<std::int32_t> judged; ///< sorted: labels that a decision was made about, allowed or not

    bool reads(std::int32_t label, Instant at) const {
        const auto found = std::ranges::lower_bound(readable, label, {}, &Readable::label);
        return found != readable.end() && found->label == label && found->since <= at;
    }
    bool is_judged(std::int32_t label) const { return std::ranges::binary_search(judged, label); }

    bool operator==(const ReadSet&) const = default;
};
using ReadSetPtr = std::shared_ptr<const ReadSet>;

/// The sets in use on one shard. Most people of a room read the same, so equal sets are one.
class ReadSets {
public:
    ReadSetPtr share(ReadSet set);
    std::size_t size() const { return known_.size(); }

private:
    std::unordered_multimap<std::size_t, std::weak_ptr<const ReadSet>> known_;
    std::size_t clean_at_ = 64; ///< when there are as many, those that nobody uses any more are forgotten
};

} // namespace splot::feed
