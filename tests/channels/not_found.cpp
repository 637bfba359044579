// What one may not know of answers like what never existed: every method that takes an id.
#include "tests/world/world.h"

#include "protocol/all_methods.h"
#include "protocol/identity/door.h"
#include "protocol/rpc/envelope.h"
#include "storage/vault/random.h"

namespace splot {
namespace {

using namespace world;

class NotFound : public WorldTest {
protected:
    NotFound() {
        run(world.io(), open());
        mops = Uuid(world.institution("MOPS"));
        town = Uuid(world.team(miasto));
        channel = Uuid(world.own_channel("MOPS"));
        const auto message_of_town = when(robert).says(world.place("Na co dzień", miasto), "Tylko miasto.");
        message = Uuid(message_of_town);
        mandate = Uuid(when(robert).mandate(world.team(miasto)).id);
        device = Uuid(when(robert).device());
    }

    client::Async<void> open() {
        const client::Headers headers{{"content-type", "application/json"}, {"x-splot", "1"}};
        const auto there = world.endpoint(world.hub());
        const door::EnterAs enter{std::string(hanna.login), "test"};
        const auto entered =
            co_await client::request(there, "POST", "/session/enter-as", headers, json::to_json(enter));
        auto with = headers;
        with.emplace_back("origin", there.origin());
        with.emplace_back("cookie",
                          std::string(entered.header("set-cookie").substr(0, entered.header("set-cookie").find(';'))));
        const auto ticket = co_await client::request(there, "POST", "/session/ticket", with, "{}");
        socket = co_await client::Socket::open(there, "", "");
        const auto found = json::decode<door::Ticket>(json::parse(ticket.body).value());
        const identity::Authenticate ask{found->ticket};
        co_await socket->send(rpc::request("0", "session.authenticate", json::to_json(ask)));
        co_await socket->receive();
    }

    /// The whole frame, byte for byte: both calls come under one id, which a refused call does not use up.
    template <class M> std::string frame_for(const M& ask) {
        run(world.io(), socket->send(rpc::request(id, M::method.name, json::to_json(ask))));
        for (;;) {
            auto frame = run(world.io(), socket->receive());
            if (frame.find(id) != std::string::npos) return frame;
        }
    }
    /// `make(id)` gives the params with that id in them.
    template <class Make> void expect_equal(Uuid forbidden, Make make) {
        using M = decltype(make(forbidden));
        id = when(hanna).new_id().text();
        SystemRandom random;
        const auto never = frame_for(make(make_random_uuid(random)));
        const auto hidden = frame_for(make(forbidden));
        EXPECT_EQ(hidden, never) << M::method.name;
        EXPECT_NE(never.find("\"not_found\""), std::string::npos) << M::method.name << never;
    }

    std::unique_ptr<client::Socket> socket;
    std::string id;
    Uuid mops, town, channel, message, mandate, device;
};

TEST_F(NotFound, A62_channels_and_messages) {
    namespace c = channels;
    const Personal<std::string> text("Tekst.");
    const PersonId somebody = world.person(lena);
    const TopicId topic = daily().topic;
    const ChannelId here = daily().channel;
    expect_equal(channel, [&](Uuid id_) { return c::AddMember{ChannelId(id_), somebody}; });
    expect_equal(channel, [&](Uuid id_) { return c::RemoveMember{ChannelId(id_), somebody}; });
    expect_equal(channel, [&](Uuid id_) { return c::CreateTopic{ChannelId(id_), "Temat"}; });
    expect_equal(channel, [&](Uuid id_) { return c::PostMessage{ChannelId(id_), topic, text, {}, {}, {}, {}, {}}; });
    expect_equal(message, [&](Uuid id_) { return c::PostMessage{here, topic, text, {}, MessageId(id_), {}, {}, {}}; });
    // In a channel that she reads, but not for her.
    const Audience police{{world.institution("Policja")}, {}};
    const auto not_for_her = Uuid(when(tomasz).says(daily(), "Tylko komenda.", {.audience = police}));
    expect_equal(not_for_her,
                 [&](Uuid id_) { return c::PostMessage{here, topic, text, {}, MessageId(id_), {}, {}, {}}; });
    expect_equal(not_for_her, [&](Uuid id_) { return c::EditMessage{MessageId(id_), 1, text, {}}; });
    expect_equal(not_for_her, [&](Uuid id_) { return c::DeleteMessage{MessageId(id_)}; });
    expect_equal(not_for_her, [&](Uuid id_) { return c::ListRevisions{MessageId(id_)}; });
    expect_equal(not_for_her, [&](Uuid id_) { return access::Explain{{}, MessageId(id_), {}, {}}; });
    expect_equal(message, [&](Uuid id_) { return c::EditMessage{MessageId(id_), 1, text, {}}; });
    expect_equal(message, [&](Uuid id_) { return c::DeleteMessage{MessageId(id_)}; });
    expect_equal(channel, [&](Uuid id_) { return c::ListMessages{ChannelId(id_), {}, {}, {}}; });
    expect_equal(message, [&](Uuid id_) { return c::ListRevisions{MessageId(id_)}; });
    expect_equal(channel, [&](Uuid id_) { return c::MarkRead{ChannelId(id_), "AAAA"}; });
    expect_equal(channel, [&](Uuid id_) { return c::Typing{ChannelId(id_), topic}; });
    expect_equal(channel, [&](Uuid id_) { return c::DestroyKey{ChannelId(id_)}; });
    expect_equal(town, [&](Uuid id_) { return c::CreateChannel{TeamId(id_), {}, "Nowy", "", Lane::all, false, {}}; });
    expect_equal(mops, [&](Uuid id_) {
        return c::CreateChannel{{}, InstitutionId(id_), "Nowy", "", Lane::institution, false, {}};
    });
}

TEST_F(NotFound, A62_streams_and_explanations) {
    for (const auto hidden : {channel, town, mops, Uuid(world.person(robert))})
        expect_equal(hidden, [](Uuid id_) { return streams::Open{StreamId(id_), {}}; });
    expect_equal(channel, [](Uuid id_) { return access::Explain{ChannelId(id_), {}, {}, {}}; });
    expect_equal(message, [](Uuid id_) { return access::Explain{{}, MessageId(id_), {}, {}}; });
    expect_equal(town, [](Uuid id_) { return access::Explain{{}, {}, TeamId(id_), {}}; });
}

TEST_F(NotFound, A62_teams_institutions_people_and_devices) {
    namespace t = teams;
    const auto person = world.person(lena);
    const auto zaborze = world.institution("GOPS Zaborze");
    expect_equal(mops, [&](Uuid id_) {
        return t::CreateTeam{InstitutionId(id_), "Nowy", TeamKind::working, Variant::rural, "", {}};
    });
    expect_equal(town, [&](Uuid id_) {
        return t::CreateTeam{zaborze, "Nowy", TeamKind::case_team, Variant::rural, "", TeamId(id_)};
    });
    expect_equal(town, [&](Uuid id_) { return t::AdmitInstitution{TeamId(id_), zaborze, MembershipMode::active}; });
    expect_equal(mops, [&](Uuid id_) {
        return t::GiveMandate{person, InstitutionId(id_), {}, Role::member, false, "na piśmie", {}, {}};
    });
    expect_equal(mandate, [](Uuid id_) { return t::EndMandate{MandateId(id_)}; });
    expect_equal(town, [](Uuid id_) { return t::ShowTeam{TeamId(id_)}; });
    expect_equal(mops, [](Uuid id_) { return t::ListPeople{InstitutionId(id_)}; });
    expect_equal(mops, [](Uuid id_) {
        return identity::CreatePerson{InstitutionId(id_), Personal<std::string>("Nowa Osoba"), "", {}, {}};
    });
    expect_equal(device, [](Uuid id_) { return identity::SignOutDevice{DeviceId(id_)}; });
}

} // namespace
} // namespace splot
