// A reader that does not keep up is told to resume, and misses nothing by it.
#include "tests/world/world.h"

#include "protocol/channels/events.h"

#include <algorithm>

namespace splot::streams {
namespace {

using namespace world;

class SlowReader : public WorldTest {};

TEST_F(SlowReader, is_told_to_resume_and_then_has_everything_once) {
    const auto place = given_channel();
    const auto id = stream(place.channel);
    boost::asio::io_context elsewhere{1}; // runs only when the slow one reads
    client::ClientSettings settings{world.endpoint(world.hub())};
    settings.endpoint.receive_buffer = 4096;
    Visitor slow(elsewhere, world.clock, std::move(settings));
    slow.enter(hanna.login);
    std::string cursor = slow.opened(id).cursor;

    std::string large;
    for (int i = 0; i < 9'900; ++i)
        large += "ż";
    std::vector<Begun<Made>> posts;
    constexpr int count = 450; // nine megabytes: more than the queue and the kernel hold
    for (int i = 0; i < count; ++i) {
        channels::PostMessage ask{place.channel, place.topic, Personal(std::to_string(i) + large), {}, {}, {}, {}, {}};
        posts.push_back(when(nina).begins(std::move(ask)));
        if (posts.size() < 32) continue;
        for (const auto& post : posts)
            Visitor::expect(when(nina).ends<Made>(post), "post");
        posts.clear();
    }
    for (const auto& post : posts)
        Visitor::expect(when(nina).ends<Made>(post), "post");

    int seen = 0;
    bool told = false;
    while (!told) {
        const auto notice = run(elsewhere, slow.client().next(std::chrono::seconds(20)));
        ASSERT_TRUE(notice);
        if (const auto* event = std::get_if<Event>(&*notice)) ++seen, cursor = event->cursor;
        if (const auto* resync = std::get_if<Resync>(&*notice))
            told = std::ranges::find(resync->streams, id) != resync->streams.end();
    }
    EXPECT_LT(seen, count);
    while (seen < count) {
        const auto opened = slow.opened(id, cursor);
        ASSERT_FALSE(opened.events.empty());
        seen += static_cast<int>(opened.events.size());
        cursor = opened.cursor;
    }
    EXPECT_EQ(seen, count);
}

} // namespace
} // namespace splot::streams
