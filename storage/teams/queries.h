#pragma once
#include "protocol/teams/types.h"
#include "storage/access/grant.h"
#include "storage/postgres/transaction.h"

namespace splot::storage::teams {

void insert_institution(Transaction& tx, const Grant& grant, const Institution& institution, std::int32_t label);
void insert_team(Transaction& tx, const Grant& grant, const Team& team, std::int32_t label);
void insert_membership(Transaction& tx, const Grant& grant, const Membership& membership);
void insert_mandate(Transaction& tx, const Grant& grant, const Mandate& mandate, const std::string& act);
/// False: it had ended before.
Async<bool> end_mandate(Transaction& tx, const Grant& grant, MandateId mandate, Instant now);

Async<std::vector<Institution>> institutions(Transaction& tx, const Grant& grant, std::vector<InstitutionId> ids);
Async<std::vector<Institution>> all_institutions(Transaction& tx, const Grant& grant);
Async<std::vector<Team>> teams(Transaction& tx, const Grant& grant, std::vector<TeamId> ids);
/// Of these teams, not ended.
Async<std::vector<Membership>> memberships(Transaction& tx, const Grant& grant, std::vector<TeamId> ids, Instant now);
/// That hold now: in these teams, and inside these institutions.
Async<std::vector<Mandate>> mandates_around(Transaction& tx, const Grant& grant, std::vector<TeamId> teams,
                                            std::vector<InstitutionId> institutions, Instant now);
Async<std::vector<Person>> people(Transaction& tx, const Grant& grant, std::vector<PersonId> ids);
Async<std::vector<Person>> people_of_institution(Transaction& tx, const Grant& grant, InstitutionId institution);

/// A mandate for a decision about it: read before anybody is admitted, so nothing of it leaves without one.
Async<std::optional<Mandate>> find_mandate(Transaction& log_tx, FeedPass pass, MandateId mandate);

// ---- for replay

Async<std::vector<Institution>> replay_institutions(Transaction& log_tx, FeedPass pass, std::vector<InstitutionId> ids);
Async<std::vector<Mandate>> replay_mandates(Transaction& log_tx, FeedPass pass, std::vector<MandateId> ids);
Async<std::vector<Person>> replay_people(Transaction& log_tx, FeedPass pass, std::vector<PersonId> ids);
Async<std::vector<Membership>> replay_memberships(Transaction& log_tx, FeedPass pass, std::vector<TeamId> ids);

} // namespace splot::storage::teams
