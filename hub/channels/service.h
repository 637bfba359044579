#pragma once
#include "hub/rpc/dispatcher.h"
#include "protocol/channels/methods.h"
#include "protocol/identity/methods.h"

#include <map>

/// Channels with topics, messages. Who may call stands with each method in protocol/channels/methods.h.
namespace splot::channels {

Async<Result<Made>> create_channel(Call& call, CreateChannel ask);
Async<Result<Made>> add_member(Call& call, AddMember ask);
Async<Result<Made>> remove_member(Call& call, RemoveMember ask);
Async<Result<Made>> create_topic(Call& call, CreateTopic ask);
Async<Result<Made>> destroy_key(Call& call, DestroyKey ask);
Async<Result<Nothing>> typing(Call& call, Typing ask);

Async<Result<Append>> post_message(Call& call, PostMessage ask);
Async<Result<Made>> edit_message(Call& call, EditMessage ask);
Async<Result<Made>> delete_message(Call& call, DeleteMessage ask);
Async<Result<Page>> list_messages(Call& call, ListMessages ask);
Async<Result<Revisions>> list_revisions(Call& call, ListRevisions ask);
Async<Result<Made>> mark_read(Call& call, MarkRead ask);

/// What a new channel is made of; teams make their first ones with it (T-55).
struct ChannelPlan {
    std::string name, purpose;
    Lane lane = Lane::all;
    std::optional<TeamId> team;
    std::optional<InstitutionId> institution;
    bool sealed = false;
    std::vector<PersonId> listed;
};
/// Makes the channel inside the call's transaction; the caller was admitted. Its event goes to `room`.
Async<ChannelId> make_channel(Call& call, const Grant& grant, std::int64_t room, ChannelPlan plan);

/// A channel for `streams.open`: as it stands, within the reader's rights.
Async<ChannelSnapshot> snapshot(Call& call, const Grant& grant);

/// Channels of the last admission's scope that the grant reads.
Async<std::vector<Channel>> readable_channels(Call& call, const Grant& grant);
/// Head, read mark and what waits in each, after `admit_to_own`; the same number of statements for any number of them.
Async<std::vector<identity::ChannelState>> states(Call& call, const Grant& grant,
                                                  std::vector<access::ObjectFact> channels,
                                                  std::map<std::int64_t, std::int64_t> heads);

void add_handlers(Dispatcher& dispatcher);
/// What replay needs of this slice.
void add_replay(Desk& desk);

} // namespace splot::channels
