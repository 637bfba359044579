#include "storage/postgres/connection_state.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cassert>
#include <cstring>

namespace splot::storage {
namespace {

bool is_the_end(const PGresult* message) {
    const char* severity = PQresultErrorField(message, PG_DIAG_SEVERITY_NONLOCALIZED);
    return severity && (std::strcmp(severity, "FATAL") == 0 || std::strcmp(severity, "PANIC") == 0);
}

} // namespace

Connection::State::State(boost::asio::io_context& io, std::chrono::milliseconds answer_within) :
    socket_(io), signal_(io), answer_within_(answer_within) {}

Connection::State::~State() { lose("closed by us"); }

std::size_t Connection::State::queue(const Query& query, Params params) {
    queued.push_back({query, std::move(params)});
    return queued.size() - 1;
}

void Connection::State::send_queued(Commit ends_with) {
    assert(!in_flight && "one flush at a time");
    const auto statements_to_send = std::exchange(queued, {});
    commit = Commit::none;
    if (lost) return;
    commit = ends_with;
    start_flush(Mode::pipeline);
    for (const auto& statement : statements_to_send) {
        if (!lost) remember(statement.query, statement.params);
        if (!lost) send(statement);
    }
    if (!lost) check_sent(PQpipelineSync(pg_));
    write();
}

/// Prepares a statement that this connection has not met yet.
void Connection::State::remember(const Query& query, const Params& params) {
    const auto known = prepared_.find(std::string_view(query.name));
    if (known != prepared_.end()) {
        const bool is_same_text = known->second.text == query.text || std::strcmp(known->second.text, query.text) == 0;
        if (is_same_text && known->second.types == params.types()) return;
        lose("a statement of the flush was not as before");
        throw MisfitError(std::string(query.name) + ": another text or other parameter types than before");
    }
    prepared_.emplace(query.name, Prepared{query.text, params.types()});
    expected_.push_back({Expected::Kind::preparation, query.name});
    check_sent(PQsendPrepare(pg_, query.name, query.text, static_cast<int>(params.size()), params.types().data()));
}

void Connection::State::send(const Queued& statement) {
    const auto& params = statement.params;
    std::vector<const char*> values;
    std::vector<int> lengths, formats(params.size(), 1);
    const char* at = params.bytes().data();
    for (const int length : params.lengths()) {
        values.push_back(length < 0 ? nullptr : at);
        lengths.push_back(std::max(length, 0));
        at += lengths.back();
    }
    expected_.push_back({Expected::Kind::statement, statement.query.name});
    check_sent(PQsendQueryPrepared(pg_, statement.query.name, static_cast<int>(params.size()), values.data(),
                                   lengths.data(), formats.data(), 1));
}

void Connection::State::send_script(const std::string& sql) {
    assert(!in_flight && queued.empty() && "a script runs alone");
    commit = Commit::none;
    if (lost) return;
    start_flush(Mode::script);
    check_sent(PQexitPipelineMode(pg_) && PQsendQuery(pg_, sql.c_str()));
    write();
}

void Connection::State::send_check(const Query& query) {
    assert(!in_flight && queued.empty() && "a check runs alone");
    commit = Commit::none;
    if (lost) return;
    start_flush(Mode::pipeline);
    expected_.push_back({Expected::Kind::check, query.name});
    check_sent(PQsendPrepare(pg_, "", query.text, 0, nullptr) && PQpipelineSync(pg_));
    write();
}

void Connection::State::start_flush(Mode mode) {
    in_flight = true;
    mode_ = mode;
    expected_.clear();
    next_expected_ = 0;
    answered_ = false;
    results_.clear();
    error_.reset();
}

void Connection::State::check_sent(int sent) {
    if (!sent) lose(lost ? why_lost_ : PQerrorMessage(pg_));
}

Async<void> Connection::State::finish() {
    if (!in_flight || lost) co_return;
    namespace this_coro = boost::asio::this_coro;
    const bool throws = co_await this_coro::throw_if_cancelled();
    co_await this_coro::throw_if_cancelled(false);
    signal_.expires_after(answer_within_);
    arm_read();
    while (in_flight && !lost) {
        boost::system::error_code woken;
        co_await signal_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
        if (in_flight && std::chrono::steady_clock::now() >= signal_.expiry()) lose("no answer in time");
    }
    co_await this_coro::throw_if_cancelled(throws);
}

std::vector<ResultSet> Connection::State::take_results() {
    if (lost && commit != Commit::done) {
        const bool unknown = commit == Commit::sent && !error_;
        throw DatabaseGone(why_lost_, unknown ? DatabaseGone::Commit::unknown : DatabaseGone::Commit::not_sent);
    }
    if (error_) throw DatabaseError(*error_);
    return std::exchange(results_, {});
}

Async<void> Connection::State::hear() {
    heard.clear();
    if (!lost) take_notifications();
    signal_.expires_at(boost::asio::steady_timer::time_point::max());
    hearing_ = true;
    while (heard.empty() && !lost) {
        arm_read();
        boost::system::error_code woken;
        co_await signal_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
    }
    hearing_ = false;
    if (heard.empty()) throw DatabaseGone(why_lost_);
}

bool Connection::State::in_transaction() const {
    const auto status = pg_ ? PQtransactionStatus(pg_) : PQTRANS_UNKNOWN;
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool Connection::State::is_alive() {
    // A dying server says why before it hangs up: the first look may read that, the second finds the end.
    for (int look = 0; look < 2 && !lost; ++look)
        read();
    if (!lost) PQisBusy(pg_); // parses a farewell
    if (said_farewell_) lose("the server ended the session");
    return !lost;
}

void Connection::State::accept_notice(void* state, const PGresult* notice) {
    if (is_the_end(notice)) static_cast<State*>(state)->said_farewell_ = true;
}

void Connection::State::lose(const std::string& why) {
    if (lost) return;
    lost = true;
    why_lost_ = why.substr(0, why.find('\n'));
    in_flight = false;
    socket_.release();
    PQfinish(pg_);
    pg_ = nullptr;
    signal_.cancel();
}

void Connection::State::arm_read() {
    if (reading_ || lost) return;
    reading_ = true;
    socket_.async_wait(Ready::wait_read, [self = shared_from_this()](const boost::system::error_code& error) {
        self->reading_ = false;
        if (error || self->lost) return;
        self->read();
        if (self->in_flight || self->hearing_) self->arm_read();
    });
}

void Connection::State::arm_write() {
    if (writing_ || lost) return;
    writing_ = true;
    socket_.async_wait(Ready::wait_write, [self = shared_from_this()](const boost::system::error_code& error) {
        self->writing_ = false;
        if (!error && !self->lost) self->write();
    });
}

void Connection::State::write() {
    if (lost) return;
    const int left = PQflush(pg_);
    if (left < 0) return lose(PQerrorMessage(pg_));
    if (left > 0) arm_write();
}

void Connection::State::read() {
    const bool open = PQconsumeInput(pg_) != 0;
    collect(); // also what came before the end
    if (lost) return;
    if (!open) return lose(PQerrorMessage(pg_));
    if (hearing_) take_notifications();
}

void Connection::State::collect() {
    while (in_flight && !PQisBusy(pg_)) {
        if (PGresult* result = PQgetResult(pg_))
            accept(result);
        else if (mode_ == Mode::script)
            complete();
        else if (answered_) {
            answered_ = false;
            ++next_expected_;
        } else
            lose("an answer is missing");
    }
}

void Connection::State::accept(PGresult* result) {
    std::unique_ptr<PGresult, decltype(&PQclear)> owner(result, &PQclear);
    const auto status = PQresultStatus(result);
    if (status == PGRES_PIPELINE_SYNC) return complete();
    const bool is_good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (mode_ == Mode::script) {
        if (!is_good) accept_error(result, {Expected::Kind::check, "script"});
        return;
    }
    if (next_expected_ >= expected_.size()) return lose("an answer that nobody asked for");
    const Expected expected = expected_[next_expected_];
    answered_ = true;
    if (expected.kind == Expected::Kind::preparation && !is_good) prepared_.erase(prepared_.find(expected.query));
    if (status == PGRES_PIPELINE_ABORTED) return;
    if (!is_good) return accept_error(result, expected);
    if (expected.kind != Expected::Kind::statement) return;
    if (commit == Commit::sent && next_expected_ + 1 == expected_.size()) {
        // COMMIT in a failed transaction succeeds as ROLLBACK.
        if (std::strcmp(PQcmdStatus(result), "COMMIT") == 0)
            commit = Commit::done;
        else
            error_ = std::make_unique<DatabaseError>("25P02", expected.query, "the transaction had failed before");
    }
    results_.emplace_back(owner.release(), expected.query);
}

void Connection::State::accept_error(PGresult* result, const Expected& expected) {
    if (is_the_end(result) || PQstatus(pg_) == CONNECTION_BAD) return lose(PQresultErrorMessage(result));
    if (PQresultStatus(result) != PGRES_FATAL_ERROR)
        error_ =
            std::make_unique<DatabaseError>("0A000", expected.query, "this kind of statement is not for a pipeline");
    else if (!error_)
        error_ = std::make_unique<DatabaseError>(result, expected.query);
}

void Connection::State::complete() {
    in_flight = false;
    if (mode_ == Mode::script && !PQenterPipelineMode(pg_)) lose(PQerrorMessage(pg_));
    signal_.cancel();
}

void Connection::State::take_notifications() {
    while (PGnotify* notify = PQnotifies(pg_)) {
        heard.push_back({notify->relname, notify->extra, notify->be_pid});
        PQfreemem(notify);
    }
    if (!heard.empty()) signal_.cancel();
}

} // namespace splot::storage
