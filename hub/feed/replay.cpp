#include "hub/feed/replay.h"

#include "hub/access/kernel.h"

namespace splot::feed {

void Replayer::add(std::vector<std::string_view> kinds, PayloadLoader loader) {
    for (const auto& kind : kinds)
        loader_of_.emplace(kind, loaders_.size());
    loaders_.push_back(std::move(loader));
}

Async<std::vector<Replayed>> Replayer::load(std::vector<storage::log::Range> ranges, std::int64_t most) {
    auto tx = co_await storage::Transaction::begin(log_, storage::Transaction::Mode::read_only_repeatable_read);
    std::vector<Replayed> events;
    for (auto& logged : co_await storage::log::replay(tx, GrantMaker::pass(), std::move(ranges), most))
        events.push_back({std::move(logged), {}});
    std::map<std::size_t, std::vector<Replayed*>> by_loader;
    for (auto& event : events)
        if (const auto found = loader_of_.find(event.event.kind); found != loader_of_.end())
            by_loader[found->second].push_back(&event);
    for (auto& [loader, wanted] : by_loader)
        co_await loaders_[loader](tx, std::move(wanted));
    co_await tx.commit();
    co_return events;
}

std::optional<std::int64_t> Replayer::number(std::int64_t stream, std::string_view cursor) const {
    const auto position = vault::read_cursor(key_, cursor);
    if (!position || position->stream != stream || position->number < 0) return std::nullopt;
    return position->number;
}

Published Replayer::publish(const StreamId& id, const Replayed& replayed) const {
    const auto& e = replayed.event;
    Published published{e.stream, e.number, e.at, e.label, nullptr};
    if (!replayed.payload.empty())
        published.frame = std::make_shared<const std::string>(
            event_notice(id, cursor(e.stream, e.number), e.kind, e.author(), e.at, e.request, replayed.payload));
    return published;
}

} // namespace splot::feed
