#include "storage/teams/queries.h"

#include "storage/teams/sql.h"

namespace splot::storage::teams {

void insert_institution(Transaction& tx, const Grant&, const Institution& i, std::int32_t label) {
    tx.queue(sql::insert_institution, i.id, i.name, i.short_name, i.kind, i.town, label);
}

void insert_team(Transaction& tx, const Grant&, const Team& t, std::int32_t label) {
    tx.queue(sql::insert_team, t.id, t.name, t.kind, t.variant, t.purpose, t.lead, t.parent, label);
}

void insert_membership(Transaction& tx, const Grant&, const Membership& m) {
    tx.queue(sql::insert_membership, m.team, m.institution, m.mode, m.from);
}

void insert_mandate(Transaction& tx, const Grant& grant, const Mandate& m, const std::string& act) {
    tx.queue(sql::insert_mandate, m.id, m.person, m.institution, m.team, m.role, m.decision_maker, act,
             std::optional(grant.person()), m.from, m.until);
}

Async<bool> end_mandate(Transaction& tx, const Grant&, MandateId mandate, Instant now) {
    co_return co_await tx.run(sql::end_mandate, mandate, now) > 0;
}

Async<std::vector<Institution>> institutions(Transaction& tx, const Grant&, std::vector<InstitutionId> ids) {
    return tx.rows<Institution>(sql::institutions, ids);
}

Async<std::vector<Institution>> all_institutions(Transaction& tx, const Grant&) {
    return tx.rows<Institution>(sql::all_institutions);
}

Async<std::vector<Team>> teams(Transaction& tx, const Grant&, std::vector<TeamId> ids) {
    return tx.rows<Team>(sql::teams, ids);
}

Async<std::vector<Membership>> memberships(Transaction& tx, const Grant&, std::vector<TeamId> ids, Instant now) {
    return tx.rows<Membership>(sql::memberships, ids, now);
}

Async<std::vector<Mandate>> mandates_around(Transaction& tx, const Grant&, std::vector<TeamId> teams,
                                            std::vector<InstitutionId> institutions, Instant now) {
    return tx.rows<Mandate>(sql::mandates_around, teams, institutions, now);
}

Async<std::vector<Person>> people(Transaction& tx, const Grant&, std::vector<PersonId> ids) {
    return tx.rows<Person>(sql::people, ids);
}

Async<std::vector<Person>> people_of_institution(Transaction& tx, const Grant&, InstitutionId institution) {
    return tx.rows<Person>(sql::people_of_institution, institution);
}

Async<std::optional<Mandate>> find_mandate(Transaction& log_tx, FeedPass, MandateId mandate) {
    return log_tx.maybe<Mandate>(sql::mandate, mandate);
}

Async<std::vector<Institution>> replay_institutions(Transaction& log_tx, FeedPass, std::vector<InstitutionId> ids) {
    return log_tx.rows<Institution>(sql::institutions, ids);
}

Async<std::vector<Mandate>> replay_mandates(Transaction& log_tx, FeedPass, std::vector<MandateId> ids) {
    return log_tx.rows<Mandate>(sql::mandates, ids);
}

Async<std::vector<Person>> replay_people(Transaction& log_tx, FeedPass, std::vector<PersonId> ids) {
    return log_tx.rows<Person>(sql::people, ids);
}

Async<std::vector<Membership>> replay_memberships(Transaction& log_tx, FeedPass, std::vector<TeamId> ids) {
    return log_tx.rows<Membership>(sql::memberships, ids, Instant{});
}

} // namespace splot::storage::teams
