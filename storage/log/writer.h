#pragma once
#include "storage/async/one_shot.h"
#include "storage/log/types.h"
#include "storage/postgres/connection.h"

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace splot::storage::log {

enum class AppendOutcome {
    made,        ///< durable, with this number
    known,       ///< the same request made it before: its first number
    conflict,    ///< the same request id came with other params
    moved,       ///< a fact moved since the decision: decide again
    locked,      ///< inside the writer only: another transaction held the head
    refused,     ///< a constraint said no; `rule` names it
    unavailable, ///< nothing is known to be stored: the database is away, or too much waits
};
BOOST_DESCRIBE_ENUM(AppendOutcome, made, known, conflict, moved, locked, refused, unavailable)

struct Appended {
    AppendOutcome outcome = AppendOutcome::unavailable;
    Uuid id;
    std::int64_t number = 0;
    Instant at{};
    Rule rule = {};
};

class AppendItem;

/// A kind of frequent, small write: how a batch of its items becomes one statement. The statement answers one row an
/// item, in order: `outcome, id, number, at`.
struct AppendKind {
    virtual ~AppendKind() = default;
    virtual void queue(Connection& connection, std::span<AppendItem* const> items) const = 0;
};

/// One write and the decision it was made under.
class AppendItem {
public:
    explicit AppendItem(const AppendKind& append_kind) : kind(append_kind) {}
    virtual ~AppendItem() = default;

    const AppendKind& kind;
    std::int64_t stream = 0;
    std::vector<splot::access::Epoch> epochs;
    PersonId by; ///< with device and request: what makes a repetition known
    DeviceId device;
    RequestId request;
    std::vector<AuditRow> audit; ///< written in the same transaction as the item
};

/// Commits what waits, all at once, again and again (natural group commit, no timer): one thread, one connection.
/// A bad item fails alone.
class Writer {
public:
    explicit Writer(ConnectOptions options);
    ~Writer();

    void start();
    /// Finishes what was handed over before, then returns.
    void stop();

    /// Resumes on `shard`'s thread once the item is durable, or known not to be.
    Async<Appended> append(boost::asio::io_context& shard, std::unique_ptr<AppendItem> item);
    /// Rows for the chains. False: not stored, so the answer that they are about must not leave.
    Async<bool> audit(boost::asio::io_context& shard, std::vector<AuditRow> rows);

    std::uint64_t batches() const { return batches_; }
    std::uint64_t appended() const { return appended_; }
    std::size_t waiting() const { return waiting_count_; }
    bool is_away() const { return away_; }

private:
    struct Pending;
    using Batch = std::vector<std::shared_ptr<Pending>>;

    Async<Appended> submit(boost::asio::io_context& shard, std::unique_ptr<AppendItem> item,
                           std::vector<AuditRow> audit);
    Async<void> run();
    Async<void> wait_for_work();
    Batch take_batch();
    Async<void> settle(Batch batch);
    Async<void> attempt(Batch& batch);
    Async<std::vector<ResultSet>> write_chains(std::vector<AuditRow> rows);
    void put_back_locked(Batch& batch);
    void tell(const Batch& batch);

    ConnectOptions options_;
    boost::asio::io_context io_{1};
    std::thread thread_;
    std::unique_ptr<Connection> connection_;
    std::unique_ptr<OneShot<bool>> idle_;
    std::mutex mutex_; ///< guards the two below, for a push or a swap only
    Batch inbox_;
    bool stopping_ = false;
    Batch held_back_; ///< for the next batch: their heads were locked
    std::atomic<std::uint64_t> batches_{0}, appended_{0};
    std::atomic<std::size_t> waiting_count_{0};
    std::atomic<bool> away_{false};
};

/// The hash of the next row of a chain: SHA-256 over the previous hash and the row's canonical bytes.
std::vector<std::byte> chain_hash(const std::vector<std::byte>& previous, std::int64_t number, const AuditRow& row);

} // namespace splot::storage::log
