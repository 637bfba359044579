#pragma once
#include "hub/feed/published.h"
#include "storage/access/grant.h"
#include "storage/log/log.h"
#include "storage/postgres/transaction.h"
#include "storage/vault/cursor.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace splot::feed {

/// A logged event with what it told, read anew from the tables.
struct Replayed {
    storage::log::Logged event;
    std::string payload; ///< JSON; empty when its object is gone
};

/// A slice's part: fills the payloads of its kinds, a set at a time.
using PayloadLoader = std::function<Async<void>(storage::Transaction&, std::vector<Replayed*>)>;

/// Reads events back from the log. One for each shard, because bodies are unsealed with the shard's keys.
class Replayer {
public:
    Replayer(storage::Pool& log, vault::CursorKey key) : log_(log), key_(key) {}
    /// `loader` answers for these kinds.
    void add(std::vector<std::string_view> kinds, PayloadLoader loader);

    Async<std::vector<Replayed>> load(std::vector<storage::log::Range> ranges, std::int64_t most);
    std::string cursor(std::int64_t stream, std::int64_t number) const {
        return vault::make_cursor(key_, stream, number);
    }
    /// The number in a cursor of this stream; nothing when it is forged or of another stream.
    std::optional<std::int64_t> number(std::int64_t stream, std::string_view cursor) const;
    Published publish(const StreamId& id, const Replayed& replayed) const;

private:
    storage::Pool& log_;
    vault::CursorKey key_;
    std::vector<PayloadLoader> loaders_;
    std::map<std::string, std::size_t, std::less<>> loader_of_;
};

} // namespace splot::feed
