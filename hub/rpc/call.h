#pragma once
#include "hub/access/admission.h"
#include "protocol/rpc/method.h"
#include "storage/log/log.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace splot {

struct Desk;
class Session;

/// Events that a call makes: collected by the handler, written by rpc with the heads and COMMIT, then published.
class Outbox {
public:
    struct Entry {
        StreamId stream;
        storage::log::Draft draft;
        std::string payload; ///< JSON of the struct named by the draft's kind
    };

    void append(StreamId stream, storage::log::Draft draft, std::string payload) {
        entries_.push_back({stream, std::move(draft), std::move(payload)});
    }
    const std::vector<Entry>& entries() const { return entries_; }

private:
    std::vector<Entry> entries_;
};

/// One call: who, when, under which id, in which transaction. Handlers touch nothing but what hangs on it.
struct Call {
    Call(Desk& at, Session* from, access::Actor actor, RequestId request, Instant when, access::Kernel& kernel) :
        desk(at), session(from), id(request), now(when), access(kernel, std::move(actor), when) {}
    Call(const Call&) = delete;

    Desk& desk;
    Session* session; ///< the connection; null for calls of the hub itself
    RequestId id;     ///< the JSON-RPC id; nil for reading calls with another
    Instant now;      ///< fixed when the call began
    access::Admission access;
    std::vector<std::byte> params_check{}; ///< HMAC of the params: a repetition must come with the same
    storage::Transaction* transaction = nullptr;
    Outbox streams{};
    std::vector<storage::log::AuditRow> looks{}; ///< durable before the answer leaves (A-67)
    std::vector<std::string> whispers{};         ///< for the caller's own inbox, once the transaction is committed
    bool facts_moved = false;                    ///< other hubs should look at the epochs at once
    std::vector<std::function<void()>> after{};  ///< run on the shard once the answer is queued: live events follow it

    storage::Transaction& tx() const { return *transaction; }
    const access::Actor& actor() const { return access.actor(); }
    Author author() const { return access.author(); }
};

} // namespace splot
