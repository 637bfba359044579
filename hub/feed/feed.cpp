#include "hub/feed/feed.h"

#include "hub/access/kernel.h"
#include "hub/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

namespace splot::feed {
namespace {

namespace asio = boost::asio;
using storage::log::Range;

constexpr std::size_t most_parked = 2'000;
/// A missing number is usually on its way from another shard of this hub.
constexpr auto patience = std::chrono::milliseconds(10);
constexpr std::int64_t most_filled = 500; ///< events of one stream in one look; the rest by the next

} // namespace

ShardFeed::ShardFeed(Feed& feed, Shard& shard, storage::Pool& log, Replayer& replayer) :
    feed_(feed), shard_(shard), log_(log), replayer_(replayer) {}

// ---- as the shard of connections

Async<void> ShardFeed::listen(std::vector<Subscription*> subscriptions) {
    std::map<std::size_t, std::vector<std::int64_t>> by_home;
    for (auto* subscription : subscriptions) {
        subscriptions_[subscription->stream].push_back(subscription);
        by_home[feed_.home_of(subscription->stream).shard_.index()].push_back(subscription->stream);
    }
    co_await ask_homes(std::move(by_home));
}

Async<void> ShardFeed::fence() {
    std::map<std::size_t, std::vector<std::int64_t>> nothing;
    for (std::size_t home = 0; home < feed_.size(); ++home)
        nothing[home];
    co_await ask_homes(std::move(nothing));
}

Async<void> ShardFeed::ask_homes(std::map<std::size_t, std::vector<std::int64_t>> by_home) {
    struct Ack {
        OneShot<std::exception_ptr> done;
    };
    std::vector<std::shared_ptr<Ack>> acks;
    for (auto& [home, streams] : by_home) {
        auto& part = feed_.part(home);
        auto ack = acks.emplace_back(std::make_shared<Ack>());
        auto& here = shard_;
        // The home answers by a post back: neither thread touches the other's memory.
        asio::co_spawn(part.shard_.io(), part.follow(shard_.index(), std::move(streams)),
                       [ack, &here](std::exception_ptr failed) {
                           asio::post(here.io(), [ack, failed] { ack->done.set(failed); });
                       });
    }
    std::exception_ptr failed;
    for (const auto& ack : acks)
        if (const auto one = co_await ack->done.wait()) failed = one;
    if (failed) std::rethrow_exception(failed);
}

void ShardFeed::release(Subscription& subscription, std::int64_t head) {
    subscription.parked = false;
    auto waiting = std::exchange(subscription.waiting, {});
    for (const auto& event : waiting) {
        if (event.number <= head) continue;
        if (subscription.parked) // an unjudged label parked it again
            subscription.waiting.push_back(event);
        else if (!subscription.is_judged(event.label)) {
            subscription.parked = true;
            subscription.waiting.push_back(event);
            subscription.judge(event.label);
        } else if (subscription.reads(event.label, event.at))
            subscription.send(event);
    }
}

void ShardFeed::drop(Subscription& subscription) {
    const auto found = subscriptions_.find(subscription.stream);
    if (found == subscriptions_.end() || std::erase(found->second, &subscription) == 0) return;
    if (!found->second.empty()) return;
    subscriptions_.erase(found);
    auto& home = feed_.home_of(subscription.stream);
    asio::post(home.shard_.io(), [this, &home, listener = shard_.index(), stream = subscription.stream] {
        home.unfollow(listener, stream);
    });
}

void ShardFeed::deliver(const std::vector<Published>& events) {
    for (const auto& event : events) {
        const auto found = subscriptions_.find(event.stream);
        if (found == subscriptions_.end() || !event.frame) continue;
        for (auto* subscription : found->second) {
            if (!subscription->parked && !subscription->is_judged(event.label)) {
                subscription->parked = true;
                subscription->waiting.push_back(event);
                subscription->judge(event.label);
            } else if (!subscription->parked) {
                if (subscription->reads(event.label, event.at)) subscription->send(event);
            } else if (subscription->waiting.size() < most_parked) {
                subscription->waiting.push_back(event);
            } else {
                subscription->waiting.clear();
                subscription->fell_behind();
            }
        }
    }
}

void ShardFeed::whisper(const Whispered& whispered) {
    const auto found = subscriptions_.find(whispered.stream);
    if (found == subscriptions_.end()) return;
    const Published unstored{whispered.stream, 0, Instant::max(), whispered.label, whispered.frame};
    for (auto* subscription : found->second)
        if (subscription->reads(whispered.label, Instant::max())) subscription->send(unstored);
}

// ---- as the home of streams

Async<void> ShardFeed::follow(std::size_t listener, std::vector<std::int64_t> streams) {
    std::vector<std::int64_t> unknown;
    for (const auto stream : streams)
        if (!homes_.contains(stream)) unknown.push_back(stream);
    if (!unknown.empty()) {
        for (const auto& head : co_await storage::log::heads(log_, GrantMaker::pass(), std::move(unknown))) {
            // Another listener may have come meanwhile; then its start counts and nothing between is lost.
            homes_.try_emplace(head.key, Home{.id = head.id, .published = head.head});
        }
    }
    for (const auto stream : streams)
        if (const auto home = homes_.find(stream); home != homes_.end())
            home->second.shards |= std::uint64_t{1} << listener;
}

void ShardFeed::unfollow(std::size_t listener, std::int64_t stream) {
    const auto home = homes_.find(stream);
    if (home == homes_.end()) return;
    home->second.shards &= ~(std::uint64_t{1} << listener);
    if (home->second.shards == 0 && !home->second.filling) homes_.erase(home);
}

std::optional<Range> ShardFeed::advance(std::int64_t stream, Home& home,
                                        std::map<std::size_t, std::vector<Published>>& out) {
    auto& ahead = home.ahead;
    while (!ahead.empty() && ahead.begin()->first <= home.published + 1) {
        if (ahead.begin()->first == home.published + 1) {
            ++home.published;
            for (std::size_t shard = 0; shard < feed_.size(); ++shard)
                if (home.shards >> shard & 1) out[shard].push_back(ahead.begin()->second);
        }
        ahead.erase(ahead.begin());
    }
    if (ahead.empty()) return std::nullopt;
    return Range{stream, home.published, ahead.begin()->first - 1};
}

void ShardFeed::arrive(std::vector<Published> events) {
    std::map<std::size_t, std::vector<Published>> out;
    std::vector<std::int64_t> touched;
    for (auto& event : events) {
        const auto home = homes_.find(event.stream);
        if (home == homes_.end() || event.number <= home->second.published) continue;
        touched.push_back(event.stream);
        home->second.ahead.emplace(event.number, std::move(event));
    }
    std::vector<Range> gaps;
    for (const auto stream : touched)
        if (const auto gap = advance(stream, homes_.at(stream), out)) gaps.push_back(*gap);
    post_out(std::move(out));
    fill_soon(std::move(gaps));
}

void ShardFeed::post_out(std::map<std::size_t, std::vector<Published>> out) {
    for (auto& [shard, events] : out) {
        auto& part = feed_.part(shard);
        if (&part == this)
            deliver(events);
        else
            asio::post(part.shard_.io(), [&part, events = std::move(events)] { part.deliver(events); });
    }
}

void ShardFeed::hint(std::vector<std::pair<std::int64_t, std::int64_t>> heads) {
    std::vector<Range> gaps;
    for (const auto& [stream, head] : heads) {
        const auto home = homes_.find(stream);
        if (home == homes_.end() || head <= home->second.published) continue;
        gaps.push_back({stream, home->second.published, head});
    }
    fill_soon(std::move(gaps));
}

void ShardFeed::fill_soon(std::vector<Range> gaps) {
    std::erase_if(gaps, [&](const Range& gap) { return std::exchange(homes_.at(gap.stream).filling, true); });
    if (gaps.empty()) return;
    asio::co_spawn(shard_.io(), fill(std::move(gaps)), asio::detached);
}

Async<void> ShardFeed::fill(std::vector<Range> gaps) {
    asio::steady_timer timer(shard_.io(), patience);
    co_await timer.async_wait(asio::use_awaitable);
    for (auto& gap : gaps)
        if (const auto home = homes_.find(gap.stream); home != homes_.end())
            gap.after = std::max(gap.after, home->second.published);

    std::vector<Published> found;
    bool more = false;
    try {
        std::map<std::int64_t, std::int64_t> count;
        std::vector<Range> open;
        std::ranges::copy_if(gaps, std::back_inserter(open), [](const Range& gap) { return gap.after < gap.upto; });
        std::vector<Replayed> missed;
        if (!open.empty()) missed = co_await replayer_.load(std::move(open), most_filled);
        for (const auto& replayed : missed) {
            const auto home = homes_.find(replayed.event.stream);
            if (home == homes_.end()) continue;
            more = ++count[replayed.event.stream] == most_filled || more;
            found.push_back(replayer_.publish(home->second.id, replayed));
        }
    } catch (const std::exception& error) {
        log::warn("a gap could not be read and waits for the next look", {{"why", error.what()}});
    }
    for (const auto& gap : gaps) {
        const auto home = homes_.find(gap.stream);
        if (home == homes_.end()) continue;
        home->second.filling = false;
        if (home->second.shards == 0) homes_.erase(home);
    }
    const bool any = !found.empty();
    arrive(std::move(found));
    if (more && any)
        hint([&] {
            std::vector<std::pair<std::int64_t, std::int64_t>> rest;
            for (const auto& gap : gaps)
                rest.emplace_back(gap.stream, gap.upto);
            return rest;
        }());
}

Async<void> ShardFeed::poll_heads() {
    std::vector<std::int64_t> streams;
    for (const auto& [stream, home] : homes_)
        streams.push_back(stream);
    if (streams.empty()) co_return;
    std::vector<std::pair<std::int64_t, std::int64_t>> heads;
    for (const auto& head : co_await storage::log::heads(log_, GrantMaker::pass(), std::move(streams)))
        heads.emplace_back(head.key, head.head);
    hint(std::move(heads));
}

// ---- all shards

void Feed::publish(std::vector<Published> events) {
    std::map<std::size_t, std::vector<Published>> by_home;
    std::vector<std::pair<std::int64_t, std::int64_t>> heads;
    for (auto& event : events) {
        heads.emplace_back(event.stream, event.number);
        by_home[home_of(event.stream).shard().index()].push_back(std::move(event));
    }
    for (auto& [home, mine] : by_home) {
        auto& part = *parts_[home];
        asio::post(part.shard().io(), [&part, mine = std::move(mine)]() mutable { part.arrive(std::move(mine)); });
    }
    if (tell_others && !heads.empty()) tell_others(std::move(heads));
}

void Feed::hint(std::vector<std::pair<std::int64_t, std::int64_t>> heads) {
    std::map<std::size_t, std::vector<std::pair<std::int64_t, std::int64_t>>> by_home;
    for (const auto& head : heads)
        by_home[home_of(head.first).shard().index()].push_back(head);
    for (auto& [home, mine] : by_home) {
        auto& part = *parts_[home];
        asio::post(part.shard().io(), [&part, mine = std::move(mine)] { part.hint(mine); });
    }
}

void Feed::whisper_here(Whispered whispered) {
    for (auto* part : parts_)
        asio::post(part->shard().io(), [part, whispered] { part->whisper(whispered); });
}

} // namespace splot::feed
