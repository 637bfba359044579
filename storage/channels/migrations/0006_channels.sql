-- 0006: Channels with topics, messages with their wordings, read marks. Every content row has its label.
CREATE TABLE channel (
  id uuid PRIMARY KEY,
  stream bigint NOT NULL REFERENCES stream ON DELETE RESTRICT,
  name text NOT NULL CHECK (name <> ''),
  purpose text NOT NULL DEFAULT '',
  lane_id int NOT NULL REFERENCES lane ON DELETE RESTRICT,
  label_id int NOT NULL REFERENCES label ON DELETE RESTRICT,
  team_id uuid REFERENCES team ON DELETE RESTRICT,
  institution_id uuid REFERENCES institution ON DELETE RESTRICT,
  key_id uuid,
  key_destroyed_at timestamptz,
  made_at timestamptz NOT NULL,
  CONSTRAINT t55_team_or_institution CHECK (num_nonnulls(team_id, institution_id) = 1)
);
CREATE INDEX channel_lane ON channel (lane_id);
CREATE UNIQUE INDEX channel_name ON channel (coalesce(team_id, institution_id), lower(name));

CREATE TABLE channel_member (
  channel_id uuid NOT NULL REFERENCES channel ON DELETE CASCADE,
  person_id uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
  from_at timestamptz NOT NULL,
  until_at timestamptz,
  PRIMARY KEY (channel_id, person_id)
);
CREATE INDEX channel_member_person ON channel_member (person_id);
CREATE TRIGGER channel_member_moves_epoch AFTER INSERT OR UPDATE ON channel_member
  FOR EACH ROW EXECUTE FUNCTION mandate_moves_epoch();

CREATE TABLE topic (
  id uuid PRIMARY KEY,
  channel_id uuid NOT NULL REFERENCES channel ON DELETE CASCADE,
  name text NOT NULL CHECK (name <> ''),
  label_id int NOT NULL REFERENCES label ON DELETE RESTRICT,
  at timestamptz NOT NULL,
  UNIQUE (id, channel_id)
);
CREATE UNIQUE INDEX topic_name ON topic (channel_id, lower(name));

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

-- A wording: (key id, bytes); without a key the bytes are plain UTF-8.
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

CREATE TABLE read_mark (
  person_id uuid NOT NULL,
  channel_id uuid NOT NULL REFERENCES channel ON DELETE CASCADE,
  number bigint NOT NULL,
  PRIMARY KEY (person_id, channel_id)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT, UPDATE (name, purpose, key_destroyed_at) ON channel TO splot_app;
GRANT SELECT, INSERT, UPDATE ON channel_member TO splot_app;
GRANT SELECT, INSERT ON topic TO splot_app;
GRANT SELECT, UPDATE (revision, mentions, edited_at, deleted_at) ON message TO splot_app;
GRANT SELECT, INSERT, DELETE ON message_revision TO splot_app;
GRANT SELECT, INSERT, UPDATE ON read_mark TO splot_app;
GRANT SELECT ON channel, channel_member, topic TO splot_log;
GRANT SELECT, INSERT ON message, message_revision TO splot_log;

ALTER TABLE channel ENABLE ROW LEVEL SECURITY;
CREATE POLICY channel_readable ON channel TO splot_app
  USING (label_id = ANY ((SELECT splot_labels())::int[])) WITH CHECK (label_id = ANY ((SELECT splot_labels())::int[]));
CREATE POLICY channel_facts ON channel TO splot_log USING (stream > 0);
ALTER TABLE channel_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY channel_member_readable ON channel_member TO splot_app
  USING (channel_id IN (SELECT id FROM channel)) WITH CHECK (channel_id IN (SELECT id FROM channel));
CREATE POLICY channel_member_facts ON channel_member TO splot_log USING (from_at IS NOT NULL);
ALTER TABLE topic ENABLE ROW LEVEL SECURITY;
CREATE POLICY topic_readable ON topic TO splot_app
  USING (label_id = ANY ((SELECT splot_labels())::int[])) WITH CHECK (label_id = ANY ((SELECT splot_labels())::int[]));
CREATE POLICY topic_log ON topic TO splot_log USING (label_id > 0);
-- A message: the label is readable and the message is not older than the reader's joining (T-45).
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
CREATE POLICY message_readable ON message TO splot_app
  USING (at >= ((SELECT splot_since())::timestamptz[])[array_position((SELECT splot_labels())::int[], label_id)]);
CREATE POLICY message_log ON message TO splot_log USING (number > 0) WITH CHECK (number > 0);
ALTER TABLE message_revision ENABLE ROW LEVEL SECURITY;
CREATE POLICY revision_readable ON message_revision TO splot_app
  USING (message_at >= ((SELECT splot_since())::timestamptz[])[array_position((SELECT splot_labels())::int[], label_id)])
  WITH CHECK (label_id = ANY ((SELECT splot_labels())::int[]));
CREATE POLICY revision_log ON message_revision TO splot_log USING (revision > 0) WITH CHECK (revision > 0);
ALTER TABLE read_mark ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_mark_own ON read_mark TO splot_app USING (person_id = (SELECT splot_person()))
  WITH CHECK (person_id = (SELECT splot_person()));

-- A new channel, or a destroyed key, changes what people of its team or institution may open.
CREATE FUNCTION channel_moves_epoch() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN PERFORM splot_raise_epoch(ARRAY[coalesce(NEW.team_id, NEW.institution_id)]); RETURN NULL; END $$;
CREATE TRIGGER channel_moves_epoch AFTER INSERT OR UPDATE ON channel
  FOR EACH ROW EXECUTE FUNCTION channel_moves_epoch();
