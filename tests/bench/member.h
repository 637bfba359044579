#pragma once
#include "tests/bench/crowd.h"

#include <string>

namespace splot::bench {

/// Ids of world.sql: 1 person, 2 mandate, 3 institution, 4 channel, 5 topic, 6 device, 7 team.
std::string numbered(int kind, long number);
/// A fresh UUIDv7.
std::string request_id();
/// A request as text. Params are a JSON object.
std::string request(std::string_view id, std::string_view method, std::string_view params);
std::string post(std::string_view id, long channel, std::string_view text);
std::string open_channel(long channel);

/// Somebody of world.sql: ticket and upgrade on one connection, then one first call.
class Member : public Peer {
public:
    /// `first`: the first call, with the id "first"; empty for none.
    Member(Crowd& crowd, long person, std::string first);

    void enter(std::uint16_t port);
    void set_first(std::string first) { first_ = std::move(first); }
    bool is_settled() const { return settled_; }
    /// The answer to the first call, as long as the bench says to keep it.
    std::string kept_answer;
    bool keep_answer = false;

protected:
    /// After the first call: every frame.
    virtual void on_frame(std::string_view /*frame*/) {}

private:
    void on_handshake() override;
    void on_http(unsigned status, std::string_view body) override;
    void on_text(std::string_view text) override;
    void on_lost() override;

    long person_;
    std::string first_;
    std::uint16_t port_ = 0;
    bool authenticated_ = false, settled_ = false;
};

/// Members enter, at most `at_once` at the same time, until all have settled.
template <class M>
void enter_all(Crowd& crowd, std::vector<std::unique_ptr<M>>& members, std::uint16_t port, std::size_t at_once = 64) {
    std::size_t begun = 0, settled = 0;
    crowd.run_until(
        [&] {
            while (settled < begun && members[settled]->is_settled())
                ++settled;
            while (begun < members.size() && begun < settled + at_once)
                members[begun++]->enter(port);
            return settled == members.size();
        },
        std::chrono::seconds(300));
}

} // namespace splot::bench
