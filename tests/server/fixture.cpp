#include "tests/server/fixture.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sstream>

namespace splot::tests {
namespace {

Frame frame_of(std::size_t number, std::size_t size) {
    std::string text = std::to_string(number);
    text.resize(std::max(size, text.size()), ' '); // JSON all the same
    return std::make_shared<const std::string>(std::move(text));
}

/// Orders: `!answers N SIZE`, `!events N SIZE`, `!whispers N SIZE` (objects that are numbers from 0 on, padded),
/// `!close CODE REASON`, `!throw`. Anything else comes back as an answer.
class EchoUser : public WireUser {
public:
    EchoUser(Log& log, std::shared_ptr<Wire> wire) : log_(log), wire_(std::move(wire)) {}
    void on_frame(std::string text) override;
    void on_overflow() override {
        log_.add("overflow");
        wire_->send(std::make_shared<const std::string>("\"overflow\""), FrameKind::answer);
    }
    void on_shutdown() override {
        log_.add("shutdown");
        wire_->send(std::make_shared<const std::string>("\"bye\""), FrameKind::answer);
    }
    void on_closed() override {
        log_.add("closed");
        wire_->send(std::make_shared<const std::string>("\"too late\""), FrameKind::answer);
        wire_.reset();
    }

private:
    Log& log_;
    std::shared_ptr<Wire> wire_;
};

void EchoUser::on_frame(std::string text) {
    if (!text.starts_with('!'))
        return wire_->send(std::make_shared<const std::string>(std::move(text)), FrameKind::answer);
    std::istringstream words(text.substr(1));
    std::string order;
    words >> order;
    log_.add(order);
    if (order == "throw") throw std::runtime_error("as ordered");
    std::size_t count = 0;
    words >> count;
    if (order == "close") {
        std::string reason;
        words >> reason;
        return wire_->close(static_cast<std::uint16_t>(count), reason);
    }
    std::size_t size = 0;
    words >> size;
    const auto kind = order == "events"     ? FrameKind::event
                      : order == "whispers" ? FrameKind::whisper
                                            : FrameKind::answer;
    for (std::size_t i = 0; i < count; ++i)
        wire_->send(frame_of(i, size), kind);
}

} // namespace

void Log::add(std::string what) {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(what));
    changed_.notify_all();
}

void Log::await(const std::string& what, int times) {
    std::unique_lock lock(mutex_);
    const bool came =
        changed_.wait_for(lock, ceiling, [&] { return std::count(events_.begin(), events_.end(), what) >= times; });
    ASSERT_TRUE(came) << what << " did not happen " << times << " times";
}

int Log::count(const std::string& what) {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(std::count(events_.begin(), events_.end(), what));
}

std::vector<std::string> Log::all() {
    const std::lock_guard lock(mutex_);
    return events_;
}

Async<HttpAnswer> EchoSite::serve(Shard& shard, HttpRequest request) {
    log.add(request.method + " " + request.path);
    HttpAnswer answer;
    answer.body = request.body;
    if (request.path == "/page") {
        answer.content_type = "text/html; charset=utf-8";
        answer.body = "<!doctype html><title>Splot</title>";
    } else if (request.path == "/asked") {
        answer.body = request.peer + (request.secure ? " secure" : " plain") + (request.loopback ? " here" : " away") +
                      " " + request.query + " " + std::string(request.cookie("second"));
    } else if (request.path == "/throw") {
        throw std::runtime_error("as ordered");
    } else if (request.path == "/split") {
        answer.headers.emplace_back("X-Made-Up", "a\r\nSet-Cookie: stolen=1");
    } else if (request.path == "/file") {
        answer.headers.emplace_back("Cache-Control", "public, max-age=60");
    } else if (request.path == "/wait") {
        auto timer =
            std::make_shared<boost::asio::steady_timer>(shard.io(), std::chrono::steady_clock::time_point::max());
        {
            const std::lock_guard lock(mutex_);
            waiting_.emplace_back(&shard, timer);
        }
        log.add("waiting");
        co_await timer->async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        answer.body = "waited";
    }
    co_return answer;
}

unsigned EchoSite::admit(const HttpRequest&) { return admission; }

std::shared_ptr<WireUser> EchoSite::open(Shard&, std::shared_ptr<Wire> wire, const HttpRequest&) {
    {
        const std::lock_guard lock(mutex_);
        last_wire = wire;
    }
    return std::make_shared<EchoUser>(log, std::move(wire));
}

void EchoSite::release() {
    const std::lock_guard lock(mutex_);
    for (auto& [shard, timer] : waiting_)
        boost::asio::post(shard->io(), [timer = timer] { timer->cancel(); });
    waiting_.clear();
}

Folder::Folder() :
    path(std::filesystem::temp_directory_path() / ("splot-server-" + std::to_string(::getpid()) + "-" +
                                                   ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::create_directories(path.parent_path());
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

ServerTest::~ServerTest() {
    if (listener && shards) listener->shutdown(std::chrono::milliseconds(0));
    if (listener) {
        EXPECT_EQ(counts().connections.load(), 0);
    }
    if (shards) shards->stop();
    site.last_wire.reset();
}

void ServerTest::start(Transport transport) {
    if (transport == Transport::tls) {
        files = make_self_signed(folder.path);
        options.tls = std::make_shared<TlsContext>(files);
    }
    options.report = [this](std::exception_ptr) { site.log.add("reported"); };
    shards = std::make_unique<Shards>(2);
    listener = std::make_unique<Listener>(*shards, site, limits, options);
    listener->add_own_origin(endpoint().origin());
    listener->start();
    shards->start();
}

client::Endpoint ServerTest::endpoint() const {
    client::Endpoint there;
    there.host = "localhost";
    there.port = listener->port();
    there.tls = options.tls != nullptr;
    there.ca_file = files.certificate.string();
    return there;
}

Async<void> until(std::function<bool()> condition) {
    const auto end = std::chrono::steady_clock::now() + ceiling;
    boost::asio::steady_timer look_again(co_await boost::asio::this_coro::executor);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) throw std::runtime_error("nothing happened");
        look_again.expires_after(std::chrono::milliseconds(2));
        co_await look_again.async_wait(boost::asio::use_awaitable);
    }
}

Async<unsigned> status_of_upgrade(client::Session& session, client::Headers headers) {
    unsigned status = 101;
    try {
        co_await session.upgrade_with("/ws", std::move(headers));
    } catch (const client::UpgradeRefused& refused) {
        status = refused.status;
    }
    co_return status;
}

Async<std::uint16_t> code_of_close(client::Session& session) {
    std::uint16_t code = 0;
    try {
        for (;;)
            co_await session.receive();
    } catch (const client::SocketClosed& closed) {
        code = closed.code;
    }
    co_return code;
}

Async<std::string> read_to_end(client::Session& session) {
    std::string all;
    for (;;) {
        const std::string some = co_await session.receive_raw();
        if (some.empty()) break;
        all += some;
    }
    co_return all;
}

} // namespace splot::tests
