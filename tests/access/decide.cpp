// The policy, gate by gate. Each refusal has a twin that passes and differs in one fact.
#include "tests/access/facts.h"

#include <gtest/gtest.h>

namespace splot::access {
namespace {

using namespace given;

TEST(Decide, A36_an_open_account_reads_and_a_closed_one_does_not) {
    auto facts = nina_as(Role::member);
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::open);
    facts.known = false;
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::account);
    EXPECT_EQ(reading(inbox(nina), everybody(), facts), Gate::account);
}

TEST(Decide, A40_a_technical_administrator_without_a_mandate_reads_nothing) {
    Facts facts{.person = nina, .known = true, .administrator = true};
    facts.memberships = {membership(office)};
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::mandate);
    EXPECT_EQ(reading(room(office), everybody(), facts), Gate::mandate);
    EXPECT_EQ(decide_for_institution(as_nina(), Action::read, office, facts, today()).gate, Gate::mandate);
    facts.mandates = {mandate(Role::member, office)};
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::open);
}

TEST(Decide, T07_a_mandate_holds_from_its_first_moment_and_not_at_its_last) {
    auto facts = nina_as(Role::member);
    facts.mandates[0].from = today();
    facts.mandates[0].until = day(1);
    const auto gate_at = [&](Instant now) {
        return decide(as_nina(), Action::read, lane(LaneKind::all), everybody(), facts, now).gate;
    };
    const std::chrono::microseconds moment(1);
    EXPECT_EQ(gate_at(today() - moment), Gate::mandate);
    EXPECT_EQ(gate_at(today()), Gate::open);
    EXPECT_EQ(gate_at(day(1) - moment), Gate::open);
    EXPECT_EQ(gate_at(day(1)), Gate::mandate);
}

TEST(Decide, T07_a_mandate_needs_its_institution_in_the_team_now) {
    auto facts = nina_as(Role::member);
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::open);
    facts.memberships[0].until = today();
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::membership);
    facts.memberships[0].until = day(1);
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::open);
    facts.memberships[0].from = day(1);
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::membership);
}

TEST(Decide, T07_the_membership_of_another_institution_does_not_help) {
    auto facts = nina_as(Role::member);
    facts.memberships = {membership(centre)};
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::membership);
    facts.memberships = {membership(office)};
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::open);
}

TEST(Decide, T04_a_mandate_in_one_team_opens_nothing_of_another) {
    auto facts = nina_as(Role::member);
    facts.memberships.push_back(membership(office, other_team));
    auto elsewhere = lane(LaneKind::all);
    elsewhere.scope_id = Uuid(other_team);
    EXPECT_EQ(reading(elsewhere, everybody(), facts), Gate::mandate);
    facts.mandates[0].team = other_team;
    EXPECT_EQ(reading(elsewhere, everybody(), facts), Gate::open);
}

TEST(Decide, T55_each_space_of_a_team_has_its_readers) {
    const auto reads = [](LaneKind kind, Role role) { return reading(kind, nina_as(role)) == Gate::open; };
    EXPECT_TRUE(reads(LaneKind::heads, Role::head));
    EXPECT_FALSE(reads(LaneKind::heads, Role::animator));
    EXPECT_TRUE(reads(LaneKind::animators, Role::animator));
    EXPECT_FALSE(reads(LaneKind::animators, Role::head));
    EXPECT_TRUE(reads(LaneKind::announcements, Role::observer));
    EXPECT_FALSE(reads(LaneKind::all, Role::observer));
    EXPECT_TRUE(reads(LaneKind::all, Role::councillor));
    EXPECT_FALSE(reads(LaneKind::all, Role::guest));
}

TEST(Decide, T55_the_room_of_an_institution_is_for_its_own_people) {
    const auto facts = nina_as(Role::member);
    EXPECT_EQ(reading(room(office), everybody(), facts), Gate::open);
    EXPECT_EQ(reading(room(centre), everybody(), facts), Gate::mandate);
    EXPECT_EQ(reading(room(office), everybody(), nina_as(Role::guest)), Gate::lane);
}

TEST(Decide, T55_a_listed_channel_is_for_those_on_its_list_now) {
    auto facts = nina_as(Role::supervisor);
    EXPECT_EQ(reading(LaneKind::listed, facts), Gate::lane);
    facts.lists = {listed(other_list)};
    EXPECT_EQ(reading(LaneKind::listed, facts), Gate::lane);
    facts.lists = {listed()};
    EXPECT_EQ(reading(LaneKind::listed, facts), Gate::open);
    facts.lists[0].until = today();
    EXPECT_EQ(reading(LaneKind::listed, facts), Gate::lane);
}

TEST(Decide, A36_being_on_a_list_does_not_replace_a_role_that_may_join_lists) {
    auto facts = nina_as(Role::observer);
    facts.lists = {listed()};
    EXPECT_EQ(reading(LaneKind::listed, facts), Gate::lane);
    facts.mandates[0].role = Role::guest;
    EXPECT_EQ(reading(LaneKind::listed, facts), Gate::open);
}

TEST(Decide, A37_a_head_reads_what_the_institution_is_told_and_not_the_talk_of_its_people) {
    auto facts = nina_as(Role::head);
    facts.mandates[0].team = std::nullopt;
    EXPECT_EQ(reading(LaneKind::announcements, facts), Gate::open);
    EXPECT_EQ(reading(LaneKind::heads, facts), Gate::open);
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::mandate);
    facts.lists = {listed()};
    EXPECT_EQ(reading(LaneKind::listed, facts), Gate::mandate);
    facts.mandates[0].team = team;
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::open);
}

TEST(Decide, A37_a_members_mandate_in_the_institution_alone_reaches_no_team) {
    auto facts = nina_as(Role::member);
    facts.mandates[0].team = std::nullopt;
    EXPECT_EQ(reading(LaneKind::announcements, facts), Gate::mandate);
    facts.mandates[0].role = Role::head;
    EXPECT_EQ(reading(LaneKind::announcements, facts), Gate::open);
}

TEST(Decide, A43_a_label_of_institutions_is_read_by_theirs_only) {
    const auto facts = nina_as(Role::member);
    EXPECT_EQ(reading(lane(LaneKind::all), only(std::vector{centre}), facts), Gate::audience);
    EXPECT_EQ(reading(lane(LaneKind::all), only(std::vector{centre, office}), facts), Gate::open);
}

TEST(Decide, A43_a_label_of_persons_is_read_by_them_only) {
    const auto facts = nina_as(Role::member);
    EXPECT_EQ(reading(lane(LaneKind::all), only(std::vector{iza}), facts), Gate::audience);
    EXPECT_EQ(reading(lane(LaneKind::all), only(std::vector{nina, iza}), facts), Gate::open);
}

TEST(Decide, A43_a_label_of_both_wants_both) {
    Label label{.id = 1, .lane = 1, .institutions = {centre}, .persons = {nina}};
    EXPECT_EQ(reading(lane(LaneKind::all), label, nina_as(Role::member)), Gate::audience);
    label.institutions = {office};
    EXPECT_EQ(reading(lane(LaneKind::all), label, nina_as(Role::member)), Gate::open);
}

TEST(Decide, A43_being_named_does_not_open_a_lane) {
    EXPECT_EQ(reading(lane(LaneKind::heads), only(std::vector{nina}), nina_as(Role::member)), Gate::lane);
    EXPECT_EQ(reading(lane(LaneKind::heads), only(std::vector{nina}), nina_as(Role::head)), Gate::open);
}

TEST(Decide, T26_only_an_animator_announces) {
    EXPECT_EQ(doing(Action::post, LaneKind::announcements, nina_as(Role::member)), Gate::role);
    EXPECT_EQ(doing(Action::post, LaneKind::announcements, nina_as(Role::head)), Gate::role);
    EXPECT_EQ(doing(Action::post, LaneKind::announcements, nina_as(Role::animator)), Gate::open);
    EXPECT_EQ(doing(Action::post, LaneKind::all, nina_as(Role::member)), Gate::open);
}

TEST(Decide, T26_only_an_animator_leads_a_team) {
    for (const auto action : {Action::manage_channels, Action::moderate, Action::admit}) {
        EXPECT_EQ(doing(action, LaneKind::all, nina_as(Role::member)), Gate::role);
        EXPECT_EQ(doing(action, LaneKind::all, nina_as(Role::head)), Gate::role);
        EXPECT_EQ(doing(action, LaneKind::all, nina_as(Role::animator)), Gate::open);
        EXPECT_EQ(decide_now(action, room(office), everybody(), nina_as(Role::animator)).gate, Gate::role)
            << "a team's animator leads no institution";
    }
}

TEST(Decide, T26_an_institutions_channels_are_its_heads) {
    const auto gate = [](Role role) {
        return decide_now(Action::manage_institution_channels, room(office), everybody(), nina_as(role)).gate;
    };
    EXPECT_EQ(gate(Role::animator), Gate::role);
    EXPECT_EQ(gate(Role::head), Gate::open);
    EXPECT_EQ(doing(Action::manage_institution_channels, LaneKind::all, nina_as(Role::head)), Gate::role);
}

TEST(Decide, A36_acting_never_opens_what_reading_would_not) {
    EXPECT_EQ(doing(Action::moderate, LaneKind::heads, nina_as(Role::animator)), Gate::lane);
    EXPECT_EQ(doing(Action::moderate, LaneKind::animators, nina_as(Role::animator)), Gate::open);
    EXPECT_EQ(doing(Action::destroy_key, LaneKind::animators, nina_as(Role::head)), Gate::lane);
    EXPECT_EQ(doing(Action::destroy_key, LaneKind::heads, nina_as(Role::head)), Gate::open);
}

TEST(Decide, T08_who_may_act_for_two_institutions_must_say_for_which) {
    const auto facts = nina_for_two(Role::member);
    EXPECT_EQ(doing(Action::post, LaneKind::all, facts), Gate::choice);
    EXPECT_EQ(reading(LaneKind::all, facts), Gate::open);
    const auto named = decide(as_nina_under(42), Action::post, lane(LaneKind::all), everybody(), facts, today());
    ASSERT_TRUE(named.allowed());
    EXPECT_EQ(named.ground->institution, centre);
}

TEST(Decide, T08_two_mandates_of_one_institution_speak_with_one_voice) {
    auto facts = nina_for_two(Role::member);
    facts.mandates[1].institution = office;
    EXPECT_EQ(doing(Action::post, LaneKind::all, facts), Gate::open);
}

TEST(Decide, T08_only_one_that_may_act_needs_no_choice) {
    auto facts = nina_for_two(Role::member);
    facts.mandates[1].role = Role::observer;
    EXPECT_EQ(doing(Action::post, LaneKind::all, facts), Gate::open);
}

TEST(Decide, T08_a_named_mandate_alone_counts_also_for_reading) {
    auto facts = nina_for_two(Role::member);
    facts.mandates[1].role = Role::guest;
    const auto gate = [&](std::uint8_t mandate) {
        return decide(as_nina_under(mandate), Action::read, lane(LaneKind::all), everybody(), facts, today()).gate;
    };
    EXPECT_EQ(gate(41), Gate::open);
    EXPECT_EQ(gate(42), Gate::lane);
    EXPECT_EQ(gate(99), Gate::mandate) << "another person's mandate";
}

TEST(Decide, T10_a_head_or_one_with_a_power_of_attorney_gives_mandates) {
    auto facts = nina_as(Role::member);
    const auto gate = [&](InstitutionId institution) {
        return decide_for_institution(as_nina(), Action::give_mandates, institution, facts, today()).gate;
    };
    EXPECT_EQ(gate(office), Gate::role);
    facts.mandates[0].power_of_attorney = true;
    EXPECT_EQ(gate(office), Gate::open);
    EXPECT_EQ(gate(centre), Gate::mandate);
    facts = nina_as(Role::head);
    EXPECT_EQ(gate(office), Gate::open);
    facts.mandates[0].until = today();
    EXPECT_EQ(gate(office), Gate::mandate);
}

TEST(Decide, T10_a_power_of_attorney_founds_no_team) {
    auto facts = nina_as(Role::member);
    facts.mandates[0].power_of_attorney = true;
    EXPECT_EQ(decide_for_institution(as_nina(), Action::found_team, office, facts, today()).gate, Gate::role);
    facts.mandates[0].role = Role::head;
    EXPECT_EQ(decide_for_institution(as_nina(), Action::found_team, office, facts, today()).gate, Gate::open);
}

TEST(Decide, an_inbox_is_its_persons_only) {
    Facts facts{.person = nina, .known = true};
    EXPECT_EQ(reading(inbox(nina), everybody(), facts), Gate::open) << "without any mandate, too";
    EXPECT_EQ(reading(inbox(iza), everybody(), facts), Gate::mandate);
    EXPECT_EQ(reading(inbox(iza), everybody(), nina_as(Role::head)), Gate::mandate);
}

// ---- since (T-45)

TEST(Decide, T45_a_newcomer_reads_from_the_day_of_the_mandate) {
    EXPECT_EQ(decide_now(Action::read, lane(LaneKind::all), everybody(), nina_as(Role::member)).since, day(-100));
}

TEST(Decide, T45_nobody_reads_from_before_their_institution_joined) {
    auto facts = nina_as(Role::head);
    facts.mandates[0].team = std::nullopt; // head for ten years, in the team since a week
    facts.mandates[0].from = day(-3650);
    facts.memberships[0].from = day(-7);
    EXPECT_EQ(decide_now(Action::read, lane(LaneKind::announcements), everybody(), facts).since, day(-7));
    EXPECT_EQ(decide_now(Action::read, room(office), everybody(), facts).since, day(-3650));
}

TEST(Decide, T45_on_a_list_from_the_day_of_being_listed) {
    auto facts = nina_as(Role::member);
    facts.lists = {listed()};
    EXPECT_EQ(decide_now(Action::read, lane(LaneKind::listed), everybody(), facts).since, day(-50));
    EXPECT_EQ(decide_now(Action::read, lane(LaneKind::all), everybody(), facts).since, day(-100));
}

TEST(Decide, T45_a_renewed_mandate_goes_on_from_the_one_before_and_a_gap_starts_anew) {
    auto facts = nina_as(Role::member);
    facts.mandates.push_back(facts.mandates[0]);
    facts.mandates[0].from = day(-200);
    facts.mandates[0].until = day(-100);
    const auto since = [&] { return decide_now(Action::read, lane(LaneKind::all), everybody(), facts).since; };
    EXPECT_EQ(since(), day(-200));
    facts.mandates[0].until = day(-101);
    EXPECT_EQ(since(), day(-100));
    facts.mandates[0].until = day(-100);
    facts.mandates[0].team = other_team;
    EXPECT_EQ(since(), day(-100));
}

TEST(Decide, T45_a_guest_who_becomes_a_member_reads_the_team_from_then_on) {
    auto facts = nina_as(Role::member);
    facts.mandates.push_back(facts.mandates[0]);
    facts.mandates[0].from = day(-200);
    facts.mandates[0].until = day(-100);
    facts.mandates[0].role = Role::guest;
    facts.lists = {listed()};
    facts.lists[0].from = day(-150);
    EXPECT_EQ(decide_now(Action::read, lane(LaneKind::all), everybody(), facts).since, day(-100));
    EXPECT_EQ(decide_now(Action::read, lane(LaneKind::listed), everybody(), facts).since, day(-150));
}

// ---- how a refusal is told

TEST(Decide, A62_what_one_may_not_see_is_not_found_and_what_one_may_not_do_is_a_closed_gate) {
    EXPECT_EQ(problem_of({.gate = Gate::lane}, Action::post).code, Code::not_found);
    EXPECT_EQ(problem_of({.gate = Gate::audience}, Action::read).code, Code::not_found);
    EXPECT_EQ(problem_of({.gate = Gate::account}, Action::read), problem_of({.gate = Gate::mandate}, Action::moderate));
    EXPECT_EQ(problem_of({.gate = Gate::role}, Action::post), refuse(Code::gate_closed, "A-36"));
    EXPECT_EQ(problem_of({.gate = Gate::role}, Action::read), refuse(Code::not_found));
    EXPECT_EQ(problem_of({.gate = Gate::choice}, Action::post), refuse(Code::invalid, "T-08", "params.as"));
}

// ---- when it may change by time alone

TEST(HoldsUntil, T09_the_next_beginning_or_end_of_any_fact) {
    auto facts = nina_as(Role::member);
    EXPECT_EQ(holds_until(facts, today()), std::nullopt);
    facts.mandates[0].until = day(9);
    EXPECT_EQ(holds_until(facts, today()), day(9));
    facts.memberships[1].until = day(8);
    EXPECT_EQ(holds_until(facts, today()), day(8));
    facts.lists = {listed()};
    facts.lists[0].from = day(7);
    EXPECT_EQ(holds_until(facts, today()), day(7));
    facts.devices = {{.person = nina, .id = {}, .until = day(6)}};
    EXPECT_EQ(holds_until(facts, today()), day(6));
    EXPECT_EQ(holds_until(facts, day(6)), day(7)) << "an end that has come is not ahead";
}

} // namespace
} // namespace splot::access
