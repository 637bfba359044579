// Sign-ins a second against bare Argon2id, and what the others feel of them.
#include "tests/bench/figure.h"
#include "tests/bench/member.h"

#include <argon2.h>

#include <array>
#include <atomic>
#include <stdexcept>
#include <thread>

namespace splot::bench {
namespace {

constexpr int in_flight = 8;

/// As the hub hashes: m = 64 MiB, t = 3, p = 1, on two threads.
double bare_hashes(const Ground& ground) {
    std::atomic<long> hashes{0};
    std::atomic<bool> running{true};
    const auto work = [&] {
        std::array<char, 32> tag{};
        const std::string salt(16, 's'), password(32, 'p');
        while (running) {
            argon2id_hash_raw(3, 64 * 1024, 1, password.data(), password.size(), salt.data(), salt.size(), tag.data(),
                              tag.size());
            ++hashes;
        }
    };
    const auto began = Steady::now();
    std::thread one(work), other(work);
    std::this_thread::sleep_for(ground.sample());
    running = false;
    one.join();
    other.join();
    return static_cast<double>(hashes) / std::chrono::duration<double>(Steady::now() - began).count();
}

/// Signs in again and again, each time as somebody else: nobody, so that no pause holds it up; a dummy costs the same.
class Knocker final : public Peer {
public:
    Knocker(Crowd& crowd, std::uint64_t& done) : Peer(crowd), done_(done) {}

private:
    void on_handshake() override { knock(); }
    void on_http(unsigned status, std::string_view body) override {
        if (status != 200) throw std::runtime_error("a sign-in was refused: " + std::string(body));
        ++done_;
        knock();
    }
    void on_lost() override { throw std::runtime_error("a sign-in lost its connection"); }

    void knock() {
        const std::string body =
            R"({"login":"nikt.)" + request_id().substr(24) + R"(","password":"zle haslo 777","device":"bench"})";
        send_bytes("POST /session/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                   "X-Splot: 1\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    std::uint64_t& done_;
};

/// Writes ten times a second and waits each time for its acknowledgement.
class Talker final : public Member {
public:
    Talker(Crowd& crowd, std::vector<float>& milliseconds, long person, long channel) :
        Member(crowd, person, open_channel(channel)), milliseconds_(milliseconds), channel_(channel) {}

    void write_when_due() {
        const auto now = Steady::now();
        if (waiting_ || now < due_) return;
        due_ = now + std::chrono::milliseconds(100);
        sent_at_ = now;
        waiting_ = true;
        send_text(post(request_id(), channel_, "dzień dobry"));
    }

private:
    void on_frame(std::string_view frame) override {
        if (frame.find(R"("result":{"made")") == std::string_view::npos) return;
        milliseconds_.push_back(std::chrono::duration<float, std::milli>(Steady::now() - sent_at_).count());
        waiting_ = false;
    }
    std::vector<float>& milliseconds_;
    long channel_;
    Steady::time_point sent_at_, due_;
    bool waiting_ = false;
};

/// What the talkers wait for in one sample of time.
float p99_of(Crowd& crowd, const Ground& ground, std::vector<std::unique_ptr<Talker>>& talkers,
             std::vector<float>& milliseconds) {
    milliseconds.clear();
    const auto until = Steady::now() + ground.sample();
    while (Steady::now() < until) {
        for (auto& talker : talkers)
            talker->write_when_due();
        crowd.run_for(std::chrono::milliseconds(2));
    }
    return static_cast<float>(quantile(milliseconds, 0.99));
}

Sample measure(const Ground& ground) {
    const auto hub = ground.start_hub();
    Crowd crowd;
    std::vector<float> milliseconds;
    std::vector<std::unique_ptr<Talker>> talkers;
    for (long team = 0; team < 16; ++team)
        talkers.push_back(std::make_unique<Talker>(crowd, milliseconds, team * 20 + 1, team * 2 + 1));
    enter_all(crowd, talkers, ground.port);
    p99_of(crowd, ground, talkers, milliseconds); // statements are prepared, caches filled
    const double alone = p99_of(crowd, ground, talkers, milliseconds);

    std::uint64_t done = 0;
    std::vector<std::unique_ptr<Knocker>> knockers;
    for (int i = 0; i < in_flight; ++i) {
        knockers.push_back(std::make_unique<Knocker>(crowd, done));
        knockers.back()->connect(ground.port);
    }
    crowd.run_until([&] { return done >= in_flight; });
    done = 0;
    const auto began = Steady::now();
    const double among = p99_of(crowd, ground, talkers, milliseconds);
    const double seconds = std::chrono::duration<double>(Steady::now() - began).count();
    return {static_cast<double>(done) / seconds,
            {{"p99_ms", among}, {"p99_alone_ms", alone}, {"p99_ratio", among / alone}}};
}

} // namespace

bool sign_ins(const Ground& ground, Format format) {
    return report(ground,
                  {"sign_ins",
                   "sign-ins/s",
                   Holds::at_least,
                   0.8,
                   [&] { return measure(ground); },
                   [&] { return bare_hashes(ground); },
                   {{"p99_ratio", 2}}},
                  format);
}

} // namespace splot::bench
