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
    InstitutionId institution;
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
};
BOOST_DESCRIBE_STRUCT(DeviceRow, (), (id, name, signed_in_at, last_used_at))
Async<std::vector<DeviceRow>> devices(Transaction& tx, const Grant& grant, Instant now);
/// False: no such device of this person.
Async<bool> end_device(Transaction& tx, const Grant& grant, DeviceId device, Instant now);

// ---- the door: role splot_door, before anybody is known

struct DoorAccount {
    PersonId person;
    std::optional<std::string> password_hash;
};
BOOST_DESCRIBE_STRUCT(DoorAccount, (), (person, password_hash))
Async<std::optional<DoorAccount>> door_account(Pool& door, std::string login);
Async<std::optional<DoorAccount>> door_account_of(Pool& door, PersonId person);
Async<void> door_set_password(Pool& door, PersonId person, std::string password_hash);

struct NewDevice {
    DeviceId id;
    PersonId person;
    std::string name;
    std::vector<std::byte> token_hash;
    Instant now;
    Instant until;
};
Async<void> door_insert_device(Pool& door, NewDevice device);

struct DoorDevice {
    DeviceId id;
    PersonId person;
    Instant until;
};
BOOST_DESCRIBE_STRUCT(DoorDevice, (), (id, person, until))
/// The device of a cookie, while it holds; notes that it was used.
Async<std::optional<DoorDevice>> door_device(Pool& door, std::vector<std::byte> token_hash, Instant now);
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
