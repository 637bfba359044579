// One channel with 500 listeners: as many deliveries as the hub can, and what a lone one costs.
#include "tests/bench/figure.h"
#include "tests/bench/floor_peer.h"

#include <stdexcept>

namespace splot::bench {
namespace {

constexpr long channel = 501, first_person = 5001;
constexpr std::size_t people = 50, sockets_each = 10, listeners = people * sockets_each, posters = 8;
constexpr std::uint64_t most_ahead = 128; ///< messages that are on their way: below the hub's bound for one reader
constexpr std::size_t joined = 28;        ///< objects of one coalesced frame of the floor: one TLS record

struct Heard {
    std::uint64_t deliveries = 0;
    std::size_t object_size = 0;
    bool timing = false;
    std::vector<float> milliseconds;

    void take(std::string_view frame) {
        if (frame.find("streams.resync") != std::string_view::npos) throw std::runtime_error("a listener fell behind");
        const auto count = count_of(frame, "\"streams.event\"");
        if (count == 1) object_size = frame.size() - 2;
        deliveries += count;
        if (timing) take_times(frame);
    }

private:
    void take_times(std::string_view frame) {
        constexpr std::string_view mark = R"("text":"t=)";
        const auto now = Steady::now().time_since_epoch().count();
        for (auto at = frame.find(mark); at != std::string_view::npos; at = frame.find(mark, at)) {
            at += mark.size();
            milliseconds.push_back(static_cast<float>(now - std::atoll(frame.data() + at)) / 1e6F);
        }
    }
};

class Listener final : public Member {
public:
    Listener(Crowd& crowd, Heard& heard, long person) : Member(crowd, person, open_channel(channel)), heard_(heard) {}

private:
    void on_frame(std::string_view frame) override { heard_.take(frame); }
    Heard& heard_;
};

class FloorListener final : public FloorPeer {
public:
    FloorListener(Crowd& crowd, Heard& heard) : FloorPeer(crowd, Until::upgrade), heard_(heard) {}

private:
    void on_text(std::string_view frame) override { heard_.take(frame); }
    Heard& heard_;
};

class Poster final : public Member {
public:
    Poster(Crowd& crowd, long person) : Member(crowd, person, {}) {}
    void write() {
        static const std::string rest(180, 's');
        send_text(
            post(request_id(), channel, "t=" + std::to_string(Steady::now().time_since_epoch().count()) + " " + rest));
        ++unacknowledged_;
    }
    std::size_t unacknowledged() const { return unacknowledged_; }

private:
    void on_frame(std::string_view frame) override {
        if (frame.find(R"("error":{)") != std::string_view::npos)
            throw std::runtime_error("refused: " + std::string(frame));
        unacknowledged_ -= count_of(frame, R"("result":{"made")");
    }
    std::size_t unacknowledged_ = 0;
};

/// A hub with its 500 listeners and the posters.
struct Room {
    explicit Room(const Ground& ground) : hub(ground.start_hub()) {
        for (std::size_t i = 0; i < listeners; ++i)
            all.push_back(std::make_unique<Listener>(crowd, heard, first_person + static_cast<long>(i % people)));
        for (std::size_t i = 0; i < posters; ++i)
            writers.push_back(std::make_unique<Poster>(crowd, first_person + static_cast<long>(i)));
        enter_all(crowd, all, ground.port);
        enter_all(crowd, writers, ground.port);
    }
    void post_one() { writers[posted++ % posters]->write(); }
    void keep_posting(std::chrono::nanoseconds time) {
        const auto end = Steady::now() + time;
        crowd.run_until([&] {
            while (posted < heard.deliveries / listeners + most_ahead &&
                   writers[posted % posters]->unacknowledged() < 16)
                post_one();
            return Steady::now() >= end;
        });
    }
    void post_evenly(std::chrono::nanoseconds time, std::chrono::nanoseconds every) {
        const auto end = Steady::now() + time;
        for (auto next = Steady::now(); next < end; next += every) {
            crowd.run_until([&] { return Steady::now() >= next; });
            post_one();
        }
        crowd.run_until([&] { return heard.deliveries >= posted * listeners; });
    }

    std::unique_ptr<Child> hub;
    Crowd crowd;
    Heard heard;
    std::vector<std::unique_ptr<Listener>> all;
    std::vector<std::unique_ptr<Poster>> writers;
    std::uint64_t posted = 0;
};

struct FloorRoom {
    FloorRoom(const Ground& ground, std::size_t size, std::size_t join, long every_us) :
        server(ground.start_floor(
            {std::to_string(listeners), std::to_string(size), std::to_string(join), std::to_string(every_us)})) {
        for (std::size_t i = 0; i < listeners; ++i)
            all.push_back(std::make_unique<FloorListener>(crowd, heard));
        enter_all(crowd, all, ground.floor_port());
    }
    std::unique_ptr<Child> server;
    Crowd crowd;
    Heard heard;
    std::vector<std::unique_ptr<FloorListener>> all;
};

struct Spent {
    double deliveries, seconds, server_us;
};

/// Deliveries, time and the server's processor time while `work` runs.
template <class AnyRoom, class Work> Spent spend(AnyRoom& room, Child& server, Work work) {
    const auto heard = room.heard.deliveries;
    const auto began = Steady::now();
    const auto cpu = server.processor_time();
    work();
    return {static_cast<double>(room.heard.deliveries - heard),
            std::chrono::duration<double>(Steady::now() - began).count(),
            std::chrono::duration<double, std::micro>(server.processor_time() - cpu).count()};
}

/// The length of the hub's event for a message of the bench.
std::size_t event_size(const Ground& ground) {
    Room room(ground);
    room.post_one();
    room.crowd.run_until([&] { return room.heard.deliveries >= listeners; });
    return room.heard.object_size;
}

} // namespace

bool deliveries(const Ground& ground, Format format) {
    const auto size = event_size(ground);
    const auto measure = [&]() -> Sample {
        Room room(ground);
        room.keep_posting(std::chrono::seconds(1));
        const auto spent = spend(room, *room.hub, [&] { room.keep_posting(ground.sample()); });
        return {spent.deliveries / spent.seconds, {{"hub_us", spent.server_us / spent.deliveries}}};
    };
    const auto floor = [&] {
        FloorRoom room(ground, size, joined, 0);
        room.crowd.run_for(std::chrono::seconds(1));
        const auto spent = spend(room, *room.server, [&] { room.crowd.run_for(ground.sample()); });
        return spent.deliveries / spent.seconds;
    };
    return report(ground, {"deliveries", "deliveries/s", Holds::at_least, 0.7, measure, floor}, format);
}

bool lone_deliveries(const Ground& ground, Format format) {
    constexpr auto every = std::chrono::milliseconds(25);
    const auto size = event_size(ground);
    const auto measure = [&]() -> Sample {
        Room room(ground);
        room.post_evenly(std::chrono::seconds(1), every);
        room.heard.timing = true;
        const auto spent = spend(room, *room.hub, [&] { room.post_evenly(ground.sample(), every); });
        return {spent.server_us / spent.deliveries, {{"p99_ms", quantile(room.heard.milliseconds, 0.99)}}};
    };
    const auto floor = [&] {
        FloorRoom room(ground, size, 1, std::chrono::microseconds(every).count());
        room.crowd.run_for(std::chrono::seconds(1));
        const auto spent = spend(room, *room.server, [&] { room.crowd.run_for(ground.sample()); });
        return spent.server_us / spent.deliveries;
    };
    return report(
        ground, {"lone_deliveries", "us of processor", Holds::at_most, 1.2, measure, floor, {{"p99_ms", 100}}}, format);
}

} // namespace splot::bench
