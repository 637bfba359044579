// A sealed channel: its bodies are readable only with its key, and every look leaves a row.
#include "tests/world/world.h"

#include "hub/access/kernel.h"
#include "protocol/channels/events.h"
#include "storage/async/run.h"
#include "storage/log/chain.h"

#include <algorithm>

namespace splot::channels {
namespace {

using namespace world;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Sealed : public WorldTest {
protected:
    Place sealed() {
        return given_channel({.name = "Pod kluczem", .lane = Lane::listed, .listed = {nina, danuta}, .sealed = true});
    }
    storage::log::Chain chain(ChannelId channel) {
        storage::ConnectOptions options;
        options.conninfo = world.database().conninfo();
        options.role = "splot_log";
        options.size = 1;
        storage::Pool pool(world.io(), options);
        auto whole = run(world.io(), storage::log::read_chain(pool, GrantMaker::pass(), Uuid(channel)));
        pool.close();
        return whole;
    }
    std::vector<std::string> acts(ChannelId channel, Who who) {
        std::vector<std::string> acts;
        for (const auto& row : chain(channel).rows)
            if (row.person == world.person(who)) acts.push_back(row.act);
        return acts;
    }
};

TEST_F(Sealed, A67_the_database_holds_no_word_of_it) {
    const auto open = given_channel();
    const auto place = sealed();
    const auto message = when(ewa).says(place, "Tajemnica zielonego szalika.");
    EXPECT_THAT(when(ewa).edits(message, 1, "Tajemnica czerwonego szalika."), answered());
    when(ewa).says(open, "Jawny szalik.");

    const auto bodies = "SELECT count(*) AS n FROM message_revision WHERE position('szalik'::bytea IN body) > 0";
    EXPECT_EQ(world.query(bodies)[0].get<std::int64_t>("n"), 1); // the open one: so the search does find words
    EXPECT_THAT(then(nina).texts(place.channel), ElementsAre("Tajemnica czerwonego szalika."));
}

TEST_F(Sealed, A67_every_look_leaves_a_row_and_the_rows_are_a_chain) {
    const auto place = sealed();
    const auto message = when(ewa).says(place, "Raz.");
    EXPECT_THAT(then(nina).lists(place.channel), answered());
    then(nina).opened(stream(place.channel));
    then(nina).gets(ListRevisions{message});

    EXPECT_THAT(acts(place.channel, nina), ElementsAre("list", "open", "revisions"));
    EXPECT_THAT(acts(place.channel, ewa), Contains("post"));
    auto whole = chain(place.channel);
    EXPECT_EQ(storage::log::first_broken(Uuid(place.channel), whole), std::nullopt);
    const auto second = whole.rows.at(1).number;
    whole.rows.at(1).person = world.person(hanna);
    EXPECT_EQ(storage::log::first_broken(Uuid(place.channel), whole), second);
}

TEST_F(Sealed, A67_an_audit_row_can_be_neither_changed_nor_deleted) {
    const auto place = sealed();
    when(ewa).says(place, "Raz.");

    EXPECT_THROW(world.query("UPDATE audit SET act = 'nothing'"), storage::DatabaseError);
    EXPECT_THROW(world.query("DELETE FROM audit"), storage::DatabaseError);
}

TEST_F(Sealed, A67_a_refused_look_is_kept_too) {
    const auto open = given_channel();
    const auto place = sealed();

    EXPECT_THAT(when(hanna).lists(place.channel), refused(Code::not_found));

    // The refusal's row goes to the writer after its answer, and before what this connection gives it next.
    when(hanna).says(open, "Dzień dobry.");
    const auto rows = world.query("SELECT count(*) AS n FROM audit WHERE act = 'refused' AND object = '" +
                                  place.channel.text() + "'");
    EXPECT_EQ(rows[0].get<std::int64_t>("n"), 1);
}

TEST_F(Sealed, a_sealed_stream_speaks_only_after_it_was_opened) {
    const auto place = sealed();
    given_present({nina});
    when(ewa).says(place, "1");
    EXPECT_THAT(then(nina).events_of(stream(place.channel)), IsEmpty());

    then(nina).opened(stream(place.channel));
    when(ewa).says(place, "2");

    EXPECT_THAT(then(nina).events_of(stream(place.channel)), SizeIs(1));
}

TEST_F(Sealed, A73_a_destroyed_key_leaves_stubs_and_a_tombstone) {
    const auto place = sealed();
    when(ewa).says(place, "Zniknie.");
    given_present({nina});
    then(nina).opened(stream(place.channel));
    then(nina).hears();

    EXPECT_THAT(when(ewa).asks(DestroyKey{place.channel}), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(danuta).asks(DestroyKey{place.channel}), answered()); // head of the institution that leads

    EXPECT_TRUE(std::ranges::any_of(then(nina).events(),
                                    [](const Event& event) { return event.kind == ChannelKeyDestroyed::kind; }));
    const auto page = then(nina).gets(ListMessages{place.channel, {}, {}, {}});
    ASSERT_THAT(page.messages, SizeIs(1));
    EXPECT_TRUE(page.messages[0].unreadable);
    EXPECT_EQ(page.messages[0].text.reveal(), "");
    EXPECT_THAT(when(ewa).posts(place, "Jeszcze."), refused(Code::conflict, "A-73"));
    EXPECT_THAT(when(danuta).asks(DestroyKey{place.channel}), refused(Code::conflict, "A-73"));
    const auto files = world.keys().files();
    const auto key = world
                         .query("SELECT replace(key_id::text, '-', '') AS id FROM channel WHERE id = '" +
                                place.channel.text() + "'")[0]
                         .get<std::string>("id");
    EXPECT_FALSE(files.contains(key + ".key"));
    EXPECT_EQ(std::ranges::count_if(files, [&](const auto& file) { return file.first.starts_with(key); }), 1);
}

TEST_F(Sealed, A73_only_a_head_of_the_lead_institution_destroys_the_key) {
    const auto place =
        given_channel({.name = "Pod kluczem", .lane = Lane::listed, .listed = {rafal, danuta}, .sealed = true});

    EXPECT_THAT(when(rafal).asks(DestroyKey{place.channel}), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(danuta).asks(DestroyKey{place.channel}), answered());
}

TEST_F(Sealed, an_open_channel_has_no_key_to_destroy) {
    EXPECT_THAT(when(danuta).asks(DestroyKey{daily().channel}), refused(Code::conflict, "A-73"));
}

} // namespace
} // namespace splot::channels
