-- 0002: Streams, labels, epochs, requests and audit: what every slice stands on.

-- What the transaction may read, set by the access kernel for each call; without it nothing is readable.
CREATE FUNCTION splot_labels() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('splot.labels', true), '')::int[] $$;
CREATE FUNCTION splot_since() RETURNS timestamptz[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('splot.since', true), '')::timestamptz[] $$;
CREATE FUNCTION splot_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('splot.person', true), '')::uuid $$;

-- Whether the database is a demonstration; written once, at the first start (D-01).
CREATE TABLE world (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  kind text NOT NULL CHECK (kind IN ('demonstration', 'real')),
  made_at timestamptz NOT NULL
);
CREATE FUNCTION splot_immutable() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER world_immutable BEFORE UPDATE OR DELETE ON world FOR EACH ROW EXECUTE FUNCTION splot_immutable();

-- A lane: whom a label's audience is taken from. `labels` counts its labels, so that a hub sees that it misses one.
CREATE TABLE lane (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope text NOT NULL CHECK (scope IN ('team', 'institution', 'person')),
  scope_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('all', 'announcements', 'heads', 'animators', 'listed', 'institution', 'inbox')),
  list_id uuid,
  labels int NOT NULL DEFAULT 0,
  CONSTRAINT listed_has_list CHECK ((kind = 'listed') = (list_id IS NOT NULL)),
  UNIQUE NULLS NOT DISTINCT (scope_id, kind, list_id)
);

-- A label: an immutable, interned row. Empty arrays: all of the lane (A-43).
CREATE TABLE label (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  lane_id int NOT NULL REFERENCES lane ON DELETE RESTRICT,
  number int NOT NULL,
  institutions uuid[] NOT NULL DEFAULT '{}',
  persons uuid[] NOT NULL DEFAULT '{}',
  UNIQUE (lane_id, number),
  UNIQUE (lane_id, institutions, persons)
);
CREATE TRIGGER label_immutable BEFORE UPDATE OR DELETE ON label FOR EACH ROW EXECUTE FUNCTION splot_immutable();

-- An ordered log. `head` is the newest number; `last_at` keeps time in step with it, so that "since" is a number too.
CREATE TABLE stream (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('channel', 'team', 'institution', 'inbox')),
  head bigint NOT NULL DEFAULT 0,
  last_at timestamptz NOT NULL
) WITH (fillfactor = 70);

-- One thing that happened. No text: replay joins it from the object's revision.
CREATE TABLE event (
  stream bigint NOT NULL,
  number bigint NOT NULL,
  kind text NOT NULL,
  version smallint NOT NULL DEFAULT 1,
  object uuid NOT NULL,
  revision int,
  subject uuid,
  person_id uuid NOT NULL,
  mandate_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  entered_by uuid,
  way text,
  at timestamptz NOT NULL,
  label_id int NOT NULL,
  request uuid,
  PRIMARY KEY (stream, number)
);

-- The first number of a stream whose time is not before `since`; head + 1 when there is none. Halving: ~20 looks in a
-- million. It runs with the owner's right to see event times, and tells nothing else of them.
CREATE FUNCTION splot_first_since(wanted bigint, since timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE
  SECURITY DEFINER SET search_path = public
  AS $$
  DECLARE low bigint := 1; high bigint; middle bigint; found timestamptz;
  BEGIN
    SELECT head + 1 INTO high FROM stream WHERE key = wanted;
    WHILE low < high LOOP
      middle := (low + high) / 2;
      SELECT at INTO found FROM event WHERE stream = wanted AND number = middle;
      IF found < since THEN low := middle + 1; ELSE high := middle; END IF;
    END LOOP;
    RETURN low;
  END $$;

-- Rises in the transaction of any fact about access. `moved_in` lets a poll miss none, whatever the order of commits.
CREATE TABLE access_epoch (
  id uuid PRIMARY KEY,
  value bigint NOT NULL,
  moved_in xid8 NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX access_epoch_moved ON access_epoch (moved_in);
CREATE FUNCTION splot_raise_epoch(ids uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public
  AS $$
    INSERT INTO access_epoch AS e (id, value, moved_in)
    SELECT i, 1, pg_current_xact_id() FROM (SELECT DISTINCT i FROM unnest(ids) AS u(i) WHERE i IS NOT NULL ORDER BY i) AS d
    ON CONFLICT (id) DO UPDATE SET value = e.value + 1, moved_in = excluded.moved_in
  $$;

-- Stops the transaction when a fact moved since the decision; the facts that this transaction itself moved do not count.
CREATE FUNCTION splot_refuse_moved(ids uuid[], decided bigint[]) RETURNS boolean LANGUAGE plpgsql STABLE
  AS $$
  BEGIN
    IF EXISTS (SELECT FROM unnest(ids, decided) AS w(id, value) LEFT JOIN access_epoch e ON e.id = w.id
                WHERE coalesce(e.value, 0) <> w.value
                  AND e.moved_in IS DISTINCT FROM pg_current_xact_id_if_assigned()) THEN
      RAISE EXCEPTION 'access epoch moved' USING ERRCODE = 'SP001';
    END IF;
    RETURN true;
  END
  $$;

-- What a writing call made, for its repetition: never answers. Older than 7 days is removed.
CREATE TABLE request (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  device_id uuid NOT NULL,
  method text NOT NULL,
  params_check bytea NOT NULL,
  made uuid[] NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (id, person_id, device_id)
);
CREATE INDEX request_at ON request (at);

-- Who read or changed sealed content, and what the policy refused: chained, insert-only (A-67).
CREATE TABLE audit_chain (
  id uuid PRIMARY KEY,
  number bigint NOT NULL DEFAULT 0,
  hash bytea NOT NULL
);
CREATE TABLE audit (
  chain uuid NOT NULL,
  number bigint NOT NULL,
  at timestamptz NOT NULL,
  person_id uuid NOT NULL,
  mandate_id uuid,
  device_id uuid,
  act text NOT NULL,
  object uuid,
  ground text NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (chain, number)
);
CREATE TRIGGER audit_immutable BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION splot_immutable();

-- Events go out through the feed alone: the people's role has no way to them.
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
CREATE POLICY event_log ON event TO splot_log USING (stream > 0) WITH CHECK (number > 0);
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_log ON audit TO splot_log USING (number > 0) WITH CHECK (number > 0);
ALTER TABLE request ENABLE ROW LEVEL SECURITY;
CREATE POLICY request_own ON request TO splot_app USING (person_id = (SELECT splot_person()))
  WITH CHECK (person_id = (SELECT splot_person()));

GRANT SELECT ON world TO splot_app, splot_log;
GRANT INSERT ON world TO splot_app;
GRANT SELECT, INSERT, UPDATE ON lane TO splot_app, splot_log;
GRANT SELECT, INSERT ON label TO splot_app, splot_log;
GRANT SELECT, INSERT, UPDATE (head, last_at) ON stream TO splot_app, splot_log;
GRANT INSERT ON event TO splot_app;
GRANT SELECT, INSERT ON event TO splot_log;
CREATE POLICY event_append ON event FOR INSERT TO splot_app
  WITH CHECK (label_id = ANY ((SELECT splot_labels())::int[]));
GRANT SELECT ON access_epoch TO splot_app, splot_log;
GRANT SELECT, INSERT ON request TO splot_app;
GRANT SELECT, DELETE ON request TO splot_log;
CREATE POLICY request_expiry ON request TO splot_log USING (at IS NOT NULL);
GRANT SELECT, INSERT, UPDATE ON audit_chain TO splot_log;
GRANT SELECT, INSERT ON audit TO splot_log;
