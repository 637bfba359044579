#include "hub/server/listener.h"

#include "hub/server/listener_state.h"

#include <sys/resource.h>

#include <algorithm>
#include <future>
#include <stdexcept>

namespace splot {
namespace {

using boost::asio::ip::tcp;
using namespace std::chrono_literals;

/// The process may open as many files as its hard limit says; connections get nine tenths of them.
std::size_t raise_file_limit() {
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 900;
    limit.rlim_cur = limit.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) ::getrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<std::size_t>(limit.rlim_cur / 10 * 9);
}

} // namespace

std::chrono::milliseconds sweep_interval(const Limits& limits) {
    const auto shortest =
        std::min({limits.handshake_time, limits.header_time, limits.body_time, limits.answer_time, limits.keep_alive,
                  limits.ping_after, limits.dead_after, limits.write_time, limits.close_time});
    return std::clamp(shortest / 4, 5ms, 1000ms);
}

Listener::State::State(Shards& shards, Site& its_site, Limits its_limits, ListenerOptions its_options) :
    site(its_site), limits(its_limits), options(std::move(its_options)), io(shards[0].io()), acceptor(io), retry_(io),
    grace_(io), most_connections_(raise_file_limit()) {
    for (std::size_t i = 0; i < shards.size(); ++i)
        lines.push_back(std::make_unique<ShardLines>(*this, shards[i]));
    try {
        const tcp::endpoint endpoint(boost::asio::ip::make_address(options.address), options.port);
        acceptor.open(endpoint.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.bind(endpoint);
        acceptor.listen(limits.backlog);
        port = acceptor.local_endpoint().port();
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error("cannot listen on " + options.address + " port " + std::to_string(options.port) +
                                 ": " + error.code().message());
    }
}

void Listener::State::report(std::exception_ptr failure) {
    ServerCounts::add(counts.failures);
    if (options.report) options.report(failure);
}

/// The next shard in turn that may begin one more handshake, or null.
ShardLines* Listener::State::next_with_room() {
    for (std::size_t tried = 0; tried < lines.size(); ++tried) {
        auto& candidate = *lines[turn_++ % lines.size()];
        if (!options.tls || candidate.handshakes.load() < limits.handshakes) return &candidate;
    }
    return nullptr;
}

void Listener::State::accept_next() {
    if (accepting_ || !acceptor.is_open()) return;
    ShardLines* chosen = next_with_room();
    if (chosen == nullptr) {
        waiting_for_room_ = true;
        chosen = next_with_room(); // a handshake may have ended before it could see that we wait
        if (chosen == nullptr) return;
    }
    waiting_for_room_ = false;
    accepting_ = true;
    acceptor.async_accept(chosen->shard.io(), [this, self = shared_from_this(), chosen](boost::system::error_code error,
                                                                                        TlsStream::Socket socket) {
        accepting_ = false;
        if (error == boost::asio::error::operation_aborted) return;
        if (error && error != boost::asio::error::connection_aborted) return retry_later();
        if (!error) take(*chosen, std::move(socket));
        accept_next();
    });
}

void Listener::State::take(ShardLines& chosen, TlsStream::Socket socket) {
    ServerCounts::add(counts.accepted);
    if (alive_.load() >= most_connections_) {
        ServerCounts::add(counts.refused_connections);
        return;
    }
    ++alive_;
    ServerCounts::add(counts.connections);
    if (options.tls) ++chosen.handshakes;
    boost::asio::post(chosen.shard.io(), [self = shared_from_this(), &chosen, taken = std::move(socket)]() mutable {
        chosen.add(std::make_shared<Connection>(self, chosen, std::move(taken)));
    });
}

/// No file descriptors, no memory: what waits in the backlog gets its turn when something has been closed.
void Listener::State::retry_later() {
    ServerCounts::add(counts.refused_connections);
    retry_.expires_after(100ms);
    retry_.async_wait([this, self = shared_from_this()](boost::system::error_code error) {
        if (!error) accept_next();
    });
}

void Listener::State::handshake_ended() {
    if (waiting_for_room_.exchange(false)) boost::asio::post(io, [self = shared_from_this()] { self->accept_next(); });
}

void Listener::State::connection_ended() {
    ServerCounts::add(counts.connections, std::int64_t{-1});
    if (--alive_ == 0 && shutting_down_.load())
        boost::asio::post(io, [self = shared_from_this()] { self->finish_if_empty(); });
}

void Listener::State::forget_connections() {
    if (alive_.load() == 0) return;
    for (auto& line : lines)
        line->forget_all();
}

void Listener::State::shut_down(std::chrono::milliseconds grace, std::function<void()> done) {
    boost::system::error_code ignored;
    acceptor.close(ignored);
    retry_.cancel();
    done_ = std::move(done);
    shutting_down_ = true;
    for (auto& line : lines)
        boost::asio::post(line->shard.io(), [self = shared_from_this(), &line = *line] { line.leave_all(); });
    grace_.expires_after(grace);
    grace_.async_wait([self = shared_from_this()](boost::system::error_code error) {
        if (error) return;
        for (auto& line : self->lines)
            boost::asio::post(line->shard.io(), [self, &line = *line] { line.abort_all(); });
    });
    finish_if_empty();
}

void Listener::State::finish_if_empty() {
    if (alive_.load() != 0 || !done_) return;
    grace_.cancel();
    for (auto& line : lines)
        boost::asio::post(line->shard.io(), [self = shared_from_this(), &line = *line] { line.stop_sweeping(); });
    std::exchange(done_, nullptr)();
}

Listener::Listener(Shards& shards, Site& site, Limits limits, ListenerOptions options) :
    state_(std::make_shared<State>(shards, site, limits, std::move(options))) {}

Listener::~Listener() { state_->forget_connections(); }

std::uint16_t Listener::port() const { return state_->port; }

void Listener::add_own_origin(std::string origin) { state_->options.own_origins.push_back(std::move(origin)); }

void Listener::start() {
    boost::asio::post(state_->io, [state = state_] { state->accept_next(); });
}

void Listener::stop_accepting() {
    boost::asio::post(state_->io, [state = state_] {
        boost::system::error_code ignored;
        state->acceptor.close(ignored);
    });
}

void Listener::shutdown(std::chrono::milliseconds grace, std::function<void()> done) {
    boost::asio::post(state_->io, [state = state_, grace, done = std::move(done)]() mutable {
        state->shut_down(grace, std::move(done));
    });
}

void Listener::shutdown(std::chrono::milliseconds grace) {
    std::promise<void> gone;
    shutdown(grace, [&gone] { gone.set_value(); });
    gone.get_future().wait();
}

const ServerCounts& Listener::counts() const { return state_->counts; }

} // namespace splot
