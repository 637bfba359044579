#include "hub/channels/service.h"
#include "storage/channels/queries.h"

#include <algorithm>

namespace splot::channels {
namespace {

/// Which labels of which channel count, from which number on.
struct Counted {
    std::vector<ChannelId> channels, of;
    std::vector<std::int32_t> labels;
    std::vector<std::int64_t> floors;
    std::vector<std::int64_t> streams; ///< rows whose floor must be looked up
    std::vector<Instant> since;
    std::vector<std::size_t> at;
};

const access::ScopeBook* scope_of(const Call& call, const access::ObjectFact& channel) {
    for (const auto& scope : call.access.scopes())
        if (scope->lane(channel.lane)) return scope.get();
    return nullptr;
}

Counted count_what(const Call& call, const Grant& grant, const std::vector<access::ObjectFact>& channels) {
    Counted counted;
    for (const auto& channel : channels) {
        counted.channels.emplace_back(channel.id);
        const auto* scope = scope_of(call, channel);
        if (!scope) continue;
        for (const auto& label : scope->labels) {
            const auto since = grant.since(label.id);
            if (label.lane != channel.lane || !since) continue;
            if (*since > channel.made_at) {
                counted.streams.push_back(channel.stream);
                counted.since.push_back(*since);
                counted.at.push_back(counted.floors.size());
            }
            counted.of.emplace_back(channel.id);
            counted.labels.push_back(label.id);
            counted.floors.push_back(0);
        }
    }
    return counted;
}

} // namespace

Async<std::vector<identity::ChannelState>> states(Call& call, const Grant& grant,
                                                  std::vector<access::ObjectFact> objects,
                                                  std::map<std::int64_t, std::int64_t> heads) {
    auto counted = count_what(call, grant, objects);
    std::vector<storage::log::Since> first;
    if (!counted.streams.empty())
        first = co_await storage::channels::first_since(call.tx(), counted.streams, counted.since);
    for (std::size_t i = 0; i < first.size(); ++i)
        counted.floors[counted.at[i]] = first[i].number;
    const auto found = co_await storage::channels::channels(call.tx(), grant, counted.channels);
    const auto rows = co_await storage::channels::channel_states(call.tx(), grant, counted.channels, counted.of,
                                                                 counted.labels, counted.floors);
    std::vector<identity::ChannelState> states;
    for (const auto& channel : found) {
        const auto row = std::ranges::find(rows, channel.id, &storage::channels::ChannelStateRow::channel);
        const auto object = std::ranges::find(objects, Uuid(channel.id), &access::ObjectFact::id);
        if (row == rows.end() || object == objects.end()) continue;
        std::optional<std::string> read;
        if (row->read) read = call.desk.cursor(object->stream, *row->read);
        states.push_back(
            {channel, call.desk.cursor(object->stream, heads.at(object->stream)), read, row->unread, row->mentions});
    }
    co_return states;
}

Async<std::vector<Channel>> readable_channels(Call& call, const Grant& grant) {
    std::vector<ChannelId> ids;
    for (const auto& channel : call.access.scope()->channels)
        if (grant.since(channel.label)) ids.emplace_back(channel.id);
    return storage::channels::channels(call.tx(), grant, std::move(ids));
}

} // namespace splot::channels
