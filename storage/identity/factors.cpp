#include "storage/identity/factors.h"

#include "storage/identity/alone.h"
#include "storage/identity/sql.h"

namespace splot::storage::identity {

Async<std::optional<FactorRow>> my_factors(Transaction& tx, const Grant& grant) {
    return tx.maybe<FactorRow>(sql::my_factors, grant.person());
}

Async<std::vector<splot::identity::Passkey>> my_passkeys(Transaction& tx, const Grant& grant) {
    return tx.rows<splot::identity::Passkey>(sql::my_passkeys, grant.person());
}

Async<bool> remove_totp(Transaction& tx, const Grant& grant) {
    co_return co_await tx.run(sql::remove_totp, grant.person()) > 0;
}

Async<bool> remove_spare_codes(Transaction& tx, const Grant& grant, Factor kind) {
    co_return co_await tx.run(sql::remove_spare_codes, grant.person(), kind) > 0;
}

Async<bool> remove_passkey(Transaction& tx, const Grant& grant, PasskeyId passkey) {
    co_return co_await tx.run(sql::remove_passkey, grant.person(), passkey) > 0;
}

void set_pin(Transaction& tx, const Grant& grant, const Bytes& mac, Instant now) {
    tx.queue(sql::set_pin, grant.person(), mac, now);
}

Async<bool> remove_pin(Transaction& tx, const Grant& grant) {
    co_return co_await tx.run(sql::remove_pin, grant.person()) > 0;
}

Async<std::optional<Totp>> door_totp(Pool& door, PersonId person) {
    const auto results = co_await alone(door, sql::door_totp, person);
    co_return maybe<Totp>(results.front());
}

Async<bool> door_use_totp(Pool& door, PersonId person, std::int64_t step) {
    const auto results = co_await alone(door, sql::door_use_totp, person, step);
    co_return results.front().affected() > 0;
}

void door_set_totp(Transaction& tx, PersonId person, const Bytes& secret, Instant now, std::int64_t step) {
    tx.queue(sql::door_set_totp, person, secret, now, step);
}

Async<bool> door_find_spare_code(Pool& door, PersonId person, Factor kind, Bytes mac) {
    const auto results = co_await alone(door, sql::door_find_spare_code, person, kind, mac);
    co_return one<std::int64_t>(results.front()) > 0;
}

Async<bool> door_use_spare_code(Pool& door, PersonId person, Factor kind, Bytes mac, Instant now) {
    const auto results = co_await alone(door, sql::door_use_spare_code, person, kind, mac, now);
    co_return results.front().affected() > 0;
}

void door_replace_spare_codes(Transaction& tx, PersonId person, Factor kind, const std::vector<Bytes>& macs,
                              const Bytes& used, Instant now) {
    tx.queue(sql::door_drop_spare_codes, person, kind);
    tx.queue(sql::door_insert_spare_codes, person, kind, macs, used, now);
}

void door_set_offer(Transaction& tx, DeviceId device, Factor kind, const Bytes& sealed, Instant until) {
    tx.queue(sql::door_set_offer, device, kind, sealed, until);
}

Async<std::optional<Bytes>> door_offer(Pool& door, DeviceId device, Factor kind, Instant now) {
    const auto results = co_await alone(door, sql::door_offer, device, kind, now);
    co_return maybe<Bytes>(results.front());
}

Async<bool> door_drop_offer(Transaction& tx, DeviceId device, Factor kind) {
    co_return co_await tx.run(sql::door_drop_offer, device, kind) > 0;
}

Async<std::optional<DoorPasskey>> door_passkey(Pool& door, Bytes credential) {
    const auto results = co_await alone(door, sql::door_passkey, credential);
    co_return maybe<DoorPasskey>(results.front());
}

Async<std::vector<Bytes>> door_credentials(Pool& door, PersonId person, std::string rp_id) {
    const auto results = co_await alone(door, sql::door_credentials, person, rp_id);
    co_return rows<Bytes>(results.front());
}

void door_insert_passkey(Transaction& tx, const DoorPasskey& p, const std::string& name, Instant now) {
    tx.queue(sql::door_insert_passkey, p.id, p.person, p.credential, p.algorithm, p.public_key, p.rp_id, p.counter,
             name, now);
}

Async<bool> door_use_passkey(Pool& door, PasskeyId passkey, std::int64_t counter, Instant now) {
    const auto results = co_await alone(door, sql::door_use_passkey, passkey, counter, now);
    co_return results.front().affected() > 0;
}

Async<bool> door_use_challenge(Pool& door, Bytes challenge, Instant until) {
    const auto results = co_await alone(door, sql::door_use_challenge, challenge, until);
    co_return results.front().affected() > 0;
}

void door_drop_factors(Transaction& tx, PersonId person) { tx.queue(sql::door_drop_factors, person); }

Async<std::optional<Bytes>> door_pin(Pool& door, PersonId person) {
    const auto results = co_await alone(door, sql::door_pin, person);
    co_return maybe<Bytes>(results.front());
}

Async<void> door_insert_attempt(Pool& door, NewAttempt a) {
    co_await alone(door, sql::door_insert_attempt, a.token_hash, a.subject, a.person, a.passed, a.device, a.until);
}

Async<std::optional<Attempt>> door_try_attempt(Pool& door, Bytes token_hash, std::int32_t most_tries, Instant now) {
    const auto results = co_await alone(door, sql::door_try_attempt, token_hash, now, most_tries);
    co_return maybe<Attempt>(results.front());
}

Async<bool> door_end_attempt(Pool& door, Bytes token_hash) {
    const auto results = co_await alone(door, sql::door_end_attempt, token_hash);
    co_return results.front().affected() > 0;
}

void door_end_attempts(Transaction& tx, const Bytes& subject) { tx.queue(sql::door_end_attempts, subject); }

Async<Failures> door_lock_failures(Transaction& tx, const Bytes& subject, Instant now) {
    return tx.one<Failures>(sql::door_lock_failures, subject, now);
}

void door_set_failures(Transaction& tx, const Bytes& subject, const Failures& failures, Instant now) {
    tx.queue(sql::door_set_failures, subject, failures.failures, failures.next_at, now);
}

Async<void> door_refund_failure(Pool& door, Bytes subject, std::int32_t charged, Instant next_at) {
    co_await alone(door, sql::door_refund_failure, subject, charged, next_at);
}

Async<void> door_forget_failures(Pool& door, Bytes subject) {
    co_await alone(door, sql::door_forget_failures, subject);
}

Async<void> door_sweep(Pool& door, Instant now, Instant failures_before) {
    co_await alone(door, sql::door_sweep, now, failures_before);
}

Async<std::optional<Remembered>> door_remembered(Pool& door, Bytes token_hash, Instant now) {
    const auto results = co_await alone(door, sql::door_remembered, token_hash, now);
    co_return maybe<Remembered>(results.front());
}

Async<void> door_insert_remembered(Pool& door, NewRemembered d) {
    co_await alone(door, sql::door_insert_remembered, d.id, d.person, d.name, d.token_hash, d.now, d.until);
}

Async<void> door_use_remembered(Pool& door, RememberedId device, Instant now, std::optional<Instant> factor_at) {
    co_await alone(door, sql::door_use_remembered, device, now, factor_at);
}

} // namespace splot::storage::identity
