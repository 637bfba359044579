#pragma once
#include "storage/access/grant.h"
#include "storage/log/types.h"
#include "storage/postgres/pool.h"

#include <optional>

namespace splot::storage::log {

struct ChainRow {
    std::int64_t number;
    Instant at;
    PersonId person;
    std::optional<MandateId> mandate;
    std::optional<DeviceId> device;
    std::string act;
    std::optional<Uuid> object;
    std::string ground;
    std::vector<std::byte> hash;
};
BOOST_DESCRIBE_STRUCT(ChainRow, (), (number, at, person, mandate, device, act, object, ground, hash))
/// Where a chain ends, kept apart from its rows: so that the last of them cannot be taken away unseen.
struct ChainEnd {
    std::int64_t number = 0;
    std::vector<std::byte> hash;
};
BOOST_DESCRIBE_STRUCT(ChainEnd, (), (number, hash))

struct Chain {
    std::vector<ChainRow> rows;
    ChainEnd end;
};
/// Rows and end of one moment.
Async<Chain> read_chain(Pool& log, FeedPass pass, Uuid id);
/// The number of the first row that does not follow from those before it, or is missing; nothing when all is whole.
std::optional<std::int64_t> first_broken(Uuid id, const Chain& chain);

} // namespace splot::storage::log
