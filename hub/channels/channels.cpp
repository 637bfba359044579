#include "hub/channels/messages.h"
#include "hub/channels/rules.h"
#include "hub/channels/service.h"
#include "hub/make_id.h"
#include "hub/teams/service.h"
#include "protocol/channels/events.h"
#include "protocol/teams/events.h"
#include "protocol/text.h"
#include "storage/access/queries.h"

#include <algorithm>

namespace splot::channels {
namespace {

access::LaneKind kind_of(Lane lane) { return static_cast<access::LaneKind>(lane); }
static_assert(static_cast<int>(Lane::institution) == static_cast<int>(access::LaneKind::institution));

storage::log::Draft draft(const access::ObjectFact& channel, std::string_view kind, Uuid object,
                          std::optional<Uuid> subject = {}) {
    return {channel.stream, std::string(kind), object, {}, subject, channel.label};
}

/// Everybody on a list acts in that team (or institution) now (T-07).
Async<bool> all_belong(Call& call, std::vector<PersonId> persons, std::optional<TeamId> team,
                       std::optional<InstitutionId> institution) {
    const auto facts = co_await call.access.kernel().facts(std::move(persons));
    co_return std::ranges::all_of(facts, [&](const access::FactsPtr& one) {
        return std::ranges::any_of(one->mandates, [&](const access::MandateFact& m) {
            const bool holds = m.from <= call.now && (!m.until || call.now < *m.until);
            return holds && (team ? m.team == team : m.institution == institution);
        });
    });
}

} // namespace

Async<ChannelId> make_channel(Call& call, const Grant& grant, std::int64_t room, ChannelPlan plan) {
    const ChannelId id(make_id(call.now));
    const bool listed = plan.lane == Lane::listed;
    const storage::access::LaneKey key{plan.team ? access::Scope::team : access::Scope::institution,
                                       plan.team ? Uuid(*plan.team) : Uuid(*plan.institution), kind_of(plan.lane),
                                       listed ? std::optional(id) : std::nullopt};
    const auto lane = co_await storage::access::intern_lane(call.tx(), key);
    const auto label = co_await storage::access::intern_whole_lane(call.tx(), lane.id);
    call.access.widen(label, call.now);

    storage::channels::NewChannel channel{id,    0,         plan.name,        plan.purpose, lane.id,
                                          label, plan.team, plan.institution, {},           call.now};
    channel.stream = co_await storage::log::make_stream(call.tx(), grant, Uuid(id), "channel", call.now);
    if (plan.sealed) {
        channel.key = KeyId(make_random_id());
        co_await call.desk.bodies.create_key(*channel.key, Uuid(id)); // stored before the first row that uses it
    }
    storage::channels::insert_channel(call.tx(), grant, channel);
    if (listed) storage::channels::add_members(call.tx(), grant, id, plan.listed, call.now);

    const teams::ChannelCreated event{
        Channel{id, plan.name, plan.purpose, plan.lane, plan.team, plan.institution, plan.sealed}};
    const StreamId room_id(plan.team ? Uuid(*plan.team) : Uuid(*plan.institution));
    call.streams.append(room_id, {room, std::string(event.kind), Uuid(id), {}, {}, label}, json::to_json(event));
    call.facts_moved = true;
    co_return id;
}

Async<Result<Made>> create_channel(Call& call, CreateChannel ask) {
    CO_CHECK(check_name(ask.name, rules::longest_name, "params.name"));
    if (ask.team.has_value() == ask.institution.has_value()) co_return refuse(Code::invalid, "T-55", "params.team");
    if ((ask.lane == Lane::institution) != ask.institution.has_value() && ask.lane != Lane::listed)
        co_return refuse(Code::invalid, "T-55", "params.lane");
    if (ask.listed.size() > rules::most_listed || (ask.lane != Lane::listed && !ask.listed.empty()))
        co_return refuse(Code::invalid, {}, "params.listed");

    Result<Grant> admitted = refuse(Code::not_found);
    if (ask.team)
        admitted = co_await call.access.admit(access::Action::manage_channels, *ask.team);
    else
        admitted = co_await call.access.admit(access::Action::manage_institution_channels, *ask.institution);
    CO_TRY(const Grant grant, std::move(admitted));

    if (ask.lane == Lane::listed && std::ranges::find(ask.listed, call.actor().person) == ask.listed.end())
        ask.listed.push_back(call.actor().person); // else nobody could lead it
    const bool belong = co_await all_belong(call, ask.listed, ask.team, ask.institution);
    if (!belong) co_return refuse(Code::invalid, "T-55", "params.listed");
    ChannelPlan plan{ask.name, ask.purpose, ask.lane, ask.team, ask.institution, ask.sealed, ask.listed};
    const auto id = co_await make_channel(call, grant, grant.stream(), std::move(plan));
    co_return Made{{Uuid(id)}, {}};
}

Async<Result<Made>> add_member(Call& call, AddMember ask) {
    CO_TRY(const Grant grant, co_await call.access.admit(access::Action::manage_channels, ask.channel));
    const auto channel = call.access.object();
    if (call.access.scope()->lane(channel.lane)->kind != access::LaneKind::listed)
        co_return refuse(Code::conflict, "T-55", "params.channel");
    const bool belongs = co_await all_belong(call, just(ask.person), channel.team, channel.institution);
    if (!belongs) co_return refuse(Code::invalid, "T-55", "params.person");
    storage::channels::add_members(call.tx(), grant, ask.channel, just(ask.person), call.now);
    const ChannelMemberAdded event{ask.channel, ask.person};
    call.streams.append(StreamId(Uuid(ask.channel)), draft(channel, event.kind, channel.id, Uuid(ask.person)),
                        json::to_json(event));
    call.facts_moved = true;
    co_return Made{{Uuid(ask.person)}, {}};
}

Async<Result<Made>> remove_member(Call& call, RemoveMember ask) {
    const bool leaves = ask.person == call.actor().person;
    CO_TRY(const Grant grant,
           co_await call.access.admit(leaves ? access::Action::read : access::Action::manage_channels, ask.channel));
    const auto channel = call.access.object();
    const auto removed = co_await storage::channels::remove_member(call.tx(), grant, ask.channel, ask.person, call.now);
    if (removed == 0) co_return refuse(Code::conflict, {}, "params.person");
    const ChannelMemberRemoved event{ask.channel, ask.person};
    call.streams.append(StreamId(Uuid(ask.channel)), draft(channel, event.kind, channel.id, Uuid(ask.person)),
                        json::to_json(event));
    call.facts_moved = true;
    co_return Made{{Uuid(ask.person)}, {}};
}

Async<Result<Made>> create_topic(Call& call, CreateTopic ask) {
    CO_CHECK(check_name(ask.name, rules::longest_name, "params.name"));
    CO_TRY(const Grant grant, co_await call.access.admit(access::Action::post, ask.channel));
    const auto channel = call.access.object();
    const Topic topic{TopicId(make_id(call.now)), ask.channel, ask.name};
    storage::channels::insert_topic(call.tx(), grant, topic, channel.label, call.now);
    const TopicCreated event{topic};
    call.streams.append(StreamId(Uuid(ask.channel)), draft(channel, event.kind, Uuid(topic.id)), json::to_json(event));
    co_return Made{{Uuid(topic.id)}, {}};
}

/// The key goes first: when the transaction then fails, a repetition finds the key destroyed and finishes.
Async<Result<Made>> destroy_key(Call& call, DestroyKey ask) {
    CO_CHECK(co_await call.access.admit(access::Action::destroy_key, ask.channel));
    const auto channel = call.access.object();
    std::optional<InstitutionId> lead = channel.institution;
    if (channel.team) {
        CO_TRY(const Grant reader, co_await call.access.admit(access::Action::read, *channel.team));
        lead = co_await teams::lead_of(call, reader, *channel.team);
    }
    CO_TRY(const Grant grant, co_await call.access.admit(access::Action::destroy_key, ask.channel));
    if (lead != call.author().institution) co_return refuse(Code::gate_closed, "A-36");
    if (!channel.key || channel.key_destroyed) co_return refuse(Code::conflict, "A-73", "params.channel");
    co_await call.desk.bodies.destroy_key(*channel.key);
    const auto destroyed = co_await storage::channels::destroy_key(call.tx(), grant, ask.channel, call.now);
    if (destroyed == 0) co_return refuse(Code::conflict, "A-73", "params.channel");
    const ChannelKeyDestroyed event{ask.channel};
    call.streams.append(StreamId(Uuid(ask.channel)), draft(channel, event.kind, channel.id), json::to_json(event));
    call.facts_moved = true;
    co_return Made{{Uuid(ask.channel)}, {}};
}

} // namespace splot::channels
