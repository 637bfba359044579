-- People, accounts, devices. Those of the door run under a role of their own, before anybody is known.

-- name: insert_person
INSERT INTO person (id, name, post, institution_id) VALUES ($1, $2, $3, $4);

-- name: person
SELECT id, name, post FROM person WHERE id = $1;

-- name: insert_account
INSERT INTO account (person_id, login, password_hash, card) VALUES ($1, $2, $3, $4);

-- name: devices
SELECT id, name, signed_in_at, last_used_at FROM device
 WHERE person_id = $1 AND ended_at IS NULL AND until > $2 ORDER BY last_used_at DESC;

-- name: end_device
UPDATE device SET ended_at = $3 WHERE id = $1 AND person_id = $2 AND ended_at IS NULL;

-- name: door_account
SELECT person_id AS person, password_hash FROM account WHERE lower(login) = lower($1) AND closed_at IS NULL;

-- name: door_account_of
SELECT person_id AS person, password_hash FROM account WHERE person_id = $1 AND closed_at IS NULL;

-- name: door_set_password
UPDATE account SET password_hash = $2 WHERE person_id = $1 AND closed_at IS NULL;

-- name: door_insert_device
INSERT INTO device (id, person_id, name, token_hash, signed_in_at, last_used_at, until)
VALUES ($1, $2, $3, $4, $5, $5, $6);

-- name: door_device
SELECT d.id, d.person_id AS person, d.until FROM device d JOIN account a ON a.person_id = d.person_id
 WHERE d.token_hash = $1 AND d.ended_at IS NULL AND d.until > $2 AND a.closed_at IS NULL;

-- name: door_touch_device
UPDATE device SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2;

-- name: door_end_device
UPDATE device SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL;

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
