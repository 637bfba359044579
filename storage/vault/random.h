#pragma once
#include "protocol/ids.h"
#include "protocol/time.h"

#include <cstddef>
#include <span>

namespace splot {

/// Where unpredictable bytes come from: the system, or in tests a seeded sequence.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;
};

/// The system's generator; may be used from any thread.
class SystemRandom : public Random {
public:
    void fill(std::span<std::byte> bytes) override;
};

/// RFC 9562 version 7: milliseconds, the fraction of the millisecond in 12 bits, then 62 random bits. Ids sort by the
/// microsecond they were made in.
Uuid make_uuid7(Instant now, Random& random);

/// RFC 9562 version 4: tells nothing of when it was made (ids of cases, A-54).
Uuid make_random_uuid(Random& random);

} // namespace splot
