// How a connection comes to be; what it does then is in connection_state.cpp.
#include "storage/postgres/connection_state.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace splot::storage {
namespace {

/// One "-c name=value" of the options that the server reads at start; blanks are escaped as it asks.
void add_setting(std::string& options, const std::string& name, const std::string& value) {
    options += " -c " + name + "=";
    for (const char c : value) {
        if (c == ' ' || c == '\\') options += '\\';
        options += c;
    }
}

/// The `options` that the connection string itself has, which ours must not push out.
std::string options_of(const std::string& conninfo) {
    char* complaint = nullptr;
    PQconninfoOption* all = PQconninfoParse(conninfo.c_str(), &complaint);
    if (!all) {
        PQfreemem(complaint); // it may quote the string, which may hold a password
        throw DatabaseGone("the connection string cannot be read");
    }
    std::string found;
    for (auto* option = all; option->keyword; ++option)
        if (std::string_view(option->keyword) == "options" && option->val) found = option->val;
    PQconninfoFree(all);
    return found;
}

std::string server_options(const ConnectOptions& options) {
    std::string text = options_of(options.conninfo);
    const auto add_time = [&](const char* name, std::chrono::milliseconds time) {
        add_setting(text, name, std::to_string(time.count()));
    };
    add_time("statement_timeout", options.statement_timeout);
    add_time("lock_timeout", options.lock_timeout);
    add_time("idle_in_transaction_session_timeout", options.idle_in_transaction);
    if (!options.role.empty()) add_setting(text, "role", options.role);
    for (const auto& [name, value] : options.settings)
        add_setting(text, name, value);
    return text;
}

PGconn* start_connecting(const ConnectOptions& options) {
    const std::string server = server_options(options);
    // What stands before dbname is a default, what stands after it wins over the connection string.
    const std::pair<const char*, const char*> pairs[] = {
        {"keepalives_idle", "10"},
        {"keepalives_interval", "5"},
        {"keepalives_count", "3"},
        {"tcp_user_timeout", "15000"},
        {"dbname", options.conninfo.c_str()},
        {"application_name", options.application_name.c_str()},
        {"client_encoding", "UTF8"},
        {"options", server.c_str()},
    };
    std::vector<const char*> keywords, values;
    for (const auto& [keyword, value] : pairs) {
        keywords.push_back(keyword);
        values.push_back(value);
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    return PQconnectStartParams(keywords.data(), values.data(), 1);
}

std::string first_line(const char* message) {
    const std::string_view text(message);
    return std::string(text.substr(0, text.find('\n')));
}

} // namespace

Async<void> Connection::State::connect(const ConnectOptions& options) {
    signal_.expires_after(options.connect_within);
    pg_ = start_connecting(options);
    if (!pg_) throw DatabaseGone("no memory for a connection");
    PQsetNoticeReceiver(pg_, accept_notice, this);
    auto next = PQstatus(pg_) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    while (next != PGRES_POLLING_OK) {
        if (next == PGRES_POLLING_FAILED) {
            const DatabaseGone gone(first_line(PQerrorMessage(pg_)));
            lose(gone.what());
            throw gone;
        }
        co_await wait_ready(next == PGRES_POLLING_READING ? Ready::wait_read : Ready::wait_write);
        next = PQconnectPoll(pg_);
    }
    PQsetnonblocking(pg_, 1);
    PQenterPipelineMode(pg_);
    socket_.assign(PQsocket(pg_));
}

/// The socket may be another one after each poll, so it is lent to Asio for one wait only.
Async<void> Connection::State::wait_ready(Ready what) {
    ready_ = false;
    socket_.assign(PQsocket(pg_));
    socket_.async_wait(what, [self = shared_from_this()](const boost::system::error_code& error) {
        if (error == boost::asio::error::operation_aborted) return;
        self->ready_ = true;
        self->signal_.cancel();
    });
    boost::system::error_code error;
    co_await signal_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, error));
    socket_.release();
    if (ready_) co_return;
    lose("no connection in time");
    if (error) throw boost::system::system_error(error); // cancelled
    throw DatabaseGone(why_lost_);
}

} // namespace splot::storage
