#include "storage/identity/accounts.h"

#include "storage/identity/alone.h"
#include "storage/identity/sql.h"

namespace splot::storage::identity {
namespace {

struct ListedInvitation {
    InvitationId id;
    InvitationPurpose purpose;
    PersonId person;
    Personal<std::string> name;
    std::string post;
    PersonId made_by;
    Instant made_at;
    Instant until;
    std::optional<Instant> used_at;
    std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(ListedInvitation, (),
                      (id, purpose, person, name, post, made_by, made_at, until, used_at, revoked_at))

struct ListedRecovery {
    RecoveryId id;
    PersonId person;
    Personal<std::string> name;
    std::string post;
    PersonId started_by;
    Instant started_at;
    std::string reason;
    Instant until;
};
BOOST_DESCRIBE_STRUCT(ListedRecovery, (), (id, person, name, post, started_by, started_at, reason, until))

} // namespace

Async<std::vector<AccountRow>> accounts(Transaction& tx, const Grant&, std::optional<InstitutionId> institution) {
    return tx.rows<AccountRow>(sql::accounts, institution);
}

Async<std::optional<AccountPlace>> account_place(Transaction& tx, const Grant&, PersonId person) {
    return tx.maybe<AccountPlace>(sql::account_place, person);
}

Async<std::optional<PersonPlace>> person_institution(Transaction& tx, PersonId person) {
    return tx.maybe<PersonPlace>(sql::person_institution, person);
}

Async<bool> institution_is_inhabited(Transaction& tx, const Grant&, InstitutionId institution) {
    return tx.one<bool>(sql::institution_is_inhabited, institution);
}

Async<bool> close_account(Transaction& tx, const Grant&, PersonId person, Instant now) {
    co_return co_await tx.run(sql::close_account, person, now) > 0;
}

Async<bool> reopen_account(Transaction& tx, const Grant&, PersonId person) {
    co_return co_await tx.run(sql::reopen_account, person) > 0;
}

Async<bool> set_administrator(Transaction& tx, const Grant&, PersonId person, bool administrator) {
    co_return co_await tx.run(sql::set_administrator, person, administrator) > 0;
}

Async<std::vector<PersonId>> administrators(Transaction& tx, const Grant&) {
    return tx.rows<PersonId>(sql::administrators);
}

void end_sessions(Transaction& tx, const Grant&, PersonId person, Instant now) {
    tx.queue(sql::end_sessions, person, now);
}

void insert_invitation(Transaction& tx, const Grant&, const NewInvitation& i) {
    tx.queue(sql::revoke_invitations_of, i.person, i.now);
    tx.queue(sql::insert_invitation, i.id, i.purpose, i.person, i.token_hash, i.made_by, i.now, i.until);
}

Async<std::optional<InvitationRow>> invitation(Transaction& tx, const Grant&, InvitationId id) {
    return tx.maybe<InvitationRow>(sql::invitation, id);
}

Async<bool> revoke_invitation(Transaction& tx, const Grant&, InvitationId id, Instant now) {
    co_return co_await tx.run(sql::revoke_invitation, id, now) > 0;
}

Async<std::vector<splot::identity::Invitation>> invitations(Transaction& tx, const Grant&,
                                                            std::optional<InstitutionId> institution, Instant since) {
    std::vector<splot::identity::Invitation> all;
    for (auto& row : co_await tx.rows<ListedInvitation>(sql::invitations, institution, since))
        all.push_back({row.id,
                       row.purpose,
                       {row.person, std::move(row.name), std::move(row.post)},
                       row.made_by,
                       row.made_at,
                       row.until,
                       row.used_at,
                       row.revoked_at});
    co_return all;
}

void insert_recovery(Transaction& tx, const Grant&, const NewRecovery& r) {
    tx.queue(sql::insert_recovery, r.id, r.person, r.started_by, r.now, r.reason, r.until);
}

Async<std::optional<RecoveryRow>> lock_recovery(Transaction& tx, const Grant&, RecoveryId id) {
    return tx.maybe<RecoveryRow>(sql::lock_recovery, id);
}

Async<bool> confirm_recovery(Transaction& tx, const Grant& grant, RecoveryId id, InvitationId invitation, Instant now) {
    co_return co_await tx.run(sql::confirm_recovery, id, grant.person(), now, invitation) > 0;
}

Async<std::vector<splot::identity::Recovery>> recoveries(Transaction& tx, const Grant&,
                                                         std::optional<InstitutionId> institution, Instant now) {
    std::vector<splot::identity::Recovery> all;
    for (auto& row : co_await tx.rows<ListedRecovery>(sql::recoveries, institution, now))
        all.push_back({row.id,
                       {row.person, std::move(row.name), std::move(row.post)},
                       row.started_by,
                       row.started_at,
                       std::move(row.reason),
                       row.until});
    co_return all;
}

Async<std::optional<DoorInvitation>> door_invitation(Pool& door, Bytes token_hash, Instant now) {
    const auto results = co_await alone(door, sql::door_invitation, token_hash, now);
    co_return maybe<DoorInvitation>(results.front());
}

Async<bool> door_use_invitation(Transaction& tx, InvitationId id, Instant now) {
    co_return co_await tx.run(sql::door_use_invitation, id, now) > 0;
}

void door_set_account(Transaction& tx, PersonId person, const std::string& login,
                      const std::optional<std::string>& password_hash, std::optional<Instant> exports_from) {
    tx.queue(sql::door_set_account, person, login, password_hash, exports_from);
}

} // namespace splot::storage::identity
