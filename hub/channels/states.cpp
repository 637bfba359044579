#include "hub/channels/messages.h"
#include "hub/channels/service.h"
#include "storage/channels/queries.h"

#include <algorithm>

namespace splot::channels {
namespace {

const access::ScopeBook* scope_of(const Call& call, const access::ObjectFact& channel) {
    for (const auto& scope : call.access.scopes())
        if (scope->lane(channel.lane)) return scope.get();
    return nullptr;
}

storage::channels::CountedLabels count_what(const Call& call, const Grant& grant,
                                            const std::vector<access::ObjectFact>& channels) {
    storage::channels::CountedLabels counted;
    for (const auto& channel : channels) {
        const auto* scope = scope_of(call, channel);
        if (!scope) continue;
        for (const auto& label : scope->labels) {
            const auto since = grant.since(label.id);
            if (label.lane != channel.lane || !since) continue;
            counted.channels.emplace_back(channel.id);
            counted.labels.push_back(label.id);
            counted.since.push_back(joined_later(*since, channel));
        }
    }
    return counted;
}

} // namespace

Async<std::vector<identity::ChannelState>> states(Call& call, const Grant& grant,
                                                  std::vector<access::ObjectFact> objects,
                                                  std::map<std::int64_t, std::int64_t> heads) {
    std::vector<ChannelId> ids;
    for (const auto& object : objects)
        ids.emplace_back(object.id);
    const auto found = co_await storage::channels::channels(call.tx(), grant, ids);
    const auto rows =
        co_await storage::channels::channel_states(call.tx(), grant, std::move(ids), count_what(call, grant, objects));
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
