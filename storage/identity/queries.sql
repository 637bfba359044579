-- People, accounts, devices. Those of the door run under a role of their own, before anybody is known.

-- name: insert_person
INSERT INTO person (id, name, post, institution_id) VALUES ($1, $2, $3, $4);

-- name: person
SELECT id, name, post FROM person WHERE id = $1;

-- name: insert_account
INSERT INTO account (person_id, login, password_hash, card) VALUES ($1, $2, $3, $4);

-- name: devices
SELECT id, name, signed_in_at, last_used_at, level, locked_at IS NOT NULL AS locked, remembered_id AS remembered
  FROM device WHERE person_id = $1 AND ended_at IS NULL AND until > $2 ORDER BY last_used_at DESC;

-- name: remembered_devices
SELECT id, name, made_at, last_used_at, until FROM remembered_device
 WHERE person_id = $1 AND ended_at IS NULL AND until > $2 ORDER BY last_used_at DESC;

-- name: end_device
UPDATE device SET ended_at = $3 WHERE id = $1 AND person_id = $2 AND ended_at IS NULL;

-- name: end_other_devices
UPDATE device SET ended_at = $3 WHERE person_id = $1 AND id <> $2 AND ended_at IS NULL RETURNING id;

-- name: end_remembered_device
UPDATE remembered_device SET ended_at = $3 WHERE id = $1 AND person_id = $2 AND ended_at IS NULL;

-- name: end_other_remembered_devices
UPDATE remembered_device SET ended_at = $3
 WHERE person_id = $1 AND ended_at IS NULL
   AND id IS DISTINCT FROM (SELECT remembered_id FROM device WHERE id = $2 AND person_id = $1);

-- ---- accounts, for those who keep them

-- name: accounts
SELECT p.id, p.name, p.post, p.institution_id AS institution, a.login, coalesce(a.administrator, false) AS administrator,
       u.second_factor, u.last_used_at, a.closed_at
  FROM person p LEFT JOIN account a ON a.person_id = p.id, splot_account_use(p.id) u
 WHERE (p.institution_id = $1 OR $1::uuid IS NULL) AND splot_keeps(p.institution_id) ORDER BY p.name, p.id;

-- name: person_institution
SELECT institution_id AS institution FROM person WHERE id = $1;

-- name: account_place
SELECT p.institution_id AS institution, p.name, a.person_id IS NOT NULL AS has_account, a.login,
       coalesce(a.administrator, false) AS administrator, a.closed_at, u.has_password, u.has_passkey
  FROM person p LEFT JOIN account a ON a.person_id = p.id, splot_account_use(p.id) u
 WHERE p.id = $1 AND splot_keeps(p.institution_id);

-- Whether somebody of the institution can sign in.
-- name: institution_is_inhabited
SELECT EXISTS (SELECT FROM person p, splot_account_use(p.id) u
                WHERE p.institution_id = $1 AND (u.has_password OR u.has_passkey)) AS inhabited;

-- name: close_account
UPDATE account SET closed_at = $2 WHERE person_id = $1 AND closed_at IS NULL;

-- name: reopen_account
UPDATE account SET closed_at = NULL WHERE person_id = $1 AND closed_at IS NOT NULL;

-- name: set_administrator
UPDATE account SET administrator = $2 WHERE person_id = $1 AND administrator <> $2 AND closed_at IS NULL;

-- Locks them all, so that two who remove each other do not both succeed.
-- name: administrators
SELECT person_id FROM account WHERE administrator AND closed_at IS NULL ORDER BY person_id FOR NO KEY UPDATE;

-- name: end_sessions
UPDATE account SET sessions_from = $2 WHERE person_id = $1;

-- ---- a person's own factors

-- name: my_factors
SELECT a.login, (SELECT u.has_password FROM splot_account_use(a.person_id) u) AS password,
       EXISTS (SELECT FROM totp WHERE person_id = a.person_id) AS totp,
       (SELECT count(*)::int FROM spare_code
         WHERE person_id = a.person_id AND kind = 'code_card' AND used_at IS NULL) AS code_card,
       (SELECT count(*)::int FROM spare_code
         WHERE person_id = a.person_id AND kind = 'recovery_code' AND used_at IS NULL) AS recovery_codes,
       EXISTS (SELECT FROM pin WHERE person_id = a.person_id) AS pin
  FROM account a WHERE a.person_id = $1;

-- name: my_passkeys
SELECT id, name, made_at, last_used_at FROM passkey WHERE person_id = $1 ORDER BY made_at, id;

-- name: remove_totp
DELETE FROM totp WHERE person_id = $1;

-- name: remove_spare_codes
DELETE FROM spare_code WHERE person_id = $1 AND kind = $2;

-- name: remove_passkey
DELETE FROM passkey WHERE person_id = $1 AND id = $2;

-- name: set_pin
INSERT INTO pin (person_id, mac, made_at) VALUES ($1, $2, $3)
ON CONFLICT (person_id) DO UPDATE SET mac = excluded.mac, made_at = excluded.made_at;

-- name: remove_pin
DELETE FROM pin WHERE person_id = $1;

-- ---- invitations and recovery

-- name: insert_invitation
INSERT INTO invitation (id, purpose, person_id, token_hash, made_by, made_at, until) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: revoke_invitations_of
UPDATE invitation SET revoked_at = $2 WHERE person_id = $1 AND used_at IS NULL AND revoked_at IS NULL;

-- name: invitation
SELECT i.id, i.purpose, i.person_id AS person, p.institution_id AS institution, i.made_by, i.until, i.used_at, i.revoked_at
  FROM invitation i JOIN person p ON p.id = i.person_id WHERE i.id = $1;

-- name: revoke_invitation
UPDATE invitation SET revoked_at = $2 WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL;

-- name: invitations
SELECT i.id, i.purpose, i.person_id AS person, p.name, p.post, i.made_by, i.made_at, i.until, i.used_at, i.revoked_at
  FROM invitation i JOIN person p ON p.id = i.person_id
 WHERE (p.institution_id = $1 OR $1::uuid IS NULL) AND i.made_at > $2 ORDER BY i.made_at DESC, i.id DESC;

-- name: insert_recovery
INSERT INTO recovery (id, person_id, started_by, started_at, reason, until) VALUES ($1, $2, $3, $4, $5, $6);

-- name: lock_recovery
SELECT r.id, r.person_id AS person, p.institution_id AS institution, r.started_by, r.until, r.confirmed_at
  FROM recovery r JOIN person p ON p.id = r.person_id WHERE r.id = $1 FOR NO KEY UPDATE OF r;

-- name: confirm_recovery
UPDATE recovery SET confirmed_by = $2, confirmed_at = $3, invitation_id = $4 WHERE id = $1 AND confirmed_at IS NULL;

-- name: recoveries
SELECT r.id, r.person_id AS person, p.name, p.post, r.started_by, r.started_at, r.reason, r.until
  FROM recovery r JOIN person p ON p.id = r.person_id
 WHERE (p.institution_id = $1 OR $1::uuid IS NULL) AND r.confirmed_at IS NULL AND r.until > $2
 ORDER BY r.started_at DESC, r.id DESC;

-- name: door_account
SELECT a.person_id AS person, a.login, a.password_hash, EXISTS (SELECT FROM passkey k WHERE k.person_id = a.person_id) AS passkey,
       EXISTS (SELECT FROM totp t WHERE t.person_id = a.person_id) OR
       EXISTS (SELECT FROM spare_code c WHERE c.person_id = a.person_id AND c.kind = 'code_card') AS second_factor
  FROM account a WHERE lower(a.login) = lower($1) AND a.closed_at IS NULL;

-- name: door_account_of
SELECT a.person_id AS person, a.login, a.password_hash, EXISTS (SELECT FROM passkey k WHERE k.person_id = a.person_id) AS passkey,
       EXISTS (SELECT FROM totp t WHERE t.person_id = a.person_id) OR
       EXISTS (SELECT FROM spare_code c WHERE c.person_id = a.person_id AND c.kind = 'code_card') AS second_factor
  FROM account a WHERE a.person_id = $1 AND a.closed_at IS NULL;

-- name: door_lock_account
SELECT person_id FROM account WHERE person_id = $1 AND closed_at IS NULL FOR NO KEY UPDATE;

-- name: door_person_name
SELECT name FROM person WHERE id = $1;

-- name: door_set_password
UPDATE account SET password_hash = $2 WHERE person_id = $1 AND closed_at IS NULL;

-- name: door_insert_device
INSERT INTO device (id, person_id, name, token_hash, signed_in_at, last_used_at, until, level, fresh_until, idle_minutes,
                    remembered_id)
VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10);

-- name: door_device
SELECT d.id, d.person_id AS person, d.until, d.level, d.fresh_until, d.locked_at IS NOT NULL AS locked,
       d.last_used_at + make_interval(mins => d.idle_minutes) AS idle_at, d.remembered_id AS remembered, a.exports_from
  FROM device d JOIN account a ON a.person_id = d.person_id
 WHERE d.token_hash = $1 AND d.ended_at IS NULL AND d.until > $2 AND a.closed_at IS NULL;

-- name: door_touch_device
UPDATE device SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2;

-- name: door_end_device
UPDATE device SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL;

-- With a PIN the device is locked, without one its session ends (E-01).
-- name: door_lock_device
UPDATE device d SET locked_at = CASE WHEN EXISTS (SELECT FROM pin WHERE person_id = d.person_id) THEN $2::timestamptz END,
                    ended_at = CASE WHEN EXISTS (SELECT FROM pin WHERE person_id = d.person_id) THEN NULL ELSE $2 END
 WHERE d.id = $1 AND d.ended_at IS NULL AND d.locked_at IS NULL RETURNING d.locked_at IS NOT NULL AS locked;

-- A new cookie for the same session, and what it reached.
-- name: door_raise_device
UPDATE device SET token_hash = $2, level = 'full', fresh_until = $3, last_used_at = greatest(last_used_at, $4)
 WHERE id = $1 AND ended_at IS NULL AND locked_at IS NULL;

-- name: door_unlock_device
UPDATE device SET token_hash = $2, locked_at = NULL, pin_failures = 0, last_used_at = $3
 WHERE id = $1 AND ended_at IS NULL AND locked_at IS NOT NULL;

-- name: door_count_pin_failure
UPDATE device SET pin_failures = pin_failures + 1 WHERE id = $1 AND ended_at IS NULL RETURNING pin_failures;

-- Sessions that still had to enrol: whoever enrols first, these do not enrol after them.
-- name: door_end_first_devices
UPDATE device SET ended_at = $3 WHERE person_id = $1 AND id <> $2 AND level = 'first' AND ended_at IS NULL;

-- name: door_remembered
SELECT id, person_id AS person, factor_at FROM remembered_device
 WHERE token_hash = $1 AND ended_at IS NULL AND until > $2;

-- name: door_insert_remembered
INSERT INTO remembered_device (id, person_id, name, token_hash, made_at, last_used_at, factor_at, until)
VALUES ($1, $2, $3, $4, $5, $5, $5, $6);

-- name: door_use_remembered
UPDATE remembered_device SET last_used_at = $2, factor_at = coalesce($3, factor_at) WHERE id = $1 AND ended_at IS NULL;

-- name: note_use
UPDATE device d SET last_used_at = u.at FROM unnest($1::uuid[], $2::timestamptz[]) AS u(id, at)
 WHERE d.id = u.id AND d.last_used_at < u.at;

-- name: lock_idle
UPDATE device d SET locked_at = CASE WHEN EXISTS (SELECT FROM pin WHERE person_id = d.person_id) THEN $2::timestamptz END,
                    ended_at = CASE WHEN EXISTS (SELECT FROM pin WHERE person_id = d.person_id) THEN NULL ELSE $2 END
 WHERE d.id = ANY ($1) AND d.ended_at IS NULL AND d.locked_at IS NULL
   AND d.last_used_at + make_interval(mins => d.idle_minutes) <= $2;

-- ---- the door: factors

-- name: door_totp
SELECT secret, last_step FROM totp WHERE person_id = $1;

-- Each step is accepted once.
-- name: door_use_totp
UPDATE totp SET last_step = $2 WHERE person_id = $1 AND last_step < $2;

-- name: door_set_totp
INSERT INTO totp (person_id, secret, made_at, last_step) VALUES ($1, $2, $3, $4)
ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, made_at = excluded.made_at, last_step = excluded.last_step;

-- name: door_find_spare_code
SELECT count(*) FROM spare_code WHERE person_id = $1 AND kind = $2 AND mac = $3 AND used_at IS NULL;

-- name: door_use_spare_code
UPDATE spare_code SET used_at = $4 WHERE person_id = $1 AND kind = $2 AND mac = $3 AND used_at IS NULL;

-- name: door_drop_spare_codes
DELETE FROM spare_code WHERE person_id = $1 AND kind = $2;

-- name: door_insert_spare_codes
INSERT INTO spare_code (person_id, kind, mac, used_at)
SELECT $1, $2, mac, CASE WHEN mac = $4 THEN $5::timestamptz END FROM unnest($3::bytea[]) AS mac;

-- name: door_set_offer
INSERT INTO factor_offer (device_id, kind, sealed, until) VALUES ($1, $2, $3, $4)
ON CONFLICT (device_id, kind) DO UPDATE SET sealed = excluded.sealed, until = excluded.until;

-- name: door_offer
SELECT sealed FROM factor_offer WHERE device_id = $1 AND kind = $2 AND until > $3;

-- name: door_drop_offer
DELETE FROM factor_offer WHERE device_id = $1 AND kind = $2;

-- name: door_passkey
SELECT k.id, k.person_id AS person, k.credential, k.algorithm, k.public_key, k.rp_id, k.counter
  FROM passkey k JOIN account a ON a.person_id = k.person_id WHERE k.credential = $1 AND a.closed_at IS NULL;

-- name: door_credentials
SELECT credential FROM passkey WHERE person_id = $1 AND rp_id = $2 ORDER BY made_at, id;

-- name: door_insert_passkey
INSERT INTO passkey (id, person_id, credential, algorithm, public_key, rp_id, counter, name, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- A counter goes up, or stays at nought where an authenticator has none.
-- name: door_use_passkey
UPDATE passkey SET counter = $2, last_used_at = $3 WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0));

-- name: door_use_challenge
INSERT INTO used_challenge (challenge, until) VALUES ($1, $2) ON CONFLICT (challenge) DO NOTHING;

-- name: door_drop_factors
WITH t AS (DELETE FROM totp WHERE person_id = $1), c AS (DELETE FROM spare_code WHERE person_id = $1),
     n AS (DELETE FROM pin WHERE person_id = $1)
DELETE FROM passkey WHERE person_id = $1;

-- name: door_pin
SELECT mac FROM pin WHERE person_id = $1;

-- ---- the door: attempts and failures

-- name: door_insert_attempt
INSERT INTO sign_in_attempt (token_hash, subject, person_id, passed, device, until) VALUES ($1, $2, $3, $4, $5, $6);

-- name: door_try_attempt
UPDATE sign_in_attempt SET tries = tries + 1 WHERE token_hash = $1 AND until > $2 AND tries < $3
RETURNING subject, person_id AS person, passed, tries, device;

-- name: door_end_attempt
DELETE FROM sign_in_attempt WHERE token_hash = $1;

-- name: door_end_attempts
DELETE FROM sign_in_attempt WHERE subject = $1;

-- An existing row is touched, so that two guesses at once are counted one after the other.
-- name: door_lock_failures
INSERT INTO sign_in_failure (subject, failures, next_at, last_at) VALUES ($1, 0, $2, $2)
ON CONFLICT (subject) DO UPDATE SET subject = excluded.subject RETURNING failures, next_at;

-- name: door_set_failures
UPDATE sign_in_failure SET failures = $2, next_at = $3, last_at = $4 WHERE subject = $1;

-- A factor was right: its own charge goes, and no other.
-- name: door_refund_failure
UPDATE sign_in_failure SET failures = failures - 1, next_at = $3 WHERE subject = $1 AND failures = $2;

-- name: door_forget_failures
DELETE FROM sign_in_failure WHERE subject = $1;

-- name: door_sweep
WITH a AS (DELETE FROM sign_in_attempt WHERE until < $1), c AS (DELETE FROM used_challenge WHERE until < $1),
     o AS (DELETE FROM factor_offer WHERE until < $1)
DELETE FROM sign_in_failure WHERE last_at < $2;

-- ---- the door: invitations

-- name: door_invitation
SELECT i.id, i.purpose, i.person_id AS person, p.name, coalesce(o.name, '') AS institution, a.login, i.until
  FROM invitation i JOIN person p ON p.id = i.person_id
       LEFT JOIN institution o ON o.id = p.institution_id LEFT JOIN account a ON a.person_id = p.id
 WHERE i.token_hash = $1 AND i.until > $2 AND i.used_at IS NULL AND i.revoked_at IS NULL AND a.closed_at IS NULL;

-- name: door_use_invitation
UPDATE invitation SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL AND until > $2;

-- name: door_set_account
INSERT INTO account (person_id, login, password_hash) VALUES ($1, $2, $3)
ON CONFLICT (person_id) DO UPDATE SET password_hash = excluded.password_hash, exports_from = $4;

-- name: door_cards
SELECT a.login, p.name, p.post, i.name AS institution, a.card AS sentence
  FROM account a JOIN person p ON p.id = a.person_id JOIN institution i ON i.id = p.institution_id
 WHERE a.closed_at IS NULL AND NOT a.administrator ORDER BY (a.card = ''), p.name;

-- name: door_set_card
UPDATE account SET card = $2 WHERE person_id = $1;

-- name: door_make_setup_code
INSERT INTO setup_code (code_hash) VALUES ($1)
ON CONFLICT (one) DO UPDATE SET code_hash = excluded.code_hash WHERE setup_code.used_at IS NULL;

-- name: door_use_setup_code
UPDATE setup_code SET used_at = $2 WHERE code_hash = $1 AND used_at IS NULL;

-- name: door_insert_administrator
INSERT INTO account (person_id, login, password_hash, administrator) VALUES ($1, $2, $3, true);
