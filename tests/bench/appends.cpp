// Appends into storage: the writer alone, 32 in flight over 1,000 channels, against pgbench with 32 clients.
#include "storage/channels/queries.h"
#include "storage/log/writer.h"
#include "tests/bench/figure.h"
#include "tests/bench/member.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <random>
#include <sstream>
#include <stdexcept>

namespace splot::bench {
namespace {

constexpr int in_flight = 32, channels = 1000, first_channel = 1001;
constexpr long writer_person = 5101, writer_room = 257;

template <class Kind> Kind id(int kind, long number) { return *Kind::parse(numbered(kind, number)); }

struct Place {
    std::int64_t stream;
    std::int32_t label;
};

std::vector<Place> read_places(const Ground& ground) {
    std::istringstream rows(ground.psql("splot", "SELECT stream, label_id FROM channel WHERE team_id = '" +
                                                     numbered(7, writer_room) + "' ORDER BY id"));
    std::vector<Place> places;
    char bar = 0;
    for (Place place{}; rows >> place.stream >> bar >> place.label;)
        places.push_back(place);
    if (places.size() != channels) throw std::runtime_error("the world has not a thousand channels");
    return places;
}

/// What post_message hands over for a message of 200 bytes.
std::unique_ptr<storage::channels::NewMessage> message_in(const std::vector<Place>& places, int channel) {
    auto item = std::make_unique<storage::channels::NewMessage>();
    const auto& place = places[static_cast<std::size_t>(channel)];
    item->id = *MessageId::parse(request_id());
    item->stream = place.stream;
    item->channel = id<ChannelId>(4, first_channel + channel);
    item->topic = id<TopicId>(5, first_channel + channel);
    item->label = place.label;
    item->at = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    item->author = {
        id<PersonId>(1, writer_person), id<MandateId>(2, writer_person), id<InstitutionId>(3, writer_room), {}, {}};
    item->request_check.resize(16);
    item->body.resize(200, std::byte{'s'});
    item->by = item->author.person;
    item->device = id<DeviceId>(6, writer_person);
    item->request = *RequestId::parse(request_id());
    item->epochs = {
        {Uuid(item->by), 0}, {*Uuid::parse(numbered(3, writer_room)), 0}, {*Uuid::parse(numbered(7, writer_room)), 0}};
    return item;
}

struct Run {
    storage::log::Writer& writer;
    boost::asio::io_context& io;
    const std::vector<Place>& places;
    Steady::time_point end;
    std::uint64_t made = 0;
    int running = 0;
};

Async<void> keep_appending(Run& run, unsigned seed) {
    std::minstd_rand random(seed + 1);
    ++run.running;
    while (Steady::now() < run.end) {
        auto item = message_in(run.places, static_cast<int>(random() % channels));
        const auto stored = co_await run.writer.append(run.io, std::move(item));
        if (stored.outcome != storage::log::AppendOutcome::made) throw std::runtime_error("an append was not made");
        ++run.made;
    }
    --run.running;
}

Sample measure(const Ground& ground, const std::vector<Place>& places) {
    storage::ConnectOptions options;
    options.conninfo = ground.conninfo("splot");
    options.role = "splot_log";
    options.size = 1;
    storage::log::Writer writer(options);
    writer.start();
    boost::asio::io_context io{1};
    const auto began = Steady::now();
    Run run{writer, io, places, began + ground.sample()};
    for (unsigned i = 0; i < in_flight; ++i)
        boost::asio::co_spawn(io, keep_appending(run, i), [](std::exception_ptr failed) {
            if (failed) std::rethrow_exception(failed);
        });
    auto work = boost::asio::make_work_guard(io);
    while (run.running > 0 || run.made == 0)
        io.run_one_for(std::chrono::milliseconds(100));
    const double seconds = std::chrono::duration<double>(Steady::now() - began).count();
    writer.stop();
    return {static_cast<double>(run.made) / seconds,
            {{"messages_per_commit", static_cast<double>(run.made) / static_cast<double>(writer.batches())}}};
}

} // namespace

bool appends(const Ground& ground, Format format) {
    const auto places = read_places(ground);
    return report(ground,
                  {"appends", "messages/s", Holds::at_least, 1.6, [&] { return measure(ground, places); },
                   [&] { return ground.pgbench_appends(32, channels); }},
                  format);
}

} // namespace splot::bench
