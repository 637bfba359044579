#pragma once
#include "protocol/identity/accounts.h"
#include "protocol/identity/invitations.h"
#include "storage/access/grant.h"
#include "storage/postgres/transaction.h"

#include <cstddef>

/// Accounts as they are kept, invitations and recoveries. Row-level security gives them to whoever reads the person's
/// institution, and to technical administrators.
namespace splot::storage::identity {

struct AccountRow {
    PersonId id;
    Personal<std::string> name;
    std::string post;
    std::optional<InstitutionId> institution;
    std::optional<std::string> login;
    bool administrator;
    bool second_factor;
    std::optional<Instant> last_used_at;
    std::optional<Instant> closed_at;
};
BOOST_DESCRIBE_STRUCT(AccountRow, (),
                      (id, name, post, institution, login, administrator, second_factor, last_used_at, closed_at))
/// Of an institution, or of the whole hub.
Async<std::vector<AccountRow>> accounts(Transaction& tx, const Grant& grant, std::optional<InstitutionId> institution);

/// What decides who may keep an account.
struct AccountPlace {
    std::optional<InstitutionId> institution;
    Personal<std::string> name;
    bool has_account;
    std::optional<std::string> login;
    bool administrator;
    std::optional<Instant> closed_at;
    bool has_password;
    bool has_passkey;
};
BOOST_DESCRIBE_STRUCT(AccountPlace, (),
                      (institution, name, has_account, login, administrator, closed_at, has_password, has_passkey))
Async<std::optional<AccountPlace>> account_place(Transaction& tx, const Grant& grant, PersonId person);
/// Where somebody was entered, to decide who may keep their account. Nothing: nobody.
struct PersonPlace {
    std::optional<InstitutionId> institution;
};
BOOST_DESCRIBE_STRUCT(PersonPlace, (), (institution))
Async<std::optional<PersonPlace>> person_institution(Transaction& tx, PersonId person);

/// Whether somebody of the institution can sign in.
Async<bool> institution_is_inhabited(Transaction& tx, const Grant& grant, InstitutionId institution);
Async<bool> close_account(Transaction& tx, const Grant& grant, PersonId person, Instant now);
Async<bool> reopen_account(Transaction& tx, const Grant& grant, PersonId person);
Async<bool> set_administrator(Transaction& tx, const Grant& grant, PersonId person, bool administrator);
/// Locked until the transaction ends.
Async<std::vector<PersonId>> administrators(Transaction& tx, const Grant& grant);
/// Sessions, remembered devices and attempts of an account end.
void end_sessions(Transaction& tx, const Grant& grant, PersonId person, Instant now);

struct NewInvitation {
    InvitationId id;
    InvitationPurpose purpose;
    PersonId person;
    Bytes token_hash;
    PersonId made_by;
    Instant now;
    Instant until;
};
/// Links made earlier for the same person stop to hold.
void insert_invitation(Transaction& tx, const Grant& grant, const NewInvitation& invitation);
struct InvitationRow {
    InvitationId id;
    InvitationPurpose purpose;
    PersonId person;
    std::optional<InstitutionId> institution;
    PersonId made_by;
    Instant until;
    std::optional<Instant> used_at;
    std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(InvitationRow, (), (id, purpose, person, institution, made_by, until, used_at, revoked_at))
Async<std::optional<InvitationRow>> invitation(Transaction& tx, const Grant& grant, InvitationId id);
Async<bool> revoke_invitation(Transaction& tx, const Grant& grant, InvitationId id, Instant now);
Async<std::vector<splot::identity::Invitation>> invitations(Transaction& tx, const Grant& grant,
                                                            std::optional<InstitutionId> institution, Instant since);

struct NewRecovery {
    RecoveryId id;
    PersonId person;
    PersonId started_by;
    Instant now;
    std::string reason;
    Instant until;
};
void insert_recovery(Transaction& tx, const Grant& grant, const NewRecovery& recovery);
struct RecoveryRow {
    RecoveryId id;
    PersonId person;
    std::optional<InstitutionId> institution;
    PersonId started_by;
    Instant until;
    std::optional<Instant> confirmed_at;
};
BOOST_DESCRIBE_STRUCT(RecoveryRow, (), (id, person, institution, started_by, until, confirmed_at))
/// Locked until the transaction ends.
Async<std::optional<RecoveryRow>> lock_recovery(Transaction& tx, const Grant& grant, RecoveryId id);
Async<bool> confirm_recovery(Transaction& tx, const Grant& grant, RecoveryId id, InvitationId invitation, Instant now);
Async<std::vector<splot::identity::Recovery>> recoveries(Transaction& tx, const Grant& grant,
                                                         std::optional<InstitutionId> institution, Instant now);

// ---- the door

struct DoorInvitation {
    InvitationId id;
    InvitationPurpose purpose;
    PersonId person;
    Personal<std::string> name;
    std::string institution; ///< its name
    std::optional<std::string> login;
    Instant until;
};
BOOST_DESCRIBE_STRUCT(DoorInvitation, (), (id, purpose, person, name, institution, login, until))
/// While it holds.
Async<std::optional<DoorInvitation>> door_invitation(Pool& door, Bytes token_hash, Instant now);
/// False: somebody used it meanwhile.
Async<bool> door_use_invitation(Transaction& tx, InvitationId id, Instant now);
/// A new account, or other ways into the one that there is.
void door_set_account(Transaction& tx, PersonId person, const std::string& login,
                      const std::optional<std::string>& password_hash, std::optional<Instant> exports_from);

} // namespace splot::storage::identity
