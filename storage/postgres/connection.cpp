#include "storage/postgres/connection.h"

#include "storage/postgres/connection_state.h"
#include "storage/postgres/sql.h"

namespace splot::storage {

Connection::Connection(std::shared_ptr<State> state) : state_(std::move(state)) {}
Connection::~Connection() { close(); }

Async<std::unique_ptr<Connection>> Connection::open(boost::asio::io_context& io, ConnectOptions options) {
    auto state = std::make_shared<State>(io, options.answer_within);
    std::unique_ptr<Connection> connection(new Connection(state));
    co_await state->connect(options);
    co_return connection;
}

std::size_t Connection::queue_encoded(const Query& query, Params params) {
    ++state_->statements;
    return state_->queue(query, std::move(params));
}

void Connection::queue_uncounted(const Query& query) { state_->queue(query, Params{}); }

Async<std::vector<ResultSet>> Connection::flush() {
    state_->send_queued();
    co_await state_->finish();
    co_return state_->take_results();
}

Async<std::vector<ResultSet>> Connection::commit() {
    queue_uncounted(postgres::sql::commit);
    state_->send_queued(State::Commit::sent);
    co_await state_->finish();
    auto results = state_->take_results();
    results.pop_back();
    co_return results;
}

Async<void> Connection::run_script(std::string sql) {
    state_->send_script(sql);
    co_await state_->finish();
    state_->take_results();
}

Async<void> Connection::check(Query query) {
    state_->send_check(query);
    co_await state_->finish();
    state_->take_results();
}

void Connection::abandon() {
    state_->queued.clear();
    if (state_->lost) return;
    if (state_->in_flight)
        state_->lose("its user went away in the middle of a flush");
    else if (in_transaction()) {
        queue_uncounted(postgres::sql::rollback);
        state_->send_queued();
    }
}

Async<void> Connection::settle() {
    if (!state_->in_flight) co_return;
    co_await state_->finish();
    state_->take_results();
}

Async<std::vector<Notification>> Connection::notifications() {
    co_await state_->hear();
    co_return std::move(state_->heard);
}

bool Connection::in_transaction() const { return state_->in_transaction(); }
bool Connection::is_lost() const { return state_->lost; }
bool Connection::is_alive() { return state_->is_alive(); }
void Connection::close() { state_->lose("closed by us"); }
std::uint64_t Connection::statements() const { return state_->statements; }

} // namespace splot::storage
