#include "storage/log/writer.h"

#include "storage/log/sql.h"
#include "storage/postgres/kept_plans.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace splot::storage::log {
namespace {

namespace asio = boost::asio;

constexpr std::size_t most_in_batch = 256;
constexpr std::size_t most_waiting = 20'000;

struct OutcomeRow {
    AppendOutcome outcome;
    Uuid id;
    std::int64_t number;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(OutcomeRow, (), (outcome, id, number, at))

struct ChainHead {
    Uuid id;
    std::int64_t number;
    std::vector<std::byte> hash;
};
BOOST_DESCRIBE_STRUCT(ChainHead, (), (id, number, hash))

/// The columns of insert_audit.
struct AuditColumns {
    std::vector<Uuid> chain;
    std::vector<std::int64_t> number;
    std::vector<Instant> at;
    std::vector<PersonId> person;
    std::vector<std::optional<MandateId>> mandate;
    std::vector<std::optional<DeviceId>> device;
    std::vector<std::string> act;
    std::vector<std::optional<Uuid>> object;
    std::vector<std::string> ground;
    std::vector<std::vector<std::byte>> hash;

    void add(const AuditRow& row, const ChainHead& head) {
        chain.push_back(row.chain);
        number.push_back(head.number);
        at.push_back(row.at);
        person.push_back(row.person);
        mandate.push_back(row.mandate);
        device.push_back(row.device);
        act.push_back(row.act);
        object.push_back(row.object);
        ground.push_back(row.ground);
        hash.push_back(head.hash);
    }
};

} // namespace

struct Writer::Pending {
    std::unique_ptr<AppendItem> item; ///< null: audit only
    std::vector<AuditRow> audit;      ///< of an audit-only entry
    asio::io_context* shard;
    OneShot<Appended> done;
    Appended result;
    int skipped = 0;
};

Writer::Writer(ConnectOptions options) : options_(std::move(options)) { keep_plans(options_); }

Writer::~Writer() { stop(); }

void Writer::start() {
    asio::co_spawn(io_, run(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
}

void Writer::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    asio::post(io_, [this] {
        if (idle_) idle_->set(true);
    });
    if (thread_.joinable()) thread_.join();
}

Async<Appended> Writer::append(asio::io_context& shard, std::unique_ptr<AppendItem> item) {
    return submit(shard, std::move(item), {});
}

Async<bool> Writer::audit(asio::io_context& shard, std::vector<AuditRow> rows) {
    if (rows.empty()) co_return true;
    const auto stored = co_await submit(shard, nullptr, std::move(rows));
    co_return stored.outcome == AppendOutcome::made;
}

Async<Appended> Writer::submit(asio::io_context& shard, std::unique_ptr<AppendItem> item, std::vector<AuditRow> audit) {
    auto pending = std::make_shared<Pending>();
    pending->item = std::move(item);
    pending->audit = std::move(audit);
    pending->shard = &shard;
    bool wake = false;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || waiting_count_ >= most_waiting) co_return Appended{};
        wake = inbox_.empty();
        inbox_.push_back(pending);
        ++waiting_count_;
    }
    if (wake)
        asio::post(io_, [this] {
            if (idle_) idle_->set(true);
        });
    co_return co_await pending->done.wait();
}

Async<void> Writer::run() {
    for (;;) {
        auto batch = take_batch();
        if (batch.empty()) {
            {
                const std::lock_guard lock(mutex_);
                if (stopping_ && inbox_.empty()) break;
            }
            co_await wait_for_work();
            continue;
        }
        co_await settle(batch);
        put_back_locked(batch);
        ++batches_; // before anybody is told, so that who was told may count
        tell(batch);
    }
    connection_.reset();
}

Async<void> Writer::wait_for_work() {
    idle_ = std::make_unique<OneShot<bool>>();
    {
        const std::lock_guard lock(mutex_);
        if (!inbox_.empty() || stopping_) {
            idle_.reset();
            co_return;
        }
    }
    co_await idle_->wait();
    idle_.reset();
}

/// What waits, up to a batch; a repetition of a request that is in the batch waits for the next one.
Writer::Batch Writer::take_batch() {
    Batch waiting = std::exchange(held_back_, {});
    {
        const std::lock_guard lock(mutex_);
        std::ranges::move(inbox_, std::back_inserter(waiting));
        inbox_.clear();
    }
    Batch batch;
    std::set<std::tuple<RequestId, PersonId, DeviceId>> requests;
    for (auto& pending : waiting) {
        const bool room = batch.size() < most_in_batch;
        const auto* item = pending->item.get();
        if (room && (!item || requests.emplace(item->request, item->by, item->device).second))
            batch.push_back(std::move(pending));
        else
            held_back_.push_back(std::move(pending));
    }
    return batch;
}

/// Commits the batch; when the database refuses it, halves find the item that is to blame.
Async<void> Writer::settle(Batch batch) {
    bool split = false;
    try {
        co_await attempt(batch);
        away_ = false;
        co_return;
    } catch (const DatabaseGone&) {
        connection_.reset();
        away_ = true;
    } catch (const DatabaseError& error) {
        connection_->abandon();
        const bool blame_one = !error.is_out_of_resources() && !error.is_timeout();
        split = blame_one && batch.size() > 1;
        // The first of two equal requests was committed while this statement had begun already (its hub lost the
        // connection or died in COMMIT): the next batch finds what it made.
        const bool made_meanwhile = error.is_unique_violation() && error.constraint() == "message_request";
        if (blame_one && !split)
            batch.front()->result = {.outcome = made_meanwhile ? AppendOutcome::locked : AppendOutcome::refused,
                                     .rule = error.violated_rule()};
    }
    if (split) {
        const auto middle = batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 2);
        Batch first(batch.begin(), middle), second(middle, batch.end());
        co_await settle(std::move(first));
        co_await settle(std::move(second));
    }
}

Async<void> Writer::attempt(Batch& batch) {
    for (auto& pending : batch)
        pending->result = {};
    if (!connection_ || !connection_->is_alive()) connection_ = co_await Connection::open(io_, options_);
    co_await connection_->settle();

    std::map<const AppendKind*, std::vector<AppendItem*>> kinds;
    std::vector<std::int64_t> wait_for;
    bool audited = false;
    for (const auto& pending : batch) {
        if (pending->item) kinds[&pending->item->kind].push_back(pending->item.get());
        if (pending->skipped > 1) wait_for.push_back(pending->item->stream);
        audited = audited || !pending->item || !pending->item->audit.empty();
    }
    const bool single_statement = kinds.size() == 1 && !audited && wait_for.empty();
    if (!single_statement) connection_->queue(sql::begin);
    if (!wait_for.empty()) connection_->queue(sql::lock_heads, wait_for);
    for (const auto& [kind, items] : kinds)
        kind->queue(*connection_, items);
    auto results = co_await connection_->flush();

    std::map<AppendItem*, Appended> outcomes;
    std::size_t at = results.size() - kinds.size();
    for (const auto& [kind, items] : kinds) {
        const auto found = rows<OutcomeRow>(results[at++]);
        for (std::size_t i = 0; i < items.size(); ++i)
            outcomes[items[i]] = {found[i].outcome, found[i].id, found[i].number, found[i].at, {}};
    }
    std::vector<AuditRow> chained;
    for (auto& pending : batch) {
        const bool stored = !pending->item || outcomes[pending->item.get()].outcome == AppendOutcome::made;
        const auto& audit = pending->item ? pending->item->audit : pending->audit;
        if (stored) chained.insert(chained.end(), audit.begin(), audit.end());
    }
    if (!single_statement) co_await write_chains(std::move(chained));
    for (auto& pending : batch) {
        pending->result = pending->item ? outcomes[pending->item.get()] : Appended{.outcome = AppendOutcome::made};
        if (pending->result.outcome == AppendOutcome::made && pending->item) ++appended_;
    }
}

/// Inside the batch's transaction: the chains' rows, and COMMIT.
Async<std::vector<ResultSet>> Writer::write_chains(std::vector<AuditRow> audit) {
    if (audit.empty()) co_return co_await connection_->commit();
    std::set<Uuid> distinct;
    for (const auto& row : audit)
        distinct.insert(row.chain);
    const std::vector<Uuid> chains(distinct.begin(), distinct.end());
    connection_->queue(sql::ensure_chains, chains);
    connection_->queue(sql::lock_chains, chains);
    const auto locked = co_await connection_->flush();

    std::map<Uuid, ChainHead> heads;
    for (auto& head : rows<ChainHead>(locked[1]))
        heads[head.id] = std::move(head);
    AuditColumns columns;
    for (const auto& row : audit) {
        auto& head = heads[row.chain];
        ++head.number;
        head.hash = chain_hash(head.hash, head.number, row);
        columns.add(row, head);
    }
    std::vector<std::int64_t> numbers;
    std::vector<std::vector<std::byte>> hashes;
    for (const auto& chain : chains)
        numbers.push_back(heads[chain].number), hashes.push_back(heads[chain].hash);
    connection_->queue(sql::insert_audit, columns.chain, columns.number, columns.at, columns.person, columns.mandate,
                       columns.device, columns.act, columns.object, columns.ground, columns.hash);
    connection_->queue(sql::move_chains, chains, numbers, hashes);
    co_return co_await connection_->commit();
}

void Writer::put_back_locked(Batch& batch) {
    std::erase_if(batch, [&](std::shared_ptr<Pending>& pending) {
        if (pending->result.outcome != AppendOutcome::locked) return false;
        ++pending->skipped;
        held_back_.push_back(std::move(pending));
        return true;
    });
}

/// One post to each shard, whatever the number of its items.
void Writer::tell(const Batch& batch) {
    std::map<asio::io_context*, Batch> by_shard;
    for (const auto& pending : batch)
        by_shard[pending->shard].push_back(pending);
    waiting_count_ -= batch.size();
    for (auto& [shard, mine] : by_shard)
        asio::post(*shard, [mine = std::move(mine)] {
            for (const auto& pending : mine)
                pending->done.set(pending->result);
        });
}

} // namespace splot::storage::log
