#include "storage/log/chain.h"
#include "storage/log/sql.h"
#include "storage/log/writer.h"
#include "storage/postgres/transaction.h"
#include "storage/vault/digest.h"

namespace splot::storage::log {
namespace {

/// Length-prefixed, big-endian: one row has one form.
struct Canonical {
    std::vector<std::byte> bytes;

    void number(std::uint64_t value) {
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<std::byte>(value >> shift));
    }
    void raw(const std::vector<std::byte>& value) {
        number(value.size());
        bytes.insert(bytes.end(), value.begin(), value.end());
    }
    void text(std::string_view value) {
        number(value.size());
        for (const char c : value)
            bytes.push_back(static_cast<std::byte>(c));
    }
    void uuid(const Uuid& value) {
        for (const auto b : value.bytes)
            bytes.push_back(static_cast<std::byte>(b));
    }
    template <class T> void maybe_uuid(const std::optional<T>& value) {
        bytes.push_back(static_cast<std::byte>(value ? 1 : 0));
        if (value) uuid(Uuid(*value));
    }
};

} // namespace

std::vector<std::byte> chain_hash(const std::vector<std::byte>& previous, std::int64_t number, const AuditRow& row) {
    Canonical form;
    form.raw(previous);
    form.uuid(row.chain);
    form.number(static_cast<std::uint64_t>(number));
    form.number(static_cast<std::uint64_t>(row.at.time_since_epoch().count()));
    form.uuid(Uuid(row.person));
    form.maybe_uuid(row.mandate);
    form.maybe_uuid(row.device);
    form.text(row.act);
    form.maybe_uuid(row.object);
    form.text(row.ground);
    const auto digest = vault::sha256(form.bytes);
    return {digest.begin(), digest.end()};
}

Async<Chain> read_chain(Pool& log, FeedPass, Uuid id) {
    auto tx = co_await Transaction::begin(log, Transaction::Mode::read_only_repeatable_read);
    tx.queue(sql::read_chain, id);
    tx.queue(sql::chain_end, id);
    const auto results = co_await tx.commit();
    auto end = maybe<ChainEnd>(results[1]);
    Chain chain{rows<ChainRow>(results[0]), {}};
    if (end) chain.end = std::move(*end);
    co_return chain;
}

std::optional<std::int64_t> first_broken(Uuid id, const Chain& chain) {
    std::vector<std::byte> previous;
    std::int64_t expected = 0;
    for (const auto& r : chain.rows) {
        const AuditRow row{id, r.at, r.person, r.mandate, r.device, r.act, r.object, r.ground};
        if (r.number != ++expected || r.hash != chain_hash(previous, r.number, row)) return expected;
        previous = r.hash;
    }
    if (chain.end.number != expected || chain.end.hash != previous) return expected + 1;
    return std::nullopt;
}

} // namespace splot::storage::log
