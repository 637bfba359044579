#include "tests/world/world.h"

#include "hub/demonstration/load.h"
#include "hub/demonstration/world.h"
#include "hub/log.h"
#include "hub/prepare.h"
#include "protocol/json/json.h"
#include "protocol/teams/methods.h"
#include "storage/postgres/migrations.h"
#include "storage/vault/digest.h"
#include "tests/world/template.h"

#include <stdexcept>

namespace splot::world {
namespace {

using storage::as_owner;
using storage::Connection;
using storage::Query;
using storage::ResultSet;

// Key stores of templates, in the database that all test programs share: a template and its keys belong together.
constexpr const char* make_key_table =
    "CREATE TABLE IF NOT EXISTS splot_test_keys (template text, name text, hex text, PRIMARY KEY (template, name))";
constexpr Query forget_keys{"tests.forget_keys", "DELETE FROM splot_test_keys WHERE template = $1"};
constexpr Query keep_key{"tests.keep_key", "INSERT INTO splot_test_keys VALUES ($1, $2, $3)"};
constexpr Query find_keys{"tests.find_keys", "SELECT name, hex FROM splot_test_keys WHERE template = $1"};

std::string to_hex(const std::string& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const unsigned char byte : bytes)
        hex += digits[byte >> 4], hex += digits[byte & 15];
    return hex;
}

std::string from_hex(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

Async<void> keep(boost::asio::io_context& io, std::string name, KeyHolder::Files files) {
    const auto common = co_await Connection::open(io, as_owner(test_server()));
    co_await common->run_script(make_key_table);
    common->queue(forget_keys, name);
    for (const auto& [file, bytes] : files)
        common->queue(keep_key, name, file, to_hex(bytes));
    co_await common->flush();
}

Async<KeyHolder::Files> kept(boost::asio::io_context& io, std::string name) {
    const auto common = co_await Connection::open(io, as_owner(test_server()));
    common->queue(find_keys, name);
    const auto results = co_await common->flush();
    KeyHolder::Files files;
    for (int row = 0; row < results[0].size(); ++row)
        files[results[0][row].get<std::string>(0)] = from_hex(results[0][row].get<std::string>(1));
    co_return files;
}

Settings settings_for(const std::string& conninfo, const KeyHolder& keys) {
    Settings settings;
    settings.listen.port = settings.listen.plain_port = 0;
    settings.postgres.conninfo = conninfo;
    settings.postgres.pool = 3;
    settings.keys.socket = keys.socket();
    settings.hub.shards = 2;
    settings.hub.demonstration = true;
    settings.hub.state = keys.folder().string();
    settings.limits.rate_factor = 1e6;
    settings.limits.poll_every = std::chrono::milliseconds(200);
    return settings;
}

void prepare(const Settings& settings, const Clock& clock) {
    boost::asio::io_context io{1};
    run(io, prepare_database(io, settings, clock));
}

void load_with(const std::string& conninfo, const KeyHolder& keys) {
    const TestClock clock(beginning);
    const auto settings = settings_for(conninfo, keys);
    prepare(settings, clock);
    Hub hub(settings, clock);
    hub.start_inside();
    demonstration::load_if_empty(hub, clock.now());
    hub.stop();
}

/// The name of the template that holds the demonstration; made with a key store that is kept beside it.
const std::string& demonstration_template() {
    static const std::string name = [] {
        const auto content = vault::sha256(migrated_template() + json::to_json(demonstration::read_world()));
        const std::string digest(reinterpret_cast<const char*>(content.data()), 8);
        const std::string wanted = "splot_demonstration_" + to_hex(digest);
        ensure_template(wanted, migrated_template(), [&wanted](const std::string& conninfo) {
            const KeyHolder keys;
            load_with(conninfo, keys);
            boost::asio::io_context io{1};
            run(io, keep(io, wanted, keys.files()));
        });
        return wanted;
    }();
    return name;
}

/// One for all worlds of this program: a copy of the template's store.
KeyHolder& holder() {
    static KeyHolder keys([] {
        boost::asio::io_context io{1};
        return run(io, kept(io, demonstration_template()));
    }());
    return keys;
}

Async<ResultSet> ask(boost::asio::io_context& io, std::string conninfo, const char* sql) {
    const auto owner = co_await Connection::open(io, as_owner(std::move(conninfo)));
    owner->queue(Query{"tests.asked", sql});
    auto results = co_await owner->flush();
    co_return std::move(results.back());
}

std::string literal(std::string_view text) {
    std::string literal_text = "'";
    for (const char c : text)
        literal_text += c == '\'' ? std::string("''") : std::string(1, c);
    return literal_text + "'";
}

} // namespace

void load_demonstration(const std::string& conninfo) { load_with(conninfo, KeyHolder()); }

World::World(WorldOptions options) :
    options_(std::move(options)),
    database_(options_.content == WorldOptions::Content::demonstration ? clone_of(demonstration_template())
                                                                       : clone_database()) {
    static const bool quiet = [] {
        log::open("error", "");
        return true;
    }();
    static_cast<void>(quiet);
    if (options_.content == WorldOptions::Content::nothing) prepare(settings(), clock);
    auto& hub = *hubs_.emplace_back(std::make_unique<Hub>(settings(), clock));
    hub.start();
}

World::~World() {
    for (const auto& visitor : visitors_)
        visitor->leave();
    io_.restart();
    io_.poll(); // so that the hub sees them go, and need not wait for them
    for (const auto& hub : hubs_)
        hub->stop();
}

Settings World::settings() const {
    auto settings = settings_for(database_.conninfo(), holder());
    options_.adjust(settings);
    return settings;
}

KeyHolder& World::keys() { return holder(); }

void World::advance(std::chrono::microseconds by) {
    clock.move(by);
    for (const auto& hub : hubs_)
        hub->come_due();
}

Hub& World::second_hub() {
    if (hubs_.size() == 1) {
        hubs_.push_back(std::make_unique<Hub>(settings(), clock));
        hubs_.back()->start();
    }
    return *hubs_.back();
}

client::Endpoint World::endpoint(const Hub& hub) const {
    client::Endpoint endpoint;
    endpoint.host = "127.0.0.1";
    endpoint.port = hub.plain_port();
    endpoint.tls = false;
    return endpoint;
}

Visitor& World::stranger(Hub& hub) {
    client::ClientSettings settings{endpoint(hub)};
    return *visitors_.emplace_back(std::make_unique<Visitor>(io_, clock, std::move(settings)));
}

Visitor& World::another(Who who, Hub& hub) {
    auto& visitor = stranger(hub);
    visitor.enter(who.login);
    return visitor;
}

Visitor& World::visitor(Who who) {
    auto& first = first_[who.login];
    if (!first) first = &another(who);
    return *first;
}

storage::ResultSet World::query(const std::string& sql) {
    return run(io_, ask(io_, database_.conninfo(), sql.c_str()));
}

Uuid World::id_by(const std::string& sql) {
    const auto rows = query(sql);
    if (rows.empty()) throw std::runtime_error("nothing found: " + sql);
    return rows[0].get<Uuid>(0);
}

TeamId World::team(std::string_view name) { return TeamId(id_by("SELECT id FROM team WHERE name = " + literal(name))); }

InstitutionId World::institution(std::string_view short_name) {
    return InstitutionId(id_by("SELECT id FROM institution WHERE short_name = " + literal(short_name)));
}

PersonId World::person(Who who) {
    return PersonId(id_by("SELECT person_id FROM account WHERE login = " + literal(who.login)));
}

ChannelId World::channel(std::string_view name, std::string_view team_name) {
    return ChannelId(id_by("SELECT c.id FROM channel c JOIN team t ON t.id = c.team_id WHERE c.name = " +
                           literal(name) + " AND t.name = " + literal(team_name)));
}

ChannelId World::own_channel(std::string_view short_name) {
    return ChannelId(id_by("SELECT c.id FROM channel c JOIN institution i ON i.id = c.institution_id"
                           " WHERE i.short_name = " +
                           literal(short_name) + " ORDER BY c.made_at LIMIT 1"));
}

Place World::place(std::string_view name, std::string_view team_name) { return place(channel(name, team_name)); }

Place World::place(ChannelId channel) {
    return {channel, TopicId(id_by("SELECT id FROM topic WHERE channel_id = " + literal(channel.text()) +
                                   " ORDER BY id LIMIT 1"))};
}

Place WorldTest::given_channel(const Plan& plan, Who animator) {
    std::vector<PersonId> listed;
    for (const auto& who : plan.listed)
        listed.push_back(world.person(who));
    channels::CreateChannel ask{world.team(), {}, plan.name, "Do prób.", plan.lane, plan.sealed, std::move(listed)};
    const ChannelId channel(when(animator).makes(std::move(ask)));
    return {channel, TopicId(when(animator).makes(channels::CreateTopic{channel, "Wszystko"}))};
}

MandateId WorldTest::given_mandate(Who head, Who person, Role role, std::string_view team,
                                   std::optional<Instant> until) {
    const auto& from = when(head).mandate();
    teams::GiveMandate ask{world.person(person), from.institution, {}, role, false, "na piśmie", {}, until};
    if (!team.empty()) ask.team = world.team(team);
    return MandateId(when(head).makes(std::move(ask), from.id));
}

} // namespace splot::world
