// The WebSocket layer under bytes of strangers, for libFuzzer (tests/fuzz/run): the hub's own connection on one end of
// a pair of sockets, admitted by a real upgrade. A property that does not hold traps.
#include "hub/server/listener_state.h"
#include "tests/fuzz/must.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>

namespace splot {
namespace {

constexpr std::string_view upgrade =
    "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Protocol: splot.v1\r\n\r\n";

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t more = lead < 0x80   ? 0
                                 : lead < 0xc2 ? 9
                                 : lead < 0xe0 ? 1
                                 : lead < 0xf0 ? 2
                                 : lead < 0xf5 ? 3
                                               : 9;
        if (more == 9 || text.size() - i <= more) return false;
        std::uint32_t point = more == 0 ? lead : lead & (0x3f >> more);
        for (std::size_t k = 1; k <= more; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xc0) != 0x80) return false;
            point = point << 6 | (next & 0x3f);
        }
        if ((more == 2 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) ||
            (more == 3 && (point < 0x10000 || point > 0x10ffff)))
            return false;
        i += more + 1;
    }
    return true;
}

class EchoUser final : public WireUser {
public:
    explicit EchoUser(std::shared_ptr<Wire> wire) : wire_(std::move(wire)) {}
    void on_frame(std::string text) override {
        must(is_utf8(text) && text.size() <= Limits().frame);
        wire_->send(std::make_shared<const std::string>(std::move(text)), FrameKind::answer);
    }
    void on_overflow() override {}
    void on_closed() override { wire_.reset(); }

private:
    std::shared_ptr<Wire> wire_;
};

class EchoSite final : public Site {
public:
    Async<HttpAnswer> serve(Shard&, HttpRequest) override { co_return HttpAnswer{}; }
    unsigned admit(const HttpRequest&) override { return 101; }
    std::shared_ptr<WireUser> open(Shard&, std::shared_ptr<Wire> wire, const HttpRequest&) override {
        return std::make_shared<EchoUser>(std::move(wire));
    }
};

/// What the hub sent is whole, unmasked frames of a server; nothing follows a close.
void check_frames(std::string_view bytes, bool may_be_cut) {
    bool closed = false;
    while (!bytes.empty()) {
        must(!closed);
        if (bytes.size() < 2) return must(may_be_cut);
        const auto first = static_cast<unsigned char>(bytes[0]), second = static_cast<unsigned char>(bytes[1]);
        const int opcode = first & 0x0f;
        must((first & 0x80) && !(first & 0x70) && !(second & 0x80));
        must(opcode == 1 || opcode == 8 || opcode == 9 || opcode == 10);
        std::uint64_t size = second;
        std::size_t header = 2;
        const std::size_t more = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (bytes.size() < header + more) return must(may_be_cut);
        if (more) size = 0;
        for (; header < 2 + more; ++header)
            size = size << 8 | static_cast<unsigned char>(bytes[header]);
        if (bytes.size() - header < size) return must(may_be_cut);
        const auto payload = bytes.substr(header, size);
        if (opcode == 1) must(is_utf8(payload) && payload.starts_with('[') && payload.ends_with(']'));
        if (opcode == 8) must(size == 0 || (size >= 2 && size <= 125 && is_utf8(payload.substr(2))));
        closed = opcode == 8;
        bytes.remove_prefix(header + size);
    }
}

/// One hub for all inputs; one connection for each.
class Hub {
public:
    void serve(std::string_view bytes) {
        std::array<int, 2> ends{};
        must(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) == 0);
        auto& lines = *state_->lines[0];
        TlsStream::Socket socket(io(), boost::asio::ip::tcp::v4(), ends[1]);
        lines.add(std::make_shared<Connection>(state_, lines, std::move(socket)));
        peer_ = ends[0];

        send(upgrade);
        std::string head;
        run_until([&] { return read_into(head) || head.find("\r\n\r\n") != std::string::npos; });
        must(head.starts_with("HTTP/1.1 101 "));
        const auto rest = head.substr(head.find("\r\n\r\n") + 4);
        send(bytes);
        ::shutdown(peer_, SHUT_WR);
        std::string answers = rest;
        run_until([&] { return read_into(answers); });
        run_until([&] { return state_->counts.sockets.load() == 0; });
        ::close(peer_);
        check_frames(answers, true);
        must(state_->counts.failures.load() == 0);
    }

private:
    boost::asio::io_context& io() { return shards_[0].io(); }
    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(peer_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return; // the hub hung up, or takes no more before we read: either is its right
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// True once the hub has hung up.
    bool read_into(std::string& answers) {
        std::array<char, 16384> some;
        for (;;) {
            const auto got = ::recv(peer_, some.data(), some.size(), 0);
            if (got > 0)
                answers.append(some.data(), static_cast<std::size_t>(got));
            else
                return got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
        }
    }
    template <class Condition> void run_until(Condition condition) {
        io().restart();
        while (!condition())
            must(io().run_one_for(std::chrono::seconds(3)) > 0); // a connection that waits for nothing is lost
    }

    /// A peer that does not end in order is given up soon.
    static Limits hasty() {
        Limits limits;
        limits.close_time = std::chrono::milliseconds(40);
        return limits;
    }

    EchoSite site_;
    Shards shards_{1};
    std::shared_ptr<Listener::State> state_ =
        std::make_shared<Listener::State>(shards_, site_, hasty(), ListenerOptions{});
    int peer_ = -1;
};

} // namespace
} // namespace splot

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static auto* hub = new splot::Hub;
    hub->serve({reinterpret_cast<const char*>(data), size});
    return 0;
}
