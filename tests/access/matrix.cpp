// `decide` against the oracle: every combination of one mandate's facts, and random facts with several mandates.
#include "tests/access/facts.h"
#include "tests/access/oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace splot::access {
namespace {

using namespace given;

constexpr Role roles[] = {Role::head,       Role::animator,  Role::member,           Role::contact_person,
                          Role::councillor, Role::authority, Role::regional_adviser, Role::supervisor,
                          Role::observer,   Role::guest};
constexpr Action actions[] = {Action::read,
                              Action::post,
                              Action::manage_channels,
                              Action::moderate,
                              Action::admit,
                              Action::give_mandates,
                              Action::manage_people,
                              Action::found_team,
                              Action::manage_institution_channels,
                              Action::destroy_key,
                              Action::list_institutions};

std::string name(Gate gate) { return boost::describe::enum_to_string(gate, ""); }
std::string number(Action action) { return "action " + std::to_string(static_cast<int>(action)); }
template <class E> std::string text_of(E value) { return boost::describe::enum_to_string(value, ""); }

/// Counts what differs and tells the first few: a mistake in one gate makes thousands.
class Differences {
public:
    void compare(const Decision& decision, const oracle::Opinion& opinion, const std::string& where) {
        ++compared_;
        const bool same =
            name(decision.gate) == opinion.gate && (!decision.allowed() || decision.since == opinion.since);
        if (same) return;
        if (++found_ <= 5)
            ADD_FAILURE() << where << ": decide says " << name(decision.gate) << " since " << to_text(decision.since)
                          << ", the oracle " << opinion.gate << " since " << to_text(opinion.since);
    }
    void add(bool same, const std::string& where) {
        ++compared_;
        if (!same && ++found_ <= 5) ADD_FAILURE() << where;
    }
    int found() const { return found_; }
    int compared() const { return compared_; }

private:
    int found_ = 0, compared_ = 0;
};

// ---- the whole matrix

struct Stretch {
    Instant from;
    std::optional<Instant> until;
};
const Stretch valid{day(-9), day(9)}, endless{day(-9), {}}, ended{day(-9), today()}, coming{day(1), {}};

std::vector<LaneFact> all_lanes() {
    std::vector<LaneFact> lanes;
    for (const auto kind :
         {LaneKind::all, LaneKind::announcements, LaneKind::heads, LaneKind::animators, LaneKind::listed})
        lanes.push_back(lane(kind));
    lanes.push_back(room(office));
    lanes.push_back(room(office));
    lanes.back().kind = LaneKind::listed;
    lanes.back().list = list;
    lanes.push_back(inbox(nina));
    lanes.push_back(inbox(iza));
    return lanes;
}

std::vector<Label> all_audiences() {
    const Label both{.id = 1, .lane = 1, .institutions = {office}, .persons = {nina}};
    const Label neither{.id = 1, .lane = 1, .institutions = {office}, .persons = {iza}};
    return {everybody(),
            only(std::vector{centre, office}),
            only(std::vector{centre}),
            only(std::vector{nina, iza}),
            only(std::vector{iza}),
            both,
            neither};
}

std::vector<std::vector<MembershipFact>> all_memberships(const LaneFact& lane) {
    std::vector<std::vector<MembershipFact>> all{{}};
    if (lane.scope != Scope::team) return all;
    for (const auto& stretch : {valid, ended, coming}) {
        auto one = membership(office);
        one.from = stretch.from, one.until = stretch.until;
        all.push_back({one});
    }
    all.push_back({membership(centre), membership(office, other_team)});
    return all;
}

std::vector<std::vector<ListFact>> all_lists(const LaneFact& lane) {
    std::vector<std::vector<ListFact>> all{{listed()}};
    if (lane.kind != LaneKind::listed) return all;
    all.push_back({});
    all.push_back({listed(other_list)});
    for (const auto& stretch : {valid, ended, coming}) {
        auto one = listed();
        one.from = stretch.from, one.until = stretch.until;
        all.push_back({one});
    }
    return all;
}

std::vector<MandateFact> all_mandates(Role role) {
    std::vector<MandateFact> all;
    for (const auto& stretch : {valid, endless, ended, coming})
        for (const auto& place : {std::optional(team), std::optional(other_team), std::optional<TeamId>()})
            for (const auto& institution : {office, centre}) {
                auto one = mandate(role, institution, place);
                one.from = stretch.from, one.until = stretch.until;
                all.push_back(one);
            }
    return all;
}

TEST(Matrix, A36_one_mandate_in_every_combination_of_facts) {
    Differences differences;
    const std::vector<Actor> actors{as_nina(), as_nina_under(41), as_nina_under(99)};
    for (const auto role : roles)
        for (const auto& one : all_mandates(role))
            for (const auto& where : all_lanes())
                for (const auto& memberships : all_memberships(where))
                    for (const auto& lists : all_lists(where))
                        for (const bool known : {true, false}) {
                            Facts facts{.person = nina,
                                        .known = known,
                                        .administrator = false,
                                        .mandates = {one},
                                        .memberships = memberships,
                                        .lists = lists,
                                        .devices = {},
                                        .epochs = {}};
                            for (const auto& label : all_audiences())
                                for (const auto& actor : actors)
                                    for (const auto action : actions)
                                        differences.compare(decide(actor, action, where, label, facts, today()),
                                                            oracle::about(actor, action, where, label, facts, today()),
                                                            text_of(role) + " " + number(action) + " in " +
                                                                text_of(where.kind));
                        }
    EXPECT_EQ(differences.found(), 0) << "of " << differences.compared();
}

TEST(Matrix, T10_what_belongs_to_an_institution_in_every_combination) {
    Differences differences;
    for (const auto role : roles)
        for (auto one : all_mandates(role))
            for (const bool power : {true, false})
                for (const bool known : {true, false})
                    for (const auto& actor : {as_nina(), as_nina_under(41), as_nina_under(99)})
                        for (const auto action : actions) {
                            one.power_of_attorney = power;
                            Facts facts{.person = nina, .known = known};
                            facts.mandates = {one};
                            const auto decision = decide_for_institution(actor, action, office, facts, today());
                            const auto opinion = oracle::about_institution(actor, action, office, facts, today());
                            differences.add(name(decision.gate) == opinion.gate, text_of(role) + number(action));
                        }
    EXPECT_EQ(differences.found(), 0) << "of " << differences.compared();
}

// ---- random facts with several mandates

/// Draws from a few institutions, teams and days, so that things meet often.
class Dice {
public:
    explicit Dice(unsigned seed) : random_(seed) {}

    int up_to(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most + 1)); }
    bool once_in(int n) { return up_to(n - 1) == 0; }
    template <class Range> auto one_of(const Range& range) {
        return range[static_cast<std::size_t>(up_to(static_cast<int>(std::size(range)) - 1))];
    }

    InstitutionId institution() { return id<InstitutionId>(static_cast<std::uint8_t>(11 + up_to(2))); }
    TeamId team() { return id<TeamId>(static_cast<std::uint8_t>(21 + up_to(1))); }
    Stretch stretch() {
        const int from = up_to(8) - 5;
        return {day(from), once_in(3) ? std::nullopt : std::optional(day(from + up_to(4)))};
    }

    Facts facts() {
        Facts facts{.person = nina, .known = !once_in(20)};
        for (int i = up_to(5); i > 0; --i) {
            auto one = mandate(one_of(roles), institution(), once_in(4) ? std::nullopt : std::optional(team()));
            one.id = id<MandateId>(static_cast<std::uint8_t>(40 + i));
            const auto when = stretch();
            one.from = when.from, one.until = when.until;
            one.power_of_attorney = once_in(4);
            facts.mandates.push_back(one);
        }
        for (std::uint8_t i = 11; i <= 13; ++i)
            for (std::uint8_t t = 21; t <= 22; ++t) {
                if (once_in(5)) continue;
                auto one = membership(id<InstitutionId>(i), id<TeamId>(t));
                const auto when = once_in(2) ? Stretch{day(-6), {}} : stretch();
                one.from = when.from, one.until = when.until;
                facts.memberships.push_back(one);
            }
        for (const auto& channel : {list, other_list}) {
            if (once_in(3)) continue;
            auto one = listed(channel);
            const auto when = stretch();
            one.from = when.from, one.until = when.until;
            facts.lists.push_back(one);
        }
        return facts;
    }
    Label label() {
        Label label = everybody();
        if (once_in(3))
            for (std::uint8_t i = 11; i <= 13; ++i)
                if (once_in(2)) label.institutions.push_back(id<InstitutionId>(i));
        if (once_in(4))
            for (const auto& person : {nina, iza})
                if (once_in(2)) label.persons.push_back(person);
        return label;
    }
    LaneFact lane() { return one_of(all_lanes()); }
    Action action() { return once_in(2) ? Action::read : one_of(actions); }
    Actor actor() { return once_in(3) ? as_nina_under(static_cast<std::uint8_t>(41 + up_to(4))) : as_nina(); }

private:
    std::mt19937 random_;
};

constexpr int rounds = 60'000;

TEST(RandomFacts, A36_several_mandates_are_decided_as_the_oracle_does) {
    Differences differences;
    Dice dice(3);
    int allowed = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto facts = dice.facts();
        const auto label = dice.label();
        const auto where = dice.lane();
        const auto actor = dice.actor();
        const auto action = dice.action();
        const auto decision = decide(actor, action, where, label, facts, today());
        allowed += decision.allowed();
        differences.compare(decision, oracle::about(actor, action, where, label, facts, today()), std::to_string(i));
        const auto institution = dice.institution();
        differences.add(name(decide_for_institution(actor, action, institution, facts, today()).gate) ==
                            oracle::about_institution(actor, action, institution, facts, today()).gate,
                        "institution " + std::to_string(i));
    }
    EXPECT_EQ(differences.found(), 0) << "of " << differences.compared();
    EXPECT_GT(allowed, rounds / 20) << "the dice make too few that pass to prove anything";
}

/// `facts` without the one at this place, over all kinds in a row.
bool remove_one(Facts& facts, std::size_t at) {
    const auto from = [&](auto& rows) {
        if (at < rows.size()) return rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at)), true;
        at -= rows.size();
        return false;
    };
    return from(facts.mandates) || from(facts.memberships) || from(facts.lists);
}

TEST(RandomFacts, A36_taking_a_fact_away_never_opens_anything) {
    Differences differences;
    Dice dice(4);
    for (int i = 0; i < rounds / 6; ++i) {
        const auto facts = dice.facts();
        const auto label = dice.label();
        const auto where = dice.lane();
        const auto action = dice.action();
        const auto actor = dice.actor();
        const auto before = decide(actor, action, where, label, facts, today());
        Facts fewer = facts;
        for (std::size_t at = 0; remove_one(fewer, at); ++at, fewer = facts) {
            const auto after = decide(actor, action, where, label, fewer, today());
            // Who had to choose between two institutions (T-08) may have one left: that is no new right.
            const bool had_to_choose = before.gate == Gate::choice;
            differences.add(!after.allowed() || had_to_choose || (before.allowed() && after.since >= before.since),
                            std::to_string(i));
        }
    }
    EXPECT_EQ(differences.found(), 0) << "of " << differences.compared();
}

TEST(RandomFacts, A43_a_narrower_label_never_has_a_new_reader) {
    Differences differences;
    Dice dice(5);
    for (int i = 0; i < rounds; ++i) {
        const auto facts = dice.facts();
        const auto wide = dice.label(), narrow = dice.label();
        if (!is_within(narrow, wide)) continue;
        const auto where = dice.lane();
        const auto of_wide = decide(as_nina(), Action::read, where, wide, facts, today());
        const auto of_narrow = decide(as_nina(), Action::read, where, narrow, facts, today());
        differences.add(!of_narrow.allowed() || (of_wide.allowed() && of_narrow.since >= of_wide.since),
                        std::to_string(i));
    }
    EXPECT_EQ(differences.found(), 0) << "of " << differences.compared();
    EXPECT_GT(differences.compared(), rounds / 4);
}

TEST(RandomFacts, T09_a_decision_changes_only_where_holds_until_says) {
    Differences differences;
    Dice dice(6);
    const auto half_a_day = std::chrono::hours(12);
    for (int i = 0; i < rounds / 10; ++i) {
        const auto facts = dice.facts();
        const auto label = dice.label();
        const auto where = dice.lane();
        const auto action = dice.action();
        for (Instant now = day(-7); now < day(12); now += half_a_day) {
            const auto next = now + half_a_day;
            const auto until = holds_until(facts, now);
            differences.add(!until || *until > now, "behind " + std::to_string(i));
            if (until && *until <= next) continue;
            const auto one = decide(as_nina(), action, where, label, facts, now);
            const auto other = decide(as_nina(), action, where, label, facts, next);
            differences.add(one.gate == other.gate && one.ground == other.ground && one.since == other.since,
                            std::to_string(i));
        }
    }
    EXPECT_EQ(differences.found(), 0) << "of " << differences.compared();
}

} // namespace
} // namespace splot::access
