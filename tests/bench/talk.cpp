// Acknowledged messages a second through a whole hub: each writer waits for its acknowledgement before it writes again.
#include "tests/bench/figure.h"
#include "tests/bench/member.h"

#include <stdexcept>

namespace splot::bench {
namespace {

/// One window for all writers: what is acknowledged in it counts.
struct Count {
    bool running = false;
    std::uint64_t acknowledged = 0, heard = 0;
    std::vector<float> milliseconds;
};

class Writer final : public Member {
public:
    Writer(Crowd& crowd, Count& count, long person, long channel) :
        Member(crowd, person, open_channel(channel)), count_(count), channel_(channel) {}

    void write() {
        static const std::string text(200, 's');
        sent_at_ = Steady::now();
        send_text(post(request_id(), channel_, text));
    }

private:
    void on_frame(std::string_view frame) override {
        if (frame.find(R"("error":{)") != std::string_view::npos)
            throw std::runtime_error("refused: " + std::string(frame));
        if (frame.find("streams.resync") != std::string_view::npos) throw std::runtime_error("a writer fell behind");
        if (count_.running) count_.heard += count_of(frame, "streams.event");
        if (frame.find(R"("result":{"made")") == std::string_view::npos) return;
        if (count_.running) {
            ++count_.acknowledged;
            count_.milliseconds.push_back(std::chrono::duration<float, std::milli>(Steady::now() - sent_at_).count());
        }
        write();
    }

    Count& count_;
    long channel_;
    Steady::time_point sent_at_;
};

Sample measure(const Ground& ground, const std::vector<std::pair<long, long>>& people_and_channels) {
    const auto hub = ground.start_hub();
    Crowd crowd;
    Count count;
    std::vector<std::unique_ptr<Writer>> writers;
    for (const auto& [person, channel] : people_and_channels)
        writers.push_back(std::make_unique<Writer>(crowd, count, person, channel));
    enter_all(crowd, writers, ground.port);
    for (auto& writer : writers)
        writer->write();
    crowd.run_for(std::chrono::seconds(1)); // statements are prepared, caches filled
    count.running = true;
    const auto began = Steady::now();
    const auto cpu = hub->processor_time();
    crowd.run_for(ground.sample());
    count.running = false;
    const double seconds = std::chrono::duration<double>(Steady::now() - began).count();
    const auto used = std::chrono::duration<double, std::micro>(hub->processor_time() - cpu).count();
    const auto made = static_cast<double>(count.acknowledged);
    return {made / seconds,
            {{"p50_ms", quantile(count.milliseconds, 0.5)},
             {"p99_ms", quantile(count.milliseconds, 0.99)},
             {"hub_us", used / made}}};
}

} // namespace

/// Channels 1, 3, 5… are the first of the first 32 teams; two people of each.
bool talk(const Ground& ground, Format format) {
    std::vector<std::pair<long, long>> writers;
    for (long team = 0; team < 32; ++team)
        for (long person : {1, 2})
            writers.emplace_back(team * 20 + person, team * 2 + 1);
    return report(ground,
                  {"talk", "messages/s", Holds::at_least, 0.5, [&] { return measure(ground, writers); },
                   [&] { return ground.pgbench_appends(32, 1000); }},
                  format);
}

bool one_channel(const Ground& ground, Format format) {
    std::vector<std::pair<long, long>> writers;
    for (long person = 5051; person < 5059; ++person)
        writers.emplace_back(person, 502);
    return report(ground,
                  {"one_channel", "messages/s", Holds::at_least, 2.0, [&] { return measure(ground, writers); },
                   [&] { return ground.pgbench_appends(8, 1); }},
                  format);
}

} // namespace splot::bench
