#pragma once
#include "tests/bench/member.h"

namespace splot::bench {

/// A connection to the floor's server.
class FloorPeer : public Peer {
public:
    enum class Until { handshake, upgrade };
    FloorPeer(Crowd& crowd, Until until) : Peer(crowd), until_(until) {}
    void enter(std::uint16_t port) { connect(port); }
    bool is_settled() const { return settled_; }

private:
    void on_handshake() override {
        if (until_ == Until::handshake)
            settled_ = true;
        else
            send_bytes("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    }
    void on_http(unsigned, std::string_view) override { settled_ = true; }

    Until until_;
    bool settled_ = false;
};

} // namespace splot::bench
