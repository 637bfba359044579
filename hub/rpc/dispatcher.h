#pragma once
#include "hub/rpc/call.h"
#include "hub/rpc/desk.h"
#include "protocol/json/json.h"
#include "protocol/rpc/envelope.h"
#include "protocol/rpc/registry.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>

namespace splot {

/// What an `appends` handler decided to write; the writer commits it, then rpc publishes and answers.
struct Append {
    std::unique_ptr<storage::log::AppendItem> item;
    StreamId stream;
    std::int32_t label = 0;
    std::string kind;
    Author author;
    Uuid made;
    /// The event's JSON, once the number and the time are known.
    std::function<std::string(std::int64_t number, Instant at)> payload;
};

/// Method → handler, transactions, repetitions, retries, errors, audit of refusals. No `if` about people.
class Dispatcher {
public:
    template <MethodType M> using Handler = std::function<Async<Result<typename M::Answer>>(Call&, M)>;
    template <MethodType M> using AppendHandler = std::function<Async<Result<Append>>(Call&, M)>;

    /// For reads, looks, writes (whose answer is Made) and live methods.
    template <MethodType M> void add(Handler<M> handler) {
        static_assert(M::method.effect != Effect::appends);
        auto& entry = entries_[std::string(M::method.name)];
        entry.method = M::method;
        entry.run = [handler = std::move(handler)](Call& call, const boost::json::value& params) {
            return run_handler<M>(handler, call, params);
        };
    }
    template <MethodType M> void add_append(AppendHandler<M> handler) {
        static_assert(M::method.effect == Effect::appends);
        auto& entry = entries_[std::string(M::method.name)];
        entry.method = M::method;
        entry.append = [handler = std::move(handler)](Call& call, const boost::json::value& params) {
            return run_append<M>(handler, call, params);
        };
    }

    /// One frame of a client: its answer or error, queued on the session, and what follows it.
    Async<void> handle(std::shared_ptr<Session> session, std::string frame);

    /// A call of the hub itself (the demonstration's loader): the same path without a socket. `now` may be in the past.
    template <MethodType M>
    Async<Result<Made>> call(Desk& desk, access::Actor actor, RequestId id, Instant now, M ask) {
        const auto params = boost::json::value(json::parse(json::to_json(ask)).value());
        co_return co_await call_as(desk, std::move(actor), id, now, M::method.name, params);
    }

    struct MethodCounts {
        std::atomic<std::uint64_t> calls{0}, problems{0}, microseconds{0};
    };
    const std::map<std::string, std::unique_ptr<MethodCounts>, std::less<>>& counts() const { return counts_; }
    void make_counts();

private:
    struct Reply {
        std::string json;         ///< of reads, looks and live
        std::optional<Made> made; ///< of writes and appends
    };
    struct Entry {
        Method method;
        std::function<Async<Result<Reply>>(Call&, const boost::json::value&)> run;
        std::function<Async<Result<Append>>(Call&, const boost::json::value&)> append;
    };

    template <MethodType M>
    static Async<Result<Reply>> run_handler(const Handler<M>& handler, Call& call, const boost::json::value& params) {
        CO_TRY(M ask, json::decode<M>(params));
        CO_TRY(auto answer, co_await handler(call, std::move(ask)));
        Reply reply;
        if constexpr (std::is_same_v<typename M::Answer, Made>)
            reply.made = std::move(answer);
        else
            reply.json = json::to_json(answer);
        co_return reply;
    }
    template <MethodType M>
    static Async<Result<Append>> run_append(const AppendHandler<M>& handler, Call& call,
                                            const boost::json::value& params) {
        CO_TRY(M ask, json::decode<M>(params));
        co_return co_await handler(call, std::move(ask));
    }

    struct Attempt;
    Async<Result<Made>> call_as(Desk& desk, access::Actor actor, RequestId id, Instant now, std::string_view method,
                                const boost::json::value& params);
    Async<Result<Reply>> settle(const Entry& entry, Attempt& attempt, const boost::json::value& params);
    Async<Result<Reply>> run(const Entry& entry, Call& call, const boost::json::value& params);
    Async<Result<Reply>> run_reading(const Entry& entry, Call& call, const boost::json::value& params);
    Async<Result<Reply>> run_writing(const Entry& entry, Call& call, const boost::json::value& params);
    Async<Result<Reply>> run_appending(const Entry& entry, Call& call, const boost::json::value& params);
    Async<Result<Reply>> commit(const Entry& entry, Call& call, storage::Transaction& tx, Reply reply);

    std::map<std::string, Entry, std::less<>> entries_;
    std::map<std::string, std::unique_ptr<MethodCounts>, std::less<>> counts_;
};

} // namespace splot
