#pragma once
#include "hub/hub.h"
#include "tests/world/clock.h"
#include "tests/world/key_holder.h"
#include "tests/world/people.h"
#include "tests/world/private_cluster.h"
#include "tests/world/visitor.h"

#include <gmock/gmock.h>

#include <functional>
#include <map>

namespace splot::client {

/// For gtest: what a reply was, without its content.
template <class T> void PrintTo(const Reply<T>& reply, std::ostream* out) {
    if (reply)
        *out << "an answer";
    else
        *out << name_of(reply.error().code) << ' ' << reply.error().rule.number() << ' ' << reply.error().field;
}

} // namespace splot::client

namespace splot::world {

struct WorldOptions {
    enum class Content { demonstration, nothing } content = Content::demonstration;
    /// The last word on the hub's settings.
    std::function<void(Settings&)> adjust = [](Settings&) {};
};

/// The demonstration partnership in a database of its own, with a real hub on it, a clock that stands still, and people
/// who come in through real sockets. A second hub on the same database is one call away.
class World {
public:
    explicit World(WorldOptions options = {});
    ~World();
    World(const World&) = delete;

    TestClock clock{beginning};
    /// Time moves, and what came due was decided, on every hub.
    void advance(std::chrono::microseconds by);

    Hub& hub() { return *hubs_.front(); }
    Hub& second_hub();

    /// The person's first program, entered when first asked for.
    Visitor& visitor(Who who);
    /// One more, on this hub; it lives as long as the world.
    Visitor& another(Who who) { return another(who, hub()); }
    Visitor& another(Who who, Hub& hub);
    /// A program that did not come in yet.
    Visitor& stranger(Hub& hub);
    client::Endpoint endpoint(const Hub& hub) const;

    // Ids, read from the database: also of what nobody in the test may know.
    TeamId team(std::string_view name = pzk);
    InstitutionId institution(std::string_view short_name);
    PersonId person(Who who);
    ChannelId channel(std::string_view name, std::string_view team = pzk);
    ChannelId own_channel(std::string_view institution_short_name);
    /// The channel with its first topic.
    Place place(std::string_view channel_name, std::string_view team = pzk);
    Place place(ChannelId channel);

    /// As the owner of the database.
    storage::ResultSet query(const std::string& sql);
    const Database& database() const { return database_; }
    boost::asio::io_context& io() { return io_; }
    KeyHolder& keys();

private:
    Settings settings() const;
    Uuid id_by(const std::string& sql);

    WorldOptions options_;
    boost::asio::io_context io_{1};
    Database database_;
    std::vector<std::unique_ptr<Hub>> hubs_;
    std::vector<std::unique_ptr<Visitor>> visitors_;
    std::map<std::string_view, Visitor*> first_;
};

/// A channel for a test, made by Ewa for the whole of her team unless it says otherwise.
struct Plan {
    std::string name = "Próba";
    Lane lane = Lane::all;
    std::vector<Who> listed = {};
    bool sealed = false;
};

/// Loads the demonstration into an empty, migrated database.
void load_demonstration(const std::string& conninfo);

/// The base of tests that talk: `when(person)` acts, `then(person)` looks at what that person is sent.
class WorldTest : public testing::Test {
protected:
    explicit WorldTest(WorldOptions options = {}) : world(std::move(options)) {}

    World world;
    Visitor& when(Who who) { return world.visitor(who); }
    Visitor& then(Who who) { return world.visitor(who); }
    /// Comes in now, so that what happens later is heard.
    void given_present(std::initializer_list<Who> people) {
        for (const auto& who : people)
            world.visitor(who);
    }
    /// With one topic in it. The animator reads it.
    Place given_channel(const Plan& plan = {}, Who animator = ewa);
    /// A mandate in the team (or, without one, in the institution itself) from its head.
    MandateId given_mandate(Who head, Who person, Role role, std::string_view team = pzk,
                            std::optional<Instant> until = {});
    Place daily() { return world.place("Na co dzień"); }
    static StreamId stream(ChannelId channel) { return StreamId(Uuid(channel)); }
    static StreamId stream(TeamId team) { return StreamId(Uuid(team)); }
};

/// A reply that was refused: with this code, for this rule.
MATCHER_P2(refused, code, rule, "is refused as " + std::string(name_of(code)) + " " + rule) {
    if (arg) {
        *result_listener << "it was answered";
        return false;
    }
    *result_listener << name_of(arg.error().code) << ' ' << arg.error().rule.number() << ' ' << arg.error().field;
    return arg.error().code == code && arg.error().rule.number() == rule;
}
MATCHER_P(refused, code, "is refused as " + std::string(name_of(code))) {
    if (arg) {
        *result_listener << "it was answered";
        return false;
    }
    *result_listener << name_of(arg.error().code) << ' ' << arg.error().rule.number() << ' ' << arg.error().field;
    return arg.error().code == code;
}
MATCHER(answered, "is answered") {
    if (!arg)
        *result_listener << name_of(arg.error().code) << ' ' << arg.error().rule.number() << ' ' << arg.error().field
                         << ' ' << arg.error().expected;
    return arg.has_value();
}

} // namespace splot::world
