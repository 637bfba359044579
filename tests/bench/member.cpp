#include "tests/bench/member.h"

#include <array>
#include <cstdio>
#include <random>
#include <stdexcept>

namespace splot::bench {

std::string numbered(int kind, long number) {
    std::array<char, 37> text;
    std::snprintf(text.data(), text.size(), "%d0000000-0000-7000-8000-%012ld", kind, number);
    return text.data();
}

std::string request_id() {
    static std::mt19937_64 random{std::random_device{}()};
    const auto ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
    const auto time = static_cast<unsigned long long>(ms.count());
    const auto noise = random();
    std::array<char, 64> text;
    std::snprintf(text.data(), text.size(), "%08llx-%04llx-7%03llx-8%03llx-%012llx", time >> 16, time & 0xFFFF,
                  (noise >> 48) & 0xFFFULL, (noise >> 36) & 0xFFFULL, random() & 0xFFFFFFFFFFFFULL);
    return text.data();
}

std::string request(std::string_view id, std::string_view method, std::string_view params) {
    std::string text = R"({"jsonrpc":"2.0","id":")";
    text.append(id).append(R"(","method":")").append(method).append(R"(","params":)").append(params).append("}");
    return text;
}

std::string post(std::string_view id, long channel, std::string_view text) {
    std::string params =
        R"({"channel":")" + numbered(4, channel) + R"(","topic":")" + numbered(5, channel) + R"(","text":")";
    params.append(text).append(R"(","mentions":[]})");
    return request(id, "channels.post_message", params);
}

std::string open_channel(long channel) {
    return request("first", "streams.open", R"({"stream":")" + numbered(4, channel) + R"("})");
}

Member::Member(Crowd& crowd, long person, std::string first) : Peer(crowd), person_(person), first_(std::move(first)) {}

void Member::enter(std::uint16_t port) {
    port_ = port;
    authenticated_ = settled_ = false;
    connect(port);
}

void Member::on_handshake() {
    const std::string host = "localhost:" + std::to_string(port_);
    send_bytes("POST /session/ticket HTTP/1.1\r\nHost: " + host + "\r\nOrigin: https://" + host +
               "\r\nCookie: __Host-splot=bench-" + std::to_string(person_) +
               "\r\nX-Splot: 1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
}

void Member::on_http(unsigned status, std::string_view body) {
    if (status == 200) {
        constexpr std::string_view start = R"({"ticket":")";
        if (!body.starts_with(start)) throw std::runtime_error("no ticket: " + std::string(body));
        const auto ticket = body.substr(start.size(), body.find('"', start.size()) - start.size());
        first_ =
            request("auth", "session.authenticate", R"({"ticket":")" + std::string(ticket) + R"("})") + "\n" + first_;
        send_bytes("GET /ws HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) +
                   "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                   "dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: splot.v1\r\n\r\n");
    } else if (status == 101) {
        const auto line = first_.find('\n');
        const auto authenticate = first_.substr(0, line);
        first_.erase(0, line + 1);
        send_text(authenticate);
    } else {
        throw std::runtime_error("HTTP status " + std::to_string(status) + ": " + std::string(body));
    }
}

void Member::on_text(std::string_view text) {
    if (settled_) return on_frame(text);
    const std::string_view awaited = authenticated_ ? R"("id":"first","result")" : R"("id":"auth","result")";
    if (text.find(R"("error":)") != std::string_view::npos)
        throw std::runtime_error("refused: " + std::string(text.substr(0, 400)));
    if (text.find(awaited) == std::string_view::npos) return;
    if (authenticated_ || first_.empty()) {
        settled_ = true;
        if (keep_answer) kept_answer = text;
        return;
    }
    authenticated_ = true;
    send_text(first_);
}

void Member::on_lost() {
    if (!settled_)
        throw std::runtime_error("the connection of person " + std::to_string(person_) + " was lost on entering");
}

} // namespace splot::bench
