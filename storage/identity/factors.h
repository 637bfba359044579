#pragma once
#include "protocol/identity/factors.h"
#include "storage/access/grant.h"
#include "storage/postgres/transaction.h"

#include <cstddef>

/// Factors, attempts to sign in, and failures. The door's functions run under splot_door, before anybody is known.
namespace splot::storage::identity {

// ---- a person's own

struct FactorRow {
    std::string login;
    bool password;
    bool totp;
    std::int32_t code_card;
    std::int32_t recovery_codes;
    bool pin;
};
BOOST_DESCRIBE_STRUCT(FactorRow, (), (login, password, totp, code_card, recovery_codes, pin))
/// Nothing: no account.
Async<std::optional<FactorRow>> my_factors(Transaction& tx, const Grant& grant);
Async<std::vector<splot::identity::Passkey>> my_passkeys(Transaction& tx, const Grant& grant);
Async<bool> remove_totp(Transaction& tx, const Grant& grant);
Async<bool> remove_spare_codes(Transaction& tx, const Grant& grant, Factor kind);
Async<bool> remove_passkey(Transaction& tx, const Grant& grant, PasskeyId passkey);
void set_pin(Transaction& tx, const Grant& grant, const Bytes& mac, Instant now);
Async<bool> remove_pin(Transaction& tx, const Grant& grant);

// ---- the door: a person's factors; a nil person has none, at the same cost

struct Totp {
    Bytes secret; ///< sealed
    std::int64_t last_step;
};
BOOST_DESCRIBE_STRUCT(Totp, (), (secret, last_step))
Async<std::optional<Totp>> door_totp(Pool& door, PersonId person);
/// False: this step, or a later one, was accepted before.
Async<bool> door_use_totp(Pool& door, PersonId person, std::int64_t step);
void door_set_totp(Transaction& tx, PersonId person, const Bytes& secret, Instant now, std::int64_t step);

Async<bool> door_find_spare_code(Pool& door, PersonId person, Factor kind, Bytes mac);
/// False: it was used before.
Async<bool> door_use_spare_code(Pool& door, PersonId person, Factor kind, Bytes mac, Instant now);
/// A new sheet in place of the old one; the code `used`, if it is one of them, counts as used up.
void door_replace_spare_codes(Transaction& tx, PersonId person, Factor kind, const std::vector<Bytes>& macs,
                              const Bytes& used, Instant now);

void door_set_offer(Transaction& tx, DeviceId device, Factor kind, const Bytes& sealed, Instant until);
Async<std::optional<Bytes>> door_offer(Pool& door, DeviceId device, Factor kind, Instant now);
/// False: somebody took it meanwhile.
Async<bool> door_drop_offer(Transaction& tx, DeviceId device, Factor kind);

struct DoorPasskey {
    PasskeyId id;
    PersonId person;
    Bytes credential;
    std::int32_t algorithm;
    Bytes public_key;
    std::string rp_id;
    std::int64_t counter;
};
BOOST_DESCRIBE_STRUCT(DoorPasskey, (), (id, person, credential, algorithm, public_key, rp_id, counter))
Async<std::optional<DoorPasskey>> door_passkey(Pool& door, Bytes credential);
Async<std::vector<Bytes>> door_credentials(Pool& door, PersonId person, std::string rp_id);
void door_insert_passkey(Transaction& tx, const DoorPasskey& passkey, const std::string& name, Instant now);
/// False: its counter went backwards, so there are two of it.
Async<bool> door_use_passkey(Pool& door, PasskeyId passkey, std::int64_t counter, Instant now);
/// False: this challenge was answered before.
Async<bool> door_use_challenge(Pool& door, Bytes challenge, Instant until);
/// All but the password.
void door_drop_factors(Transaction& tx, PersonId person);
Async<std::optional<Bytes>> door_pin(Pool& door, PersonId person);

// ---- the door: attempts and failures

struct NewAttempt {
    Bytes token_hash;
    Bytes subject;
    std::optional<PersonId> person;
    bool passed; ///< the password was right
    std::string device;
    Instant until;
};
Async<void> door_insert_attempt(Pool& door, NewAttempt attempt);
struct Attempt {
    Bytes subject;
    std::optional<PersonId> person;
    bool passed;
    std::int32_t tries; ///< this one included
    std::string device;
};
BOOST_DESCRIBE_STRUCT(Attempt, (), (subject, person, passed, tries, device))
/// Counts the try. Nothing: unknown, too old, or its tries are used up.
Async<std::optional<Attempt>> door_try_attempt(Pool& door, Bytes token_hash, std::int32_t most_tries, Instant now);
/// False: somebody ended it meanwhile.
Async<bool> door_end_attempt(Pool& door, Bytes token_hash);
void door_end_attempts(Transaction& tx, const Bytes& subject);

struct Failures {
    std::int32_t failures;
    Instant next_at;
};
BOOST_DESCRIBE_STRUCT(Failures, (), (failures, next_at))
Async<Failures> door_lock_failures(Transaction& tx, const Bytes& subject, Instant now);
void door_set_failures(Transaction& tx, const Bytes& subject, const Failures& failures, Instant now);
/// Takes back the charge that made `charged`, unless more came since.
Async<void> door_refund_failure(Pool& door, Bytes subject, std::int32_t charged, Instant next_at);
Async<void> door_forget_failures(Pool& door, Bytes subject);
/// What is too old to matter.
Async<void> door_sweep(Pool& door, Instant now, Instant failures_before);

// ---- the door: remembered devices

struct Remembered {
    RememberedId id;
    PersonId person;
    Instant factor_at;
};
BOOST_DESCRIBE_STRUCT(Remembered, (), (id, person, factor_at))
Async<std::optional<Remembered>> door_remembered(Pool& door, Bytes token_hash, Instant now);
struct NewRemembered {
    RememberedId id;
    PersonId person;
    std::string name;
    Bytes token_hash;
    Instant now;
    Instant until;
};
Async<void> door_insert_remembered(Pool& door, NewRemembered device);
/// `factor_at`: a second factor was shown on it.
Async<void> door_use_remembered(Pool& door, RememberedId device, Instant now, std::optional<Instant> factor_at);

} // namespace splot::storage::identity
