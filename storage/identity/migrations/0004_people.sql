-- 0004: People, their accounts and the devices they signed in with. A person without an account still exists (E-02).
CREATE TABLE person (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (name <> ''),
  post text NOT NULL DEFAULT '',
  institution_id uuid REFERENCES institution ON DELETE RESTRICT -- none: a technical administrator
);
CREATE INDEX person_institution ON person (institution_id);

CREATE TABLE account (
  person_id uuid PRIMARY KEY REFERENCES person ON DELETE RESTRICT,
  login text NOT NULL CHECK (login <> ''),
  password_hash text,
  administrator boolean NOT NULL DEFAULT false,
  closed_at timestamptz,
  card text NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX account_login ON account (lower(login));

CREATE TABLE device (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
  name text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  signed_in_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX device_person ON device (person_id);

-- The code with which the first administrator is made; used once.
CREATE TABLE setup_code (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  code_hash bytea NOT NULL,
  used_at timestamptz
);

CREATE FUNCTION account_moves_epoch() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN PERFORM splot_raise_epoch(ARRAY[NEW.person_id]); RETURN NULL; END $$;
CREATE TRIGGER account_moves_epoch AFTER INSERT OR UPDATE OF administrator, closed_at ON account
  FOR EACH ROW EXECUTE FUNCTION account_moves_epoch();
-- A session's end is felt by its sockets as an end of rights is.
CREATE TRIGGER device_moves_epoch AFTER UPDATE OF ended_at ON device
  FOR EACH ROW EXECUTE FUNCTION account_moves_epoch();

GRANT SELECT, INSERT, UPDATE (name, post) ON person TO splot_app;
GRANT SELECT ON person TO splot_log;
GRANT SELECT, INSERT ON person TO splot_door;
GRANT INSERT ON account TO splot_app;
GRANT SELECT ON account TO splot_log;
GRANT SELECT, INSERT, UPDATE ON account TO splot_door;
GRANT SELECT, UPDATE (ended_at) ON device TO splot_app;
GRANT SELECT ON device TO splot_log;
GRANT SELECT, INSERT, UPDATE ON device TO splot_door;
GRANT SELECT, INSERT, UPDATE ON setup_code TO splot_door;

ALTER TABLE device ENABLE ROW LEVEL SECURITY;
CREATE POLICY device_own ON device TO splot_app USING (person_id = (SELECT splot_person()));
CREATE POLICY device_door ON device TO splot_door USING (until IS NOT NULL) WITH CHECK (until > signed_in_at);
CREATE POLICY device_log ON device TO splot_log USING (until IS NOT NULL);
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
CREATE POLICY account_made ON account FOR INSERT TO splot_app WITH CHECK (NOT administrator);
CREATE POLICY account_door ON account TO splot_door USING (login <> '') WITH CHECK (login <> '');
CREATE POLICY account_log ON account TO splot_log USING (login <> '');
