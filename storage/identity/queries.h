#pragma once
#include "protocol/identity/door.h"
#include "protocol/identity/types.h"
#include "storage/access/grant.h"
#include "storage/postgres/transaction.h"

#include <cstddef>

namespace splot::storage::identity {

struct NewPerson {
    PersonId id;
    Personal<std::string> name;
    std::string post;
    std::optional<InstitutionId> institution;
};
void insert_person(Transaction& tx, const Grant& grant, const NewPerson& person);

/// Without a password nobody can sign in to it yet.
struct NewAccount {
    PersonId person;
    std::string login;
    std::optional<std::string> password_hash;
    std::string card;
};
void insert_account(Transaction& tx, const Grant& grant, const NewAccount& account);

Async<Person> person(Transaction& tx, const Grant& grant, PersonId id);

struct DeviceRow {
    DeviceId id;
    std::string name;
    Instant signed_in_at;
    Instant last_used_at;
    SessionLevel level;
    bool locked;
    std::optional<RememberedId> remembered;
};
BOOST_DESCRIBE_STRUCT(DeviceRow, (), (id, name, signed_in_at, last_used_at, level, locked, remembered))
Async<std::vector<DeviceRow>> devices(Transaction& tx, const Grant& grant, Instant now);
struct RememberedRow {
    RememberedId id;
    std::string name;
    Instant made_at;
    Instant last_used_at;
    Instant until;
};
BOOST_DESCRIBE_STRUCT(RememberedRow, (), (id, name, made_at, last_used_at, until))
Async<std::vector<RememberedRow>> remembered_devices(Transaction& tx, const Grant& grant, Instant now);
/// False: no such device of this person.
Async<bool> end_device(Transaction& tx, const Grant& grant, DeviceId device, Instant now);
/// All but the grant's own, with what is remembered of others.
Async<std::vector<DeviceId>> end_other_devices(Transaction& tx, const Grant& grant, Instant now);
Async<bool> end_remembered_device(Transaction& tx, const Grant& grant, RememberedId device, Instant now);

// ---- devices whose people are away: role splot_log

struct Use {
    DeviceId device;
    Instant at;
};
/// Devices that were used, at most once a minute each.
Async<void> note_use(Pool& log, FeedPass pass, std::vector<Use> uses);
/// Locks those of them that nobody used for their idle time on any hub, or ends them where there is no PIN. How many.
Async<std::int64_t> lock_idle(Pool& log, FeedPass pass, std::vector<DeviceId> devices, Instant now);

// ---- the door: role splot_door, before anybody is known

struct DoorAccount {
    PersonId person;
    std::string login;
    std::optional<std::string> password_hash;
    bool passkey;
    bool second_factor; ///< beside passkeys
};
BOOST_DESCRIBE_STRUCT(DoorAccount, (), (person, login, password_hash, passkey, second_factor))
Async<std::optional<DoorAccount>> door_account(Pool& door, std::string login);
Async<std::optional<DoorAccount>> door_account_of(Pool& door, PersonId person);
/// Until the transaction ends nobody else changes this account's factors. False: closed.
Async<bool> door_lock_account(Transaction& tx, PersonId person);
Async<Personal<std::string>> door_person_name(Pool& door, PersonId person);
Async<void> door_set_password(Pool& door, PersonId person, std::string password_hash);

struct NewDevice {
    DeviceId id;
    PersonId person;
    std::string name;
    std::vector<std::byte> token_hash;
    Instant now;
    Instant until;
    SessionLevel level = SessionLevel::full;
    std::optional<Instant> fresh_until = {};
    std::optional<std::int32_t> idle_minutes = {}; ///< absent: never idle
    std::optional<RememberedId> remembered = {};
};
Async<void> door_insert_device(Pool& door, NewDevice device);

struct DoorDevice {
    DeviceId id;
    PersonId person;
    Instant until;
    SessionLevel level;
    std::optional<Instant> fresh_until;
    bool locked;
    std::optional<Instant> idle_at; ///< when it is idle, if nobody uses it
    std::optional<RememberedId> remembered;
    std::optional<Instant> exports_from;
};
BOOST_DESCRIBE_STRUCT(DoorDevice, (),
                      (id, person, until, level, fresh_until, locked, idle_at, remembered, exports_from))
/// The device of a cookie, while it holds; locked and idle ones too.
Async<std::optional<DoorDevice>> door_device(Pool& door, std::vector<std::byte> token_hash, Instant now);
/// Notes that it was used, to the minute.
Async<void> door_touch_device(Pool& door, DeviceId device, Instant now);
/// True: locked; false: there is no PIN, so it ended. Nothing: it was locked or ended before.
Async<std::optional<bool>> door_lock_device(Pool& door, DeviceId device, Instant now);
/// False: it ended or was locked meanwhile.
Async<bool> door_raise_device(Transaction& tx, DeviceId device, std::vector<std::byte> token_hash, Instant fresh_until,
                              Instant now);
Async<bool> door_unlock_device(Pool& door, DeviceId device, std::vector<std::byte> token_hash, Instant now);
/// How many there are now.
Async<std::int32_t> door_count_pin_failure(Pool& door, DeviceId device);
void door_end_first_devices(Transaction& tx, PersonId person, DeviceId but, Instant now);
Async<void> door_end_device(Pool& door, DeviceId device, Instant now);
Async<std::vector<splot::door::Card>> door_cards(Pool& door);
/// The demonstration's sentence for a person's card (D-38).
Async<void> door_set_card(Pool& door, PersonId person, std::string card);

/// False: a code was used, so there is an administrator.
Async<bool> door_make_setup_code(Pool& door, std::vector<std::byte> code_hash);
/// Marks the code as used; false when there is none like it. Runs in the caller's transaction.
Async<bool> door_use_setup_code(Transaction& tx, std::vector<std::byte> code_hash, Instant now);
void door_insert_administrator(Transaction& tx, PersonId person, const Personal<std::string>& name,
                               const std::string& login, const std::optional<std::string>& password_hash);

} // namespace splot::storage::identity
