// The floor for everything about sockets: our TLS stream and plain writes, no Beast and nothing of the hub above it.
//   splot_floor PORT FOLDER                               accepts, answers upgrades, reads and forgets
//   splot_floor PORT FOLDER LISTENERS SIZE JOIN EVERY_US  then sends each of that many sockets frames of JOIN objects
//                                                         of SIZE bytes, every so many microseconds, or (0) without
//                                                         rest
#include "hub/server/tls_context.h"
#include "hub/server/tls_stream.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using splot::TlsStream;
using Frame = std::shared_ptr<const std::string>;

struct Plan {
    std::size_t listeners = 0, size = 0, join = 1;
    std::chrono::microseconds every{0};
};

/// As a hub's event: the same length, and the time where the bench looks for it.
std::string object_of(std::size_t size) {
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    std::string object =
        R"({"jsonrpc":"2.0","method":"streams.event","params":{"text":"t=)" + std::to_string(now) + " ";
    if (object.size() + 3 < size) object.append(size - object.size() - 3, 's');
    return object + "\"}}";
}

/// One unmasked text frame with a JSON array (RFC 6455).
Frame make_frame(const Plan& plan) {
    std::string array = "[";
    for (std::size_t i = 0; i < plan.join; ++i)
        array += (i ? "," : "") + object_of(plan.size);
    array += "]";
    std::string frame = "\x81";
    const auto size = array.size();
    if (size < 65536) {
        frame += {126, static_cast<char>(size >> 8), static_cast<char>(size)};
    } else {
        frame += {127,
                  0,
                  0,
                  0,
                  0,
                  static_cast<char>(size >> 24),
                  static_cast<char>(size >> 16),
                  static_cast<char>(size >> 8),
                  static_cast<char>(size)};
    }
    return std::make_shared<const std::string>(frame + array);
}

class Loop;

class Line : public std::enable_shared_from_this<Line> {
public:
    Line(Loop& loop, TlsStream::Socket socket, std::shared_ptr<ssl_ctx_st> context) :
        loop_(loop), stream_(std::move(socket), std::move(context)) {}
    void start();
    void send(Frame frame);

private:
    void read();
    void write();

    Loop& loop_;
    TlsStream stream_;
    std::deque<Frame> queue_;
    std::size_t sent_ = 0;
};

/// One thread with its own lines.
class Loop {
public:
    Loop(const Plan& plan, std::atomic<std::size_t>& listening) : plan_(plan), listening_(listening), timer_(io) {}

    void joined(std::shared_ptr<Line> line) {
        lines_.push_back(std::move(line));
        if (++listening_ == plan_.listeners) all_are_here();
    }
    void broadcast() {
        const auto frame = make_frame(plan_);
        pending_ += lines_.size();
        for (auto& line : lines_)
            line->send(frame);
    }
    void frame_left() {
        if (--pending_ == 0 && plan_.every.count() == 0) asio::post(io, [this] { broadcast(); });
    }
    void start() {
        next_ = std::chrono::steady_clock::now();
        if (plan_.every.count() == 0) return lines_.empty() ? void() : broadcast();
        tick();
    }

    asio::io_context io{1};
    std::function<void()> all_are_here;

private:
    void tick() {
        next_ += plan_.every;
        timer_.expires_at(next_);
        timer_.async_wait([this](error_code) {
            broadcast();
            tick();
        });
    }

    const Plan& plan_;
    std::atomic<std::size_t>& listening_;
    asio::steady_timer timer_;
    std::chrono::steady_clock::time_point next_;
    std::vector<std::shared_ptr<Line>> lines_;
    std::size_t pending_ = 0;
};

void Line::start() {
    stream_.async_handshake([self = shared_from_this()](error_code error) {
        if (!error) self->read();
    });
}

void Line::read() {
    static thread_local std::array<char, 4096> some; // bytes come into it only when they are there
    stream_.async_read_some(asio::buffer(some), [self = shared_from_this()](error_code error, std::size_t size) {
        if (error) return;
        if (std::string_view(some.data(), size).starts_with("GET")) {
            self->send(std::make_shared<const std::string>(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"));
        }
        self->read();
    });
}

void Line::send(Frame frame) {
    queue_.push_back(std::move(frame));
    if (queue_.size() == 1) write();
}

void Line::write() {
    const auto& frame = *queue_.front();
    stream_.async_write_some(asio::buffer(frame.data() + sent_, frame.size() - sent_),
                             [self = shared_from_this()](error_code error, std::size_t size) {
                                 if (error) return;
                                 self->sent_ += size;
                                 if (self->sent_ == self->queue_.front()->size()) {
                                     const bool upgrade = self->queue_.front()->starts_with("HTTP");
                                     self->queue_.pop_front();
                                     self->sent_ = 0;
                                     if (upgrade)
                                         self->loop_.joined(self);
                                     else
                                         self->loop_.frame_left();
                                 }
                                 if (!self->queue_.empty()) self->write();
                             });
}

void open_many_files() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

void serve(std::uint16_t port, const std::string& folder, const Plan& plan) {
    const splot::TlsContext tls(splot::make_self_signed(folder));
    std::atomic<std::size_t> listening{0};
    std::vector<std::unique_ptr<Loop>> loops;
    std::vector<std::jthread> threads;
    std::vector<asio::executor_work_guard<asio::io_context::executor_type>> work;
    for (int i = 0; i < 2; ++i) {
        auto& loop = *loops.emplace_back(std::make_unique<Loop>(plan, listening));
        work.push_back(asio::make_work_guard(loop.io));
        loop.all_are_here = [&loops] {
            for (auto& one : loops)
                asio::post(one->io, [&one] { one->start(); });
        };
    }
    asio::io_context io;
    tcp::acceptor acceptor(io);
    acceptor.open(tcp::v4());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind({asio::ip::address_v4::loopback(), port});
    acceptor.listen(4096);
    for (auto& loop : loops)
        threads.emplace_back([&loop] { loop->io.run(); });
    std::cout << "ready" << std::endl;
    for (std::size_t turn = 0;; ++turn) {
        auto& loop = *loops[turn % loops.size()];
        TlsStream::Socket socket(loop.io);
        acceptor.accept(socket);
        asio::post(loop.io, [&loop, &tls, taken = std::move(socket)]() mutable {
            std::make_shared<Line>(loop, std::move(taken), tls.current())->start();
        });
    }
}

} // namespace

int main(int count, char** arguments) {
    if (count != 3 && count != 7) {
        std::cerr << "usage: splot_floor PORT FOLDER [LISTENERS SIZE JOIN EVERY_US]\n";
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    open_many_files();
    const auto number = [&](int i) { return count > i ? std::strtoul(arguments[i], nullptr, 10) : 0; };
    const Plan plan{number(3), number(4), count == 7 ? number(5) : 1, std::chrono::microseconds(number(6))};
    try {
        serve(static_cast<std::uint16_t>(number(1)), arguments[2], plan);
    } catch (const std::exception& error) {
        std::cerr << "splot_floor: " << error.what() << '\n';
        return 1;
    }
}
