#pragma once
#include "protocol/ids.h"
#include "protocol/time.h"

#include <cstdint>
#include <optional>
#include <vector>

/// What the access kernel hands to storage. Both types can be made only by `GrantMaker`, which hub/access defines:
/// a storage function that takes one cannot be reached around the policy.
namespace splot {

/// A label that the person reads, and from when on (T-45).
struct Readable {
    std::int32_t label;
    Instant since;

    bool operator==(const Readable&) const = default;
};

/// An allowing decision: who acts under which mandate, on what, and what they read there.
class Grant {
public:
    PersonId person() const { return person_; }
    /// Nil where nobody acts under a mandate: an administrator's technical act.
    MandateId mandate() const { return mandate_; }
    InstitutionId institution() const { return institution_; }
    DeviceId device() const { return device_; }
    /// The object decided about: a channel, a team, an institution.
    Uuid object() const { return object_; }
    /// The stream of that object, 0 where it has none.
    std::int64_t stream() const { return stream_; }
    /// Sorted by label.
    const std::vector<Readable>& readable() const { return readable_; }
    std::optional<Instant> since(std::int32_t label) const {
        for (const auto& r : readable_)
            if (r.label == label) return r.since;
        return std::nullopt;
    }

private:
    friend struct GrantMaker;
    Grant() = default;

    PersonId person_;
    MandateId mandate_;
    InstitutionId institution_;
    DeviceId device_;
    Uuid object_;
    std::int64_t stream_ = 0;
    std::vector<Readable> readable_;
};

/// Lets the feed and the access kernel read the log and the facts, whoever they are about. What they read goes out only
/// after a decision for each receiver.
class FeedPass {
private:
    friend struct GrantMaker;
    FeedPass() = default;
};

} // namespace splot
