// Institutions, teams and mandates: who may found, admit and represent.
#include "tests/world/world.h"

#include "hub/access/roles.h"
#include "protocol/identity/methods.h"
#include "protocol/teams/events.h"
#include "protocol/teams/methods.h"

#include <algorithm>
#include <set>

namespace splot::teams {
namespace {

using namespace world;
using client::event_as;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class People : public WorldTest {
protected:
    static CreateInstitution institution(std::string name) {
        return {
            name,           name, InstitutionKind::ngo, "Lipniki", Personal<std::string>("Nowa Prezeska"), "prezeska",
            "nowa." + name, {}};
    }
    CreateTeam team(std::string_view lead, TeamKind kind = TeamKind::working, std::optional<TeamId> parent = {}) {
        return {world.institution(lead), "Zespół próbny", kind, Variant::rural, "Do prób.", parent};
    }
    AdmitInstitution admission() { return {world.team(), world.institution("MOPS"), MembershipMode::active}; }
    GiveMandate mandate(Who person, std::string_view institution, Role role = Role::member,
                        std::optional<Instant> until = {}) {
        return {
            world.person(person), world.institution(institution), world.team(), role, false, "na piśmie", {}, until};
    }
};

TEST_F(People, A40_an_administrator_makes_an_institution_and_nobody_else_does) {
    EXPECT_THAT(when(danuta).asks(institution("fundacja")), refused(Code::gate_closed, "A-36"));
    const auto made = when(administrator).asks(institution("fundacja"));
    ASSERT_THAT(made, answered());
    ASSERT_THAT(made->made, SizeIs(4)); // institution, head, mandate, channel
    const auto& head = world.another(Who{"nowa.fundacja"});
    EXPECT_THAT(head.started().channels, SizeIs(1));
    EXPECT_EQ(head.started().mandates.at(0).role, Role::head);
}

TEST_F(People, T55_a_team_starts_with_its_spaces) {
    const auto made = when(danuta).asks(team("PCPR"));

    ASSERT_THAT(made, answered());
    ASSERT_THAT(made->made, SizeIs(5));
    const auto id = TeamId(made->made[0]).text();
    const auto lanes =
        world.query("SELECT l.kind FROM channel c JOIN lane l ON l.id = c.lane_id WHERE c.team_id = '" + id + "'");
    std::set<std::string> kinds;
    for (int row = 0; row < lanes.size(); ++row)
        kinds.insert(lanes[row].get<std::string>("kind"));
    EXPECT_EQ(kinds, (std::set<std::string>{"all", "announcements", "heads", "animators"}));
}

TEST_F(People, A36_the_head_of_the_lead_institution_founds_a_team) {
    EXPECT_THAT(when(ewa).asks(team("PCPR")), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(rafal).asks(team("PCPR")), refused(Code::not_found));
    EXPECT_THAT(when(danuta).asks(team("PCPR")), answered());
}

TEST_F(People, T05_a_case_team_has_exactly_one_parent) {
    EXPECT_THAT(when(danuta).asks(team("PCPR", TeamKind::case_team)), refused(Code::invalid, "T-05"));
    EXPECT_THAT(when(danuta).asks(team("PCPR", TeamKind::working, world.team())), refused(Code::invalid, "T-05"));
    EXPECT_THAT(when(danuta).asks(team("PCPR", TeamKind::case_team, world.team())), answered());
}

TEST_F(People, T05_the_database_refuses_a_case_team_without_a_parent) {
    EXPECT_THROW(world.query("UPDATE team SET kind = 'case_team'"), storage::DatabaseError);
}

TEST_F(People, A36_an_animator_admits_institutions_and_a_head_does_not) {
    given_present({nina});
    EXPECT_THAT(when(rafal).asks(admission()), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(when(ewa).asks(admission()), answered());
    EXPECT_THAT(when(ewa).asks(admission()), refused(Code::conflict));

    const auto events = then(nina).events_of(stream(world.team()));
    ASSERT_THAT(events, SizeIs(1));
    EXPECT_EQ(event_as<InstitutionAdmitted>(events[0])->institution.short_name, "MOPS");
}

TEST_F(People, T10_only_the_institutions_head_gives_its_mandates) {
    given_present({hanna});
    EXPECT_THAT(when(ewa).asks(mandate(robert, "GOPS Lipniki")), refused(Code::not_found));
    EXPECT_THAT(when(danuta).asks(mandate(robert, "GOPS Lipniki")), refused(Code::not_found));
    EXPECT_THAT(when(rafal).asks(mandate(robert, "GOPS Lipniki")), answered());

    const auto events = then(hanna).events_of(stream(world.team()));
    ASSERT_THAT(events, SizeIs(1));
    EXPECT_EQ(event_as<MandateGiven>(events[0])->person.id, world.person(robert));
}

TEST_F(People, T10_only_the_institutions_head_ends_its_mandates) {
    const auto id = given_mandate(rafal, robert, Role::member);

    EXPECT_THAT(when(danuta).asks(EndMandate{id}), refused(Code::not_found));
    EXPECT_THAT(when(rafal).asks(EndMandate{id}), answered());
    EXPECT_THAT(when(rafal).asks(EndMandate{id}), refused(Code::conflict));
}

TEST_F(People, T07_a_mandate_is_given_only_where_the_institution_is_a_member) {
    EXPECT_THAT(when(katarzyna).asks(mandate(robert, "MOPS")), refused(Code::invalid, "T-07"));
    when(ewa).gets(admission());
    EXPECT_THAT(when(katarzyna).asks(mandate(robert, "MOPS")), answered());
}

TEST_F(People, T17_a_guests_or_supervisors_mandate_has_an_end) {
    const auto until = world.clock.now() + std::chrono::days(30);

    EXPECT_THAT(when(rafal).asks(mandate(robert, "GOPS Lipniki", Role::guest)), refused(Code::invalid, "T-17"));
    EXPECT_THAT(when(rafal).asks(mandate(robert, "GOPS Lipniki", Role::supervisor)), refused(Code::invalid, "T-17"));
    EXPECT_THAT(when(rafal).asks(mandate(robert, "GOPS Lipniki", Role::guest, until)), answered());
}

TEST_F(People, T08_with_mandates_of_two_institutions_one_chooses_and_the_record_keeps_it) {
    given_mandate(rafal, nina, Role::member);
    auto& visitor = world.another(nina);
    const auto lipniki = visitor.mandate(world.team(), world.institution("GOPS Lipniki")).id;

    EXPECT_THAT(visitor.posts(daily(), "W czyim imieniu?"), refused(Code::invalid, "T-08"));
    const auto message = visitor.says(daily(), "W imieniu GOPS.", {}, lipniki);

    const auto author = then(hanna).finds(daily().channel, message)->author;
    EXPECT_EQ(author.mandate, lipniki);
    EXPECT_EQ(author.institution, world.institution("GOPS Lipniki"));
}

TEST_F(People, T07_nobody_acts_under_a_mandate_that_is_not_theirs_or_has_ended) {
    const auto hers = when(hanna).mandate(world.team()).id;
    const auto ended = given_mandate(rafal, nina, Role::member);
    when(rafal).gets(EndMandate{ended});

    EXPECT_THAT(when(nina).posts(daily(), "Jako Hanna.", {}, hers), refused(Code::not_found));
    EXPECT_THAT(when(nina).posts(daily(), "Jako GOPS.", {}, ended), refused(Code::not_found));
    EXPECT_THAT(when(nina).posts(daily(), "Jako Nina.", {}, when(nina).mandate(world.team()).id), answered());
}

TEST_F(People, T26_the_role_table_shown_is_the_one_that_is_enforced) {
    const auto shown = then(nina).gets(ShowRoles{}).roles;

    ASSERT_THAT(shown, SizeIs(std::size(access::role_table)));
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto& enforced = access::role_table[i];
        EXPECT_EQ(shown[i].role, enforced.role);
        std::vector<std::string> sentences;
        for (const auto& text : access::right_texts)
            if (enforced.rights & text.right) sentences.emplace_back(text.sentence);
        EXPECT_EQ(shown[i].may, sentences);
    }
}

TEST_F(People, A36_institutions_are_listed_for_those_who_admit) {
    EXPECT_THAT(when(nina).asks(ListInstitutions{}), refused(Code::gate_closed, "A-36"));
    EXPECT_THAT(then(ewa).gets(ListInstitutions{}).institutions, SizeIs(17));
    EXPECT_THAT(then(administrator).gets(ListInstitutions{}).institutions, SizeIs(17));
}

TEST_F(People, T04_nothing_of_one_team_shows_in_another_because_somebody_belongs_to_both) {
    given_present({sylwia, robert, nina});
    when(olga).says(world.place("Na co dzień", miasto), "Tylko miasto.");
    when(ewa).says(daily(), "Tylko powiat.");

    EXPECT_THAT(then(sylwia).events(), SizeIs(2));
    EXPECT_THAT(then(robert).events(), SizeIs(1));
    EXPECT_THAT(then(nina).events(), SizeIs(1));
    EXPECT_THAT(then(nina).texts(daily().channel), Not(Contains("Tylko miasto.")));
    EXPECT_THAT(when(nina).asks(ShowTeam{world.team(miasto)}), refused(Code::not_found));
    for (const auto& person : then(nina).started().people)
        EXPECT_NE(person.id, world.person(olga)); // not even that she exists
    for (const auto& colleague : then(nina).started().colleagues)
        EXPECT_NE(colleague.team, world.team(miasto));
}

TEST_F(People, T04_a_team_shows_only_its_own_mandates) {
    for (const auto& mandate : then(nina).gets(ShowTeam{world.team()}).mandates)
        EXPECT_EQ(mandate.team, world.team());
    EXPECT_THAT(then(sylwia).gets(ShowTeam{world.team(miasto)}).mandates, SizeIs(7));
}

} // namespace
} // namespace splot::teams
