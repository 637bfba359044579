#include "storage/identity/queries.h"

#include "storage/identity/alone.h"
#include "storage/identity/sql.h"

namespace splot::storage::identity {

void insert_person(Transaction& tx, const Grant&, const NewPerson& p) {
    tx.queue(sql::insert_person, p.id, p.name, p.post, p.institution);
}

void insert_account(Transaction& tx, const Grant&, const NewAccount& a) {
    tx.queue(sql::insert_account, a.person, a.login, a.password_hash, a.card);
}

Async<Person> person(Transaction& tx, const Grant&, PersonId id) { return tx.one<Person>(sql::person, id); }

Async<std::vector<DeviceRow>> devices(Transaction& tx, const Grant& grant, Instant now) {
    return tx.rows<DeviceRow>(sql::devices, grant.person(), now);
}

Async<std::vector<RememberedRow>> remembered_devices(Transaction& tx, const Grant& grant, Instant now) {
    return tx.rows<RememberedRow>(sql::remembered_devices, grant.person(), now);
}

Async<bool> end_device(Transaction& tx, const Grant& grant, DeviceId device, Instant now) {
    co_return co_await tx.run(sql::end_device, device, grant.person(), now) > 0;
}

Async<std::vector<DeviceId>> end_other_devices(Transaction& tx, const Grant& grant, Instant now) {
    tx.queue(sql::end_other_remembered_devices, grant.person(), grant.device(), now);
    return tx.rows<DeviceId>(sql::end_other_devices, grant.person(), grant.device(), now);
}

Async<bool> end_remembered_device(Transaction& tx, const Grant& grant, RememberedId device, Instant now) {
    co_return co_await tx.run(sql::end_remembered_device, device, grant.person(), now) > 0;
}

Async<void> note_use(Pool& log, FeedPass, std::vector<Use> uses) {
    std::vector<DeviceId> devices;
    std::vector<Instant> times;
    for (const auto& use : uses)
        devices.push_back(use.device), times.push_back(use.at);
    co_await alone(log, sql::note_use, devices, times);
}

Async<std::int64_t> lock_idle(Pool& log, FeedPass, std::vector<DeviceId> devices, Instant now) {
    const auto results = co_await alone(log, sql::lock_idle, devices, now);
    co_return results.front().affected();
}

Async<std::optional<DoorAccount>> door_account(Pool& door, std::string login) {
    const auto results = co_await alone(door, sql::door_account, login);
    co_return maybe<DoorAccount>(results.front());
}

Async<std::optional<DoorAccount>> door_account_of(Pool& door, PersonId person) {
    const auto results = co_await alone(door, sql::door_account_of, person);
    co_return maybe<DoorAccount>(results.front());
}

Async<bool> door_lock_account(Transaction& tx, PersonId person) {
    const auto found = co_await tx.maybe<PersonId>(sql::door_lock_account, person);
    co_return found.has_value();
}

Async<Personal<std::string>> door_person_name(Pool& door, PersonId person) {
    const auto results = co_await alone(door, sql::door_person_name, person);
    co_return one<Personal<std::string>>(results.front());
}

Async<void> door_set_password(Pool& door, PersonId person, std::string password_hash) {
    co_await alone(door, sql::door_set_password, person, password_hash);
}

Async<void> door_insert_device(Pool& door, NewDevice d) {
    co_await alone(door, sql::door_insert_device, d.id, d.person, d.name, d.token_hash, d.now, d.until, d.level,
                   d.fresh_until, d.idle_minutes, d.remembered);
}

Async<std::optional<DoorDevice>> door_device(Pool& door, std::vector<std::byte> token_hash, Instant now) {
    const auto results = co_await alone(door, sql::door_device, token_hash, now);
    co_return maybe<DoorDevice>(results.front());
}

Async<void> door_touch_device(Pool& door, DeviceId device, Instant now) {
    // To the minute is enough for the list of devices, and spares a write for each socket.
    const Instant minute = std::chrono::floor<std::chrono::minutes>(now);
    co_await alone(door, sql::door_touch_device, device, minute);
}

Async<std::optional<bool>> door_lock_device(Pool& door, DeviceId device, Instant now) {
    const auto results = co_await alone(door, sql::door_lock_device, device, now);
    co_return maybe<bool>(results.front());
}

Async<bool> door_raise_device(Transaction& tx, DeviceId device, std::vector<std::byte> token_hash, Instant fresh_until,
                              Instant now) {
    co_return co_await tx.run(sql::door_raise_device, device, token_hash, fresh_until, now) > 0;
}

Async<bool> door_unlock_device(Pool& door, DeviceId device, std::vector<std::byte> token_hash, Instant now) {
    const auto results = co_await alone(door, sql::door_unlock_device, device, token_hash, now);
    co_return results.front().affected() > 0;
}

Async<std::int32_t> door_count_pin_failure(Pool& door, DeviceId device) {
    const auto results = co_await alone(door, sql::door_count_pin_failure, device);
    co_return maybe<std::int32_t>(results.front()).value_or(0);
}

void door_end_first_devices(Transaction& tx, PersonId person, DeviceId but, Instant now) {
    tx.queue(sql::door_end_first_devices, person, but, now);
}

Async<void> door_end_device(Pool& door, DeviceId device, Instant now) {
    co_await alone(door, sql::door_end_device, device, now);
}

Async<std::vector<splot::door::Card>> door_cards(Pool& door) {
    const auto results = co_await alone(door, sql::door_cards);
    co_return rows<splot::door::Card>(results.front());
}

Async<void> door_set_card(Pool& door, PersonId person, std::string card) {
    co_await alone(door, sql::door_set_card, person, card);
}

Async<bool> door_make_setup_code(Pool& door, std::vector<std::byte> code_hash) {
    const auto results = co_await alone(door, sql::door_make_setup_code, code_hash);
    co_return results.front().affected() > 0;
}

Async<bool> door_use_setup_code(Transaction& tx, std::vector<std::byte> code_hash, Instant now) {
    co_return co_await tx.run(sql::door_use_setup_code, code_hash, now) > 0;
}

void door_insert_administrator(Transaction& tx, PersonId person, const Personal<std::string>& name,
                               const std::string& login, const std::optional<std::string>& hash) {
    tx.queue(sql::insert_person, person, name, "administrator techniczny", std::optional<InstitutionId>{});
    tx.queue(sql::door_insert_administrator, person, login, hash);
}

} // namespace splot::storage::identity
