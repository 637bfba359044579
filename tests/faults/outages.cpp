// Something that the hub stands on goes away and comes back.
#include "tests/faults/aftermath.h"
#include "tests/faults/talk.h"

namespace splot::faults {
namespace {

using testing::ElementsAre;

/// `take` takes the database away; `give` brings it back. The sockets never notice.
template <class Take, class Give> void lose_the_database(Stage& stage, const Room& room, Take take, Give give) {
    Talker nina(stage, "nina.gajda"), ewa(stage, animator);
    ASSERT_EQ(outcome_of(ewa.open(room)), "ok");
    const auto before = ewa.texts(room);
    ASSERT_EQ(stage.get("/readyz").status, 200u);

    take();
    const auto id = nina.new_id();
    EXPECT_EQ(outcome_of(nina.post(room, "Piórko w przerwie", id)), "unavailable");
    EXPECT_EQ(outcome_of(nina.list(room)), "unavailable");
    EXPECT_EQ(outcome_of(nina.open(room)), "unavailable");
    channels::CreateTopic topic{room.channel, "Nowy"};
    EXPECT_EQ(outcome_of(run(stage.io, nina.client().call(std::move(topic)))), "unavailable");
    EXPECT_EQ(stage.get("/readyz").status, 503u);
    EXPECT_EQ(stage.get("/healthz").status, 200u);
    EXPECT_TRUE(nina.client().is_connected());
    EXPECT_TRUE(ewa.client().is_connected());

    give();
    EXPECT_TRUE(stage.becomes([&] { return stage.get("/readyz").status == 200u; })) << "does not heal";
    EXPECT_TRUE(stage.becomes([&] { return outcome_of(nina.post(room, "Piórko w przerwie", id)) == "ok"; }));
    EXPECT_EQ(ewa.hears(), "Piórko w przerwie") << "the open stream does not go on";
    auto after = before;
    after.emplace_back("Piórko w przerwie");
    EXPECT_EQ(ewa.texts(room), after) << "asked twice with one id, and not there once";
    EXPECT_TRUE(ewa.client().is_connected());
}

TEST(Outages, a_dead_database_is_told_and_heals_by_itself) {
    Stage stage;
    const auto room = stage.make_rooms(1, 0).front();

    lose_the_database(
        stage, room, [&] { stage.kill_postgres(); }, [&] { stage.cluster().start(); });
    lose_the_database(
        stage, room, [&] { stage.cluster().stop(); }, [&] { stage.cluster().start(); });

    EXPECT_EQ(stage.metric("splot_database_away"), 0);
    expect_nothing_personal(stage);
}

TEST(Outages, without_the_key_holder_sealed_rooms_wait_and_others_go_on) {
    Stage stage;
    const auto rooms = stage.make_rooms(1, 1);
    const auto &open = rooms[0], &sealed = rooms[1];
    ASSERT_EQ(outcome_of(Talker(stage, "nina.gajda").post(sealed, "Piórko zapieczętowane")), "ok");
    stage.hub().kill(); // the next one has no key in its memory yet
    stage.start_hub();
    Talker nina(stage, "nina.gajda");

    stage.keys().kill();
    const auto id = nina.new_id();
    EXPECT_EQ(outcome_of(nina.post(sealed, "Piórko drugie", id)), "unavailable");
    EXPECT_EQ(outcome_of(nina.list(sealed)), "unavailable");
    EXPECT_EQ(outcome_of(nina.open(sealed)), "unavailable");
    EXPECT_EQ(outcome_of(nina.post(open, "Piórko jawne")), "ok");
    EXPECT_THAT(nina.texts(open), ElementsAre("Piórko jawne"));
    EXPECT_EQ(stage.get("/readyz").status, 503u);
    EXPECT_TRUE(nina.client().is_connected());

    stage.start_keys();
    EXPECT_TRUE(stage.becomes([&] { return outcome_of(nina.post(sealed, "Piórko drugie", id)) == "ok"; }));
    EXPECT_THAT(nina.texts(sealed), ElementsAre("Piórko zapieczętowane", "Piórko drugie"));
    EXPECT_TRUE(stage.becomes([&] { return stage.get("/readyz").status == 200u; }));
    EXPECT_EQ(count_plain(stage, sealed, "Piórko"), 0) << "a sealed wording lies there in plain text";
    EXPECT_EQ(count_plain(stage, open, "Piórko"), 1) << "the search for plain text finds none where there is some";
    EXPECT_FALSE(storage::log::first_broken(Uuid(sealed.channel), read_chain(stage, sealed)));
    expect_nothing_personal(stage);
}

} // namespace
} // namespace splot::faults
