#include "storage/identity/queries.h"

#include "storage/identity/sql.h"

namespace splot::storage::identity {
namespace {

template <class... Args> Async<std::vector<ResultSet>> alone(Pool& pool, const Query& query, Args... args) {
    auto lease = co_await pool.acquire();
    lease->queue(query, args...);
    co_return co_await lease->flush();
}

} // namespace

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

Async<bool> end_device(Transaction& tx, const Grant& grant, DeviceId device, Instant now) {
    co_return co_await tx.run(sql::end_device, device, grant.person(), now) > 0;
}

Async<std::optional<DoorAccount>> door_account(Pool& door, std::string login) {
    const auto results = co_await alone(door, sql::door_account, login);
    co_return maybe<DoorAccount>(results.front());
}

Async<std::optional<DoorAccount>> door_account_of(Pool& door, PersonId person) {
    const auto results = co_await alone(door, sql::door_account_of, person);
    co_return maybe<DoorAccount>(results.front());
}

Async<void> door_set_password(Pool& door, PersonId person, std::string password_hash) {
    co_await alone(door, sql::door_set_password, person, password_hash);
}

Async<void> door_insert_device(Pool& door, NewDevice d) {
    co_await alone(door, sql::door_insert_device, d.id, d.person, d.name, d.token_hash, d.now, d.until);
}

Async<std::optional<DoorDevice>> door_device(Pool& door, std::vector<std::byte> token_hash, Instant now) {
    auto lease = co_await door.acquire();
    lease->queue(sql::door_device, token_hash, now);
    const auto results = co_await lease->flush();
    const auto device = maybe<DoorDevice>(results.front());
    if (device) {
        // To the minute is enough for the list of devices, and spares a write for each socket.
        const auto minute = std::chrono::floor<std::chrono::minutes>(now);
        lease->queue(sql::door_touch_device, device->id, Instant(minute));
        co_await lease->flush();
    }
    co_return device;
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
