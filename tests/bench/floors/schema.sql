-- The tables that an append touches, frozen as they were at migration 0006: a floor does not change with the product.
CREATE TABLE stream (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('channel', 'team', 'institution', 'inbox')),
  head bigint NOT NULL DEFAULT 0,
  last_at timestamptz NOT NULL
) WITH (fillfactor = 70);

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

CREATE TABLE topic (
  id uuid PRIMARY KEY,
  channel_id uuid NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  label_id int NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (id, channel_id)
);

CREATE TABLE message (
  id uuid PRIMARY KEY,
  channel_id uuid NOT NULL,
  topic_id uuid NOT NULL,
  number bigint NOT NULL,
  label_id int NOT NULL,
  at timestamptz NOT NULL,
  person_id uuid NOT NULL,
  mandate_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  entered_by uuid,
  way text,
  device_id uuid NOT NULL,
  request uuid NOT NULL,
  request_check bytea NOT NULL,
  reply_to uuid,
  mentions uuid[] NOT NULL DEFAULT '{}',
  revision int NOT NULL DEFAULT 1,
  edited_at timestamptz,
  deleted_at timestamptz,
  CONSTRAINT e02_way_of_entering CHECK ((entered_by IS NULL) = (way IS NULL)),
  FOREIGN KEY (topic_id, channel_id) REFERENCES topic (id, channel_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX message_request ON message (request, coalesce(entered_by, person_id), device_id);
CREATE INDEX message_channel ON message (channel_id, label_id, number);
CREATE INDEX message_topic ON message (topic_id, label_id, number);

CREATE TABLE message_revision (
  message_id uuid NOT NULL,
  revision int NOT NULL,
  label_id int NOT NULL,
  message_at timestamptz NOT NULL,
  at timestamptz NOT NULL,
  person_id uuid NOT NULL,
  mandate_id uuid NOT NULL,
  institution_id uuid NOT NULL,
  key_id uuid,
  body bytea NOT NULL,
  PRIMARY KEY (message_id, revision)
);

-- A thousand channels; the id of channel and topic n is told by n, as pgbench's scripts need it.
CREATE FUNCTION numbered(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
  AS $$ SELECT (kind || '0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
INSERT INTO stream (id, kind, last_at) SELECT numbered(4, n), 'channel', '2025-01-01Z' FROM generate_series(1, 1000) n;
INSERT INTO topic SELECT numbered(5, n), numbered(4, n), 'Rozmowa', 1, '2025-01-01Z' FROM generate_series(1, 1000) n;
ANALYZE;
