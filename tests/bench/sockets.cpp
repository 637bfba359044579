// What an idle socket holds, and how long 2,000 clients take to come back.
#include "tests/bench/figure.h"
#include "tests/bench/floor_peer.h"

#include <boost/json.hpp>

namespace splot::bench {
namespace {

/// Idle for a moment, so that what was held for the entering alone is given back.
constexpr auto settling = std::chrono::seconds(2);

template <class M>
double memory_of(Crowd& crowd, Child& server, std::vector<std::unique_ptr<M>>& members, std::uint16_t port) {
    const auto before = server.memory();
    enter_all(crowd, members, port);
    crowd.run_for(settling);
    return static_cast<double>(server.memory() - before) / static_cast<double>(members.size());
}

std::string start() { return request("first", "session.start", "{}"); }

/// The four streams of session.start's answer, with their cursors, as streams.resume takes them.
std::string resume_of(const std::string& frame) {
    const auto answer = boost::json::parse(frame).as_array().front().at("result");
    boost::json::array positions;
    for (const auto& state : answer.at("channels").as_array())
        positions.push_back({{"stream", state.at("channel").at("id")}, {"cursor", state.at("cursor")}});
    for (const auto& head : answer.at("streams").as_array())
        positions.push_back({{"stream", head.at("stream")}, {"cursor", head.at("cursor")}});
    positions.resize(std::min<std::size_t>(positions.size(), 4));
    return request("first", "streams.resume", boost::json::serialize(boost::json::object{{"streams", positions}}));
}

double seconds_since(Steady::time_point began) { return std::chrono::duration<double>(Steady::now() - began).count(); }

} // namespace

bool idle_memory(const Ground& ground, Format format) {
    const std::size_t sockets = ground.quick ? 2000 : 5000;
    const auto measure = [&]() -> Sample {
        const auto hub = ground.start_hub();
        Crowd crowd;
        std::vector<std::unique_ptr<Member>> members;
        for (std::size_t i = 1; i <= sockets; ++i)
            members.push_back(std::make_unique<Member>(crowd, static_cast<long>(i), start()));
        return {memory_of(crowd, *hub, members, ground.port)};
    };
    const auto floor = [&] {
        const auto server = ground.start_floor({});
        Crowd crowd;
        std::vector<std::unique_ptr<FloorPeer>> peers;
        for (std::size_t i = 0; i < sockets; ++i)
            peers.push_back(std::make_unique<FloorPeer>(crowd, FloorPeer::Until::upgrade));
        return memory_of(crowd, *server, peers, ground.floor_port());
    };
    return report(ground, {"idle_memory", "KiB a socket", Holds::at_most, 1.5, measure, floor}, format);
}

bool comeback(const Ground& ground, Format format) {
    constexpr std::size_t clients = 2000;
    auto hub = ground.start_hub();
    Crowd crowd;
    std::vector<std::unique_ptr<Member>> members;
    for (std::size_t i = 1; i <= clients; ++i) {
        members.push_back(std::make_unique<Member>(crowd, static_cast<long>(i), start()));
        members.back()->keep_answer = true;
    }
    enter_all(crowd, members, ground.port);
    for (auto& member : members) {
        member->set_first(resume_of(member->kept_answer));
        member->keep_answer = false;
    }
    const auto measure = [&]() -> Sample {
        for (auto& member : members)
            member->cut();
        hub.reset();
        hub = ground.start_hub();
        const auto began = Steady::now();
        const auto cpu = hub->processor_time();
        enter_all(crowd, members, ground.port, clients);
        const double seconds = seconds_since(began);
        return {seconds, {{"hub_cpu_s", std::chrono::duration<double>(hub->processor_time() - cpu).count()}}};
    };
    const auto floor = [&] {
        const auto server = ground.start_floor({});
        std::vector<std::unique_ptr<FloorPeer>> peers;
        for (std::size_t i = 0; i < clients; ++i)
            peers.push_back(std::make_unique<FloorPeer>(crowd, FloorPeer::Until::handshake));
        const auto began = Steady::now();
        enter_all(crowd, peers, ground.floor_port(), clients);
        return seconds_since(began);
    };
    return report(ground, {"comeback", "s for 2,000 clients", Holds::at_most, 3, measure, floor}, format);
}

} // namespace splot::bench
