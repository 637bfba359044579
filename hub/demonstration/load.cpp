#include "hub/demonstration/load.h"

#include "hub/demonstration/days.h"
#include "hub/demonstration/world.h"
#include "hub/hub.h"
#include "hub/identity/setup.h"
#include "hub/log.h"
#include "hub/make_id.h"
#include "hub/rpc/session.h"
#include "protocol/all_methods.h"
#include "storage/demonstration/empty.h"
#include "storage/identity/queries.h"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace splot::demonstration {
namespace {

constexpr std::int32_t founded = -580;  ///< calendar days: before every `from` of the world
constexpr std::int32_t furnished = -40; ///< when channels and topics were made

/// Loads as people would have done it: each act is a call of the service by the one who may.
class Loader {
public:
    Loader(Hub& hub, Desk& desk, Instant now) :
        hub_(hub), desk_(desk), day_(day_of_loading(now)), world_(read_world()) {}

    Async<void> load() {
        const Personal<std::string> name("Administrator Splotu");
        administrator_ =
            co_await identity::make_administrator(desk_, name, "administrator", std::nullopt, std::nullopt);
        co_await load_institutions();
        co_await load_teams();
        co_await load_mandates();
        co_await load_channels();
        co_await load_talk();
        co_await load_cards();
    }

private:
    template <class M> Async<Made> act(PersonId who, Instant when, M ask) {
        const access::Actor actor{who, {}, {}};
        std::string method(M::method.name);
        const auto made = co_await hub_.dispatcher().call(desk_, actor, RequestId(make_id(when)), when, std::move(ask));
        if (!made)
            throw std::logic_error("the demonstration could not " + method + ": " +
                                   std::string(name_of(made.error().code)) + " " + made.error().field);
        co_return *made;
    }

    Instant day(std::int32_t number) const { return start_of_day(day_, number) + std::chrono::hours(8); }
    PersonId person(const Key& key) const { return PersonId(persons_.at(key)); }
    InstitutionId institution(const Key& key) const { return InstitutionId(institutions_.at(key)); }
    const InstitutionEntry& entry_of(const Key& key) const {
        return *std::ranges::find(world_.institutions, key, &InstitutionEntry::key);
    }
    PersonId head_of(const Key& institution_key) const { return person(entry_of(institution_key).head); }
    Key animator_of(const Key& team) const {
        return std::ranges::find_if(world_.mandates,
                                    [&](const auto& m) { return m.team == team && m.role == Role::animator; })
            ->person;
    }

    Async<void> load_institutions() {
        for (const auto& entry : world_.institutions) {
            const auto& head = *std::ranges::find(world_.persons, entry.head, &PersonEntry::key);
            teams::CreateInstitution ask{entry.name,          entry.short_name, entry.kind, entry.town,
                                         Personal(head.name), head.post,        head.login, {}};
            const auto made = co_await act(administrator_, day(founded), std::move(ask));
            institutions_[entry.key] = made.made[0];
            persons_[entry.head] = made.made[1];
            own_channels_[entry.key] = made.made[3];
        }
        for (const auto& entry : world_.persons) {
            if (!persons_.contains(entry.key)) {
                identity::CreatePerson ask{
                    institution(entry.institution), Personal(entry.name), entry.post, entry.login, {}};
                const auto made = co_await act(head_of(entry.institution), day(founded), std::move(ask));
                persons_[entry.key] = made.made[0];
            }
        }
    }

    /// The cards come last: they are the sign that everything else is there.
    Async<void> load_cards() {
        for (const auto& entry : world_.persons)
            if (entry.card) co_await storage::identity::door_set_card(desk_.door, person(entry.key), *entry.card);
    }

    Async<void> load_teams() {
        for (const auto& entry : world_.teams) {
            teams::CreateTeam ask{institution(entry.lead), entry.name, entry.kind, entry.variant, entry.purpose, {}};
            const auto made = co_await act(head_of(entry.lead), day(founded), std::move(ask));
            teams_[entry.key] = made.made[0];
            spaces_[entry.key].assign(made.made.begin() + 1, made.made.end());
            const auto animator = std::ranges::find_if(
                world_.mandates, [&](const auto& m) { return m.team == entry.key && m.role == Role::animator; });
            co_await give(*animator);
        }
        for (const auto& entry : world_.memberships) {
            const auto& team = *std::ranges::find(world_.teams, entry.team, &TeamEntry::key);
            if (team.lead == entry.institution) continue;
            teams::AdmitInstitution ask{TeamId(teams_.at(entry.team)), institution(entry.institution), entry.mode};
            co_await act(person(animator_of(entry.team)), day(entry.from), std::move(ask));
        }
    }

    Async<void> load_mandates() {
        for (const auto& entry : world_.mandates)
            if (std::ranges::find(given_, &entry) == given_.end()) co_await give(entry);
    }

    Async<void> give(const MandateEntry& entry) {
        given_.push_back(&entry);
        std::optional<Instant> until;
        if (entry.until) until = start_of_day(day_, *entry.until);
        teams::GiveMandate ask{
            person(entry.person), institution(entry.institution), TeamId(teams_.at(entry.team)),  entry.role,
            entry.decision_maker, "delegowanie na piśmie",        start_of_day(day_, entry.from), until};
        co_await act(head_of(entry.institution), day(std::max(entry.from, founded)), std::move(ask));
    }

    /// The spaces that came with the team are found by their lane (T-55).
    std::optional<Uuid> ready_made(const ChannelEntry& entry) {
        if (entry.institution) return own_channels_.at(*entry.institution);
        for (std::size_t i = 0; i < 4; ++i)
            if (static_cast<Lane>(i) == entry.lane && !std::exchange(taken_[*entry.team + std::to_string(i)], true))
                return spaces_.at(*entry.team)[i];
        return std::nullopt;
    }

    Async<void> load_channels() {
        for (const auto& entry : world_.channels) {
            if (const auto ready = ready_made(entry)) {
                channels_[entry.key] = *ready;
                continue;
            }
            std::vector<PersonId> listed;
            for (const auto& key : entry.listed.value_or(std::vector<Key>{}))
                listed.push_back(person(key));
            channels::CreateChannel ask{
                TeamId(teams_.at(*entry.team)), {}, entry.name, entry.purpose, entry.lane, entry.sealed, listed};
            const auto made = co_await act(person(animator_of(*entry.team)), day(furnished), std::move(ask));
            channels_[entry.key] = made.made[0];
        }
    }

    /// Whoever writes first in a topic opens it.
    Async<void> open_topic(const MessageEntry& entry, Instant at) {
        if (topics_.contains(entry.topic)) co_return;
        const auto& topic = *std::ranges::find(world_.topics, entry.topic, &TopicEntry::key);
        channels::CreateTopic ask{ChannelId(channels_.at(topic.channel)), topic.name};
        const auto made = co_await act(person(entry.author), at, std::move(ask));
        topics_[topic.key] = made.made[0];
    }

    /// Posts, edits and deletions of everybody, in the order of their times.
    Async<void> load_talk() {
        struct Act {
            Instant at;
            const MessageEntry* message;
            enum { post, edit, remove } what;
        };
        std::vector<Act> acts;
        for (const auto& message : world_.messages) {
            acts.push_back({moment(day_, message.day, message.time), &message, Act::post});
            if (message.edited)
                acts.push_back({moment(day_, message.edited->day, message.edited->time), &message, Act::edit});
            if (message.deleted)
                acts.push_back({moment(day_, message.deleted->day, message.deleted->time), &message, Act::remove});
        }
        std::ranges::stable_sort(acts, {}, &Act::at);
        for (const auto& one : acts) {
            if (one.what == Act::post)
                co_await post(*one.message, one.at);
            else if (one.what == Act::edit)
                co_await edit(*one.message, one.at);
            else
                co_await remove(*one.message, one.at);
        }
    }

    std::vector<PersonId> mentions_of(const MessageEntry& entry) const {
        std::vector<PersonId> mentions;
        for (const auto& key : entry.mentions.value_or(std::vector<Key>{}))
            mentions.push_back(person(key));
        return mentions;
    }

    std::optional<Audience> audience_of(const MessageEntry& entry) const {
        if (!entry.audience) return std::nullopt;
        Audience audience;
        if (entry.audience->own_institution) {
            const auto& author = *std::ranges::find(world_.persons, entry.author, &PersonEntry::key);
            audience.institutions.push_back(institution(entry.institution.value_or(author.institution)));
        }
        for (const auto& key : entry.audience->institutions.value_or(std::vector<Key>{}))
            audience.institutions.push_back(institution(key));
        for (const auto& key : entry.audience->persons.value_or(std::vector<Key>{}))
            audience.persons.push_back(person(key));
        return audience;
    }

    Async<void> post(const MessageEntry& entry, Instant at) {
        co_await open_topic(entry, at);
        channels::PostMessage ask;
        ask.channel = ChannelId(channels_.at(entry.channel));
        ask.topic = TopicId(topics_.at(entry.topic));
        ask.text = Personal(with_dates(entry.text, day_));
        ask.mentions = mentions_of(entry);
        if (entry.reply_to) ask.reply_to = MessageId(messages_.at(*entry.reply_to));
        ask.audience = audience_of(entry);
        if (entry.on_behalf_of) ask.on_behalf_of = person(*entry.on_behalf_of);
        ask.way = entry.way;
        const auto made = co_await act(person(entry.author), at, std::move(ask));
        messages_[entry.key] = made.made[0];
    }

    Async<void> edit(const MessageEntry& entry, Instant at) {
        channels::EditMessage ask{MessageId(messages_.at(entry.key)), 1, Personal(with_dates(entry.edited->text, day_)),
                                  mentions_of(entry)};
        co_await act(person(entry.author), at, std::move(ask));
    }

    Async<void> remove(const MessageEntry& entry, Instant at) {
        channels::DeleteMessage ask{MessageId(messages_.at(entry.key))};
        co_await act(person(entry.author), at, std::move(ask));
    }

    Hub& hub_;
    Desk& desk_;
    Date day_;
    World world_;
    PersonId administrator_;
    std::map<Key, Uuid> institutions_, persons_, teams_, channels_, topics_, messages_, own_channels_;
    std::map<Key, std::vector<Uuid>> spaces_;
    std::map<Key, bool> taken_;
    std::vector<const MandateEntry*> given_;
};

/// What was made is unmade, down to the keys of sealed channels.
Async<void> make_empty(Hub& hub, Desk& desk) {
    const auto keys = co_await storage::demonstration::empty(desk.shard.io(), hub.settings().postgres.conninfo);
    for (const auto& key : keys)
        co_await desk.bodies.destroy_key(key);
}

Async<bool> is_complete(Desk& desk) {
    const auto cards = co_await storage::identity::door_cards(desk.door);
    const auto world = read_world();
    co_return std::ranges::count_if(cards, [](const auto& card) { return !card.sentence.empty(); }) >=
        std::ranges::count_if(world.persons, [](const auto& entry) { return entry.card.has_value(); });
}

Async<void> load_into(Hub& hub, Desk& desk, Instant now) {
    const auto lock = co_await storage::demonstration::lock_loading(desk.shard.io(), hub.settings().postgres.conninfo);
    const auto there = co_await storage::identity::door_account(desk.door, "administrator");
    if (there) {
        const bool complete = co_await is_complete(desk);
        if (complete) co_return;
        log::warn("the demonstration was cut off while it was loaded, and is loaded anew");
        co_await make_empty(hub, desk);
    }
    Loader loader(hub, desk, now);
    co_await loader.load();
    log::info("the demonstration is loaded");
}

/// On each shard: no copy of the old world, and nobody in it.
void leave_world(Hub& hub) {
    for (std::size_t i = 0; i < hub.shards(); ++i) {
        auto& desk = hub.desk(i);
        boost::asio::post(desk.shard.io(), [&desk] {
            desk.kernel.forget_all();
            desk.topics.clear();
            const std::vector<Session*> sessions(desk.sessions.begin(), desk.sessions.end());
            for (auto* session : sessions)
                session->end();
        });
    }
}

} // namespace

Async<void> start_anew(Hub& hub, Desk& desk) {
    if (!hub.is_demonstration()) throw std::logic_error("only a demonstration starts anew");
    const auto lock = co_await storage::demonstration::lock_loading(desk.shard.io(), hub.settings().postgres.conninfo);
    co_await make_empty(hub, desk);
    leave_world(hub);
    Loader loader(hub, desk, desk.now());
    co_await loader.load();
    leave_world(hub); // what was read while it was half there
    log::info("the demonstration started anew");
}

void load_if_empty(Hub& hub, Instant now) {
    hub.run_on(0, [&hub, now](Desk& desk) { return load_into(hub, desk, now); });
}

} // namespace splot::demonstration
