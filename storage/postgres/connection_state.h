#pragma once
#include "storage/postgres/connection.h"

#include <libpq-fe.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <map>

namespace splot::storage {

/// The inside of a Connection. Readiness of the socket arrives by callbacks, which hold it by shared_ptr, since reading
/// and writing must wait at the same time: a server that blocks on its output reads no more of ours. The one coroutine
/// waits on `signal`, a timer that is its deadline and that a callback cancels when all is there.
struct Connection::State : std::enable_shared_from_this<State> {
    enum class Commit { none, sent, done };

    State(boost::asio::io_context& io, std::chrono::milliseconds answer_within);
    ~State();

    Async<void> connect(const ConnectOptions& options);
    std::size_t queue(const Query& query, Params params);
    void send_queued(Commit ends_with = Commit::none);
    void send_script(const std::string& sql);
    void send_check(const Query& query);
    /// Waits until the flush under way is complete or the connection lost. Does not throw.
    Async<void> finish();
    /// The results of the complete flush; throws its error.
    std::vector<ResultSet> take_results();
    Async<void> hear();
    bool in_transaction() const;
    bool is_alive();
    void lose(const std::string& why);

    struct Queued {
        Query query;
        Params params;
    };

    std::vector<Queued> queued;
    std::vector<Notification> heard;
    bool in_flight = false;
    bool lost = false;
    Commit commit = Commit::none;
    std::uint64_t statements = 0;

private:
    enum class Mode { pipeline, script };
    struct Prepared {
        const char* text;
        std::vector<Oid> types;
    };
    /// What the server owes us, in order.
    struct Expected {
        enum class Kind { preparation, statement, check } kind;
        const char* query;
    };
    using Ready = boost::asio::posix::stream_descriptor::wait_type;

    void remember(const Query& query, const Params& params);
    void send(const Queued& statement);
    void start_flush(Mode mode);
    void check_sent(int sent);
    void write();
    void read();
    void arm_read();
    void arm_write();
    void collect();
    void accept(PGresult* result);
    void accept_error(PGresult* result, const Expected& expected);
    void complete();
    void take_notifications();
    Async<void> wait_ready(Ready what);
    /// Notices are dropped, since they may quote a row; but an idle connection gets the server's farewell as one.
    static void accept_notice(void* state, const PGresult* notice);

    boost::asio::posix::stream_descriptor socket_;
    boost::asio::steady_timer signal_;
    std::chrono::milliseconds answer_within_;
    PGconn* pg_ = nullptr;
    std::map<std::string, Prepared, std::less<>> prepared_;
    std::vector<Expected> expected_;
    std::size_t next_expected_ = 0;
    std::vector<ResultSet> results_;
    std::unique_ptr<DatabaseError> error_;
    std::string why_lost_;
    Mode mode_ = Mode::pipeline;
    bool reading_ = false;
    bool writing_ = false;
    bool hearing_ = false;
    bool said_farewell_ = false;
    bool answered_ = false; ///< the next expected one has its result, only the separator is owed
    bool ready_ = false;    ///< what `wait_ready` waits for
};

} // namespace splot::storage
