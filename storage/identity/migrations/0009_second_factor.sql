-- 0009: A second factor, sessions that are not yet full, locked or fresh, remembered devices, and ways in through people (E-01, A-40).

-- An office device whose second factor is asked for once a day. It outlives the sessions that begin on it.
CREATE TABLE remembered_device (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
  name text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  made_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  factor_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX remembered_device_person ON remembered_device (person_id);

ALTER TABLE account
  ADD COLUMN exports_from timestamptz, -- after a recovery: not before
  ADD COLUMN sessions_from timestamptz; -- sessions begun before do not hold

ALTER TABLE device
  ADD COLUMN level text NOT NULL DEFAULT 'full' CHECK (level IN ('first', 'full')),
  ADD COLUMN fresh_until timestamptz,
  ADD COLUMN idle_minutes int CHECK (idle_minutes > 0), -- none: never idle (the demonstration's door)
  ADD COLUMN locked_at timestamptz,
  ADD COLUMN pin_failures int NOT NULL DEFAULT 0,
  ADD COLUMN remembered_id uuid REFERENCES remembered_device ON DELETE SET NULL;

-- What a session may do moves with its row: its sockets hear of it as of an end of rights.
DROP TRIGGER device_moves_epoch ON device;
CREATE TRIGGER device_moves_epoch AFTER UPDATE OF ended_at, level, fresh_until, locked_at ON device
  FOR EACH ROW EXECUTE FUNCTION account_moves_epoch();
DROP TRIGGER account_moves_epoch ON account;
CREATE TRIGGER account_moves_epoch AFTER INSERT OR UPDATE OF administrator, closed_at, exports_from ON account
  FOR EACH ROW EXECUTE FUNCTION account_moves_epoch();

-- Secrets are sealed with a key that the database does not know, codes are HMACs under another.
CREATE TABLE totp (
  person_id uuid PRIMARY KEY REFERENCES person ON DELETE RESTRICT,
  secret bytea NOT NULL,
  made_at timestamptz NOT NULL,
  last_step bigint NOT NULL
);
CREATE TABLE spare_code (
  person_id uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
  kind text NOT NULL CHECK (kind IN ('code_card', 'recovery_code')),
  mac bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (person_id, kind, mac)
);
CREATE TABLE passkey (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
  credential bytea NOT NULL UNIQUE,
  algorithm int NOT NULL,
  public_key bytea NOT NULL,
  rp_id text NOT NULL,
  counter bigint NOT NULL,
  name text NOT NULL,
  made_at timestamptz NOT NULL,
  last_used_at timestamptz
);
CREATE INDEX passkey_person ON passkey (person_id);
CREATE TABLE pin (
  person_id uuid PRIMARY KEY REFERENCES person ON DELETE RESTRICT,
  mac bytea NOT NULL,
  made_at timestamptz NOT NULL
);
-- What was offered to a session and waits for the code that proves that the person has it.
CREATE TABLE factor_offer (
  device_id uuid NOT NULL REFERENCES device ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('totp', 'code_card')),
  sealed bytea NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (device_id, kind)
);

-- Sign-ins that wait for their second factor. Those of unknown people and of wrong passwords are here too.
CREATE TABLE sign_in_attempt (
  token_hash bytea PRIMARY KEY,
  subject bytea NOT NULL,
  person_id uuid REFERENCES person ON DELETE CASCADE,
  passed boolean NOT NULL,
  tries int NOT NULL DEFAULT 0,
  device text NOT NULL,
  until timestamptz NOT NULL
);
CREATE INDEX sign_in_attempt_subject ON sign_in_attempt (subject);
CREATE INDEX sign_in_attempt_until ON sign_in_attempt (until);
-- Failures in a row over all factors, by an HMAC of the login: an unknown login has its row as well.
CREATE TABLE sign_in_failure (
  subject bytea PRIMARY KEY,
  failures int NOT NULL,
  next_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL
);
CREATE INDEX sign_in_failure_last_at ON sign_in_failure (last_at);
CREATE TABLE used_challenge (
  challenge bytea PRIMARY KEY,
  until timestamptz NOT NULL
);
CREATE INDEX used_challenge_until ON used_challenge (until);

CREATE TABLE invitation (
  id uuid PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('invitation', 'recovery')),
  person_id uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
  token_hash bytea NOT NULL UNIQUE,
  made_by uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
  made_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX invitation_person ON invitation (person_id);
CREATE TABLE recovery (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
  started_by uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
  started_at timestamptz NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  until timestamptz NOT NULL,
  confirmed_by uuid REFERENCES person ON DELETE RESTRICT,
  confirmed_at timestamptz,
  invitation_id uuid REFERENCES invitation ON DELETE RESTRICT,
  CONSTRAINT e01_recovery_by_two CHECK (confirmed_by <> started_by),
  CONSTRAINT e01_recovery_by_others CHECK (started_by <> person_id AND confirmed_by <> person_id),
  CONSTRAINT e01_recovery_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE INDEX recovery_person ON recovery (person_id);

-- Whether the one who asks is a technical administrator. With the owner's right, because the policy of account itself
-- asks it.
CREATE FUNCTION splot_is_administrator() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT EXISTS (SELECT FROM account
                        WHERE person_id = splot_person() AND administrator AND closed_at IS NULL) $$;

-- Whether the one who asks keeps accounts of this institution (none: those of technical administrators).
CREATE FUNCTION splot_keeps(wanted uuid) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT splot_is_administrator()
            OR EXISTS (SELECT FROM institution i WHERE i.id = wanted AND i.label_id = ANY (splot_labels())) $$;

-- An account that is closed or recovered has no session, no remembered device and no sign-in under way.
CREATE FUNCTION account_ends_sessions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
  DECLARE at timestamptz := greatest(NEW.closed_at, NEW.sessions_from);
  BEGIN
    UPDATE device SET ended_at = at WHERE person_id = NEW.person_id AND ended_at IS NULL AND signed_in_at <= at;
    UPDATE remembered_device SET ended_at = at WHERE person_id = NEW.person_id AND ended_at IS NULL AND made_at <= at;
    DELETE FROM sign_in_attempt WHERE person_id = NEW.person_id;
    RETURN NULL;
  END $$;
CREATE TRIGGER account_ends_sessions AFTER UPDATE OF closed_at, sessions_from ON account FOR EACH ROW
  WHEN (NEW.closed_at IS DISTINCT FROM OLD.closed_at OR NEW.sessions_from IS DISTINCT FROM OLD.sessions_from)
  EXECUTE FUNCTION account_ends_sessions();

-- What those who keep accounts may know of one beside its row: no hash, no secret.
CREATE FUNCTION splot_account_use(wanted uuid)
  RETURNS TABLE (has_password boolean, has_passkey boolean, second_factor boolean, last_used_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (SELECT FROM account WHERE person_id = wanted AND password_hash IS NOT NULL),
         EXISTS (SELECT FROM passkey WHERE person_id = wanted),
         EXISTS (SELECT FROM passkey WHERE person_id = wanted) OR EXISTS (SELECT FROM totp WHERE person_id = wanted)
           OR EXISTS (SELECT FROM spare_code WHERE person_id = wanted AND kind = 'code_card'),
         (SELECT max(d.last_used_at) FROM device d WHERE d.person_id = wanted) $$;

-- People: of the institutions that one reads; the account-keeping of a technical administrator opens no content (A-40).
GRANT SELECT (person_id, login, administrator, closed_at), UPDATE (administrator, closed_at, sessions_from) ON account
  TO splot_app;
DROP POLICY account_made ON account;
CREATE POLICY account_kept ON account TO splot_app
  USING (person_id = (SELECT splot_person()) OR (SELECT splot_is_administrator())
         OR person_id IN (SELECT p.id FROM person p JOIN institution i ON i.id = p.institution_id
                           WHERE i.label_id = ANY ((SELECT splot_labels())::int[])))
  WITH CHECK ((SELECT splot_is_administrator())
              OR (NOT administrator
                  AND person_id IN (SELECT p.id FROM person p JOIN institution i ON i.id = p.institution_id
                                     WHERE i.label_id = ANY ((SELECT splot_labels())::int[]))));

GRANT SELECT (id, person_id, name, made_at, last_used_at, until, ended_at), UPDATE (ended_at) ON remembered_device TO splot_app;
GRANT SELECT, INSERT, UPDATE ON remembered_device TO splot_door;
GRANT SELECT (person_id, made_at), DELETE ON totp TO splot_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON totp TO splot_door;
GRANT SELECT (person_id, kind, used_at), DELETE ON spare_code TO splot_app;
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON spare_code TO splot_door;
GRANT SELECT (id, person_id, name, made_at, last_used_at), DELETE ON passkey TO splot_app;
GRANT SELECT, INSERT, UPDATE (counter, last_used_at), DELETE ON passkey TO splot_door;
GRANT SELECT, INSERT, UPDATE (mac, made_at), DELETE ON pin TO splot_app;
GRANT SELECT, DELETE ON pin TO splot_door;
GRANT SELECT ON pin TO splot_log;
GRANT UPDATE (ended_at, locked_at, last_used_at) ON device TO splot_log;
GRANT SELECT, INSERT, UPDATE, DELETE ON factor_offer TO splot_door;
GRANT SELECT, INSERT, UPDATE (tries), DELETE ON sign_in_attempt TO splot_door;
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_failure TO splot_door;
GRANT SELECT, INSERT, DELETE ON used_challenge TO splot_door;
GRANT SELECT, INSERT, UPDATE (revoked_at) ON invitation TO splot_app;
GRANT SELECT, UPDATE (used_at) ON invitation TO splot_door;
GRANT SELECT, INSERT, UPDATE (confirmed_by, confirmed_at, invitation_id) ON recovery TO splot_app;

ALTER TABLE remembered_device ENABLE ROW LEVEL SECURITY;
CREATE POLICY remembered_device_own ON remembered_device TO splot_app USING (person_id = (SELECT splot_person()));
CREATE POLICY remembered_device_door ON remembered_device TO splot_door USING (until IS NOT NULL) WITH CHECK (until > made_at);
ALTER TABLE totp ENABLE ROW LEVEL SECURITY;
CREATE POLICY totp_own ON totp TO splot_app USING (person_id = (SELECT splot_person()));
CREATE POLICY totp_door ON totp TO splot_door USING (secret <> '') WITH CHECK (secret <> '');
ALTER TABLE spare_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY spare_code_own ON spare_code TO splot_app USING (person_id = (SELECT splot_person()));
CREATE POLICY spare_code_door ON spare_code TO splot_door USING (mac <> '') WITH CHECK (mac <> '');
ALTER TABLE passkey ENABLE ROW LEVEL SECURITY;
CREATE POLICY passkey_own ON passkey TO splot_app USING (person_id = (SELECT splot_person()));
CREATE POLICY passkey_door ON passkey TO splot_door USING (credential <> '') WITH CHECK (credential <> '');
ALTER TABLE pin ENABLE ROW LEVEL SECURITY;
CREATE POLICY pin_own ON pin TO splot_app USING (person_id = (SELECT splot_person()));
CREATE POLICY pin_door ON pin TO splot_door USING (mac <> '');
CREATE POLICY pin_log ON pin TO splot_log USING (mac <> '');
ALTER TABLE factor_offer ENABLE ROW LEVEL SECURITY;
CREATE POLICY factor_offer_door ON factor_offer TO splot_door USING (sealed <> '') WITH CHECK (sealed <> '');
ALTER TABLE sign_in_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY sign_in_attempt_door ON sign_in_attempt TO splot_door USING (subject <> '') WITH CHECK (subject <> '');
ALTER TABLE sign_in_failure ENABLE ROW LEVEL SECURITY;
CREATE POLICY sign_in_failure_door ON sign_in_failure TO splot_door USING (subject <> '') WITH CHECK (subject <> '');
ALTER TABLE used_challenge ENABLE ROW LEVEL SECURITY;
CREATE POLICY used_challenge_door ON used_challenge TO splot_door USING (challenge <> '') WITH CHECK (challenge <> '');
ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY invitation_kept ON invitation TO splot_app
  USING (made_by = (SELECT splot_person()) OR (SELECT splot_is_administrator())
         OR person_id IN (SELECT p.id FROM person p JOIN institution i ON i.id = p.institution_id
                           WHERE i.label_id = ANY ((SELECT splot_labels())::int[])))
  WITH CHECK ((SELECT splot_is_administrator())
         OR person_id IN (SELECT p.id FROM person p JOIN institution i ON i.id = p.institution_id
                           WHERE i.label_id = ANY ((SELECT splot_labels())::int[])));
CREATE POLICY invitation_door ON invitation TO splot_door USING (token_hash <> '') WITH CHECK (token_hash <> '');
ALTER TABLE recovery ENABLE ROW LEVEL SECURITY;
CREATE POLICY recovery_kept ON recovery TO splot_app
  USING ((SELECT splot_is_administrator())
         OR person_id IN (SELECT p.id FROM person p JOIN institution i ON i.id = p.institution_id
                           WHERE i.label_id = ANY ((SELECT splot_labels())::int[])));
