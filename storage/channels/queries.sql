-- Channels, topics, messages.

-- The writer's one statement: numbers, events, messages and first wordings of a whole batch. An item whose decision has
-- moved, whose head is locked elsewhere or which was made before fails alone. Its plan is made once, perhaps on empty
-- tables: what is looked up for each item stands in a subquery of its own, so that no plan can read a whole table for it.
-- name: append_messages
WITH item AS MATERIALIZED (
  SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::timestamptz[], $7::uuid[],
                       $8::uuid[], $9::uuid[], $10::uuid[], $11::text[], $12::uuid[], $13::uuid[], $14::bytea[],
                       $15::uuid[], $16::text[], $17::uuid[], $18::bytea[])
    WITH ORDINALITY AS i(stream, id, channel_id, topic_id, label_id, at, person_id, mandate_id, institution_id,
                         entered_by, way, device_id, request, request_check, reply_to, mentions, key_id, body, ord)
), known AS MATERIALIZED (
  SELECT i.ord, m.id, m.number, m.at, m.request_check = i.request_check AS same
    FROM item i CROSS JOIN LATERAL (
      SELECT id, number, at, request_check FROM message
       WHERE request = i.request AND device_id = i.device_id
         AND coalesce(entered_by, person_id) = coalesce(i.entered_by, i.person_id) LIMIT 1) m
), moved AS MATERIALIZED (
  SELECT DISTINCT w.ord FROM unnest($19::bigint[], $20::uuid[], $21::bigint[]) AS w(ord, id, value)
   WHERE w.value <> coalesce((SELECT e.value FROM access_epoch e WHERE e.id = w.id), 0)
), head AS MATERIALIZED (
  SELECT key, head, last_at FROM stream WHERE key = ANY ($1) ORDER BY key FOR NO KEY UPDATE SKIP LOCKED
), fresh AS MATERIALIZED (
  SELECT i.*, h.head + row_number() OVER (PARTITION BY i.stream ORDER BY i.ord) AS number,
         greatest(i.at, h.last_at) AS settled
    FROM item i JOIN head h ON h.key = i.stream
   WHERE i.ord NOT IN (SELECT ord FROM known) AND i.ord NOT IN (SELECT ord FROM moved)
), bumped AS (
  UPDATE stream s SET head = f.top, last_at = f.at
    FROM (SELECT stream, max(number) AS top, max(settled) AS at FROM fresh GROUP BY stream) f WHERE s.key = f.stream
), told AS (
  INSERT INTO event (stream, number, kind, object, revision, label_id, at, person_id, mandate_id, institution_id,
                     entered_by, way, request)
  SELECT stream, number, 'message_posted', id, 1, label_id, settled, person_id, mandate_id, institution_id,
         entered_by, way, request FROM fresh
), posted AS (
  INSERT INTO message (id, channel_id, topic_id, number, label_id, at, person_id, mandate_id, institution_id, entered_by,
                       way, device_id, request, request_check, reply_to, mentions)
  SELECT id, channel_id, topic_id, number, label_id, settled, person_id, mandate_id, institution_id, entered_by,
         way, device_id, request, request_check, reply_to, mentions::uuid[] FROM fresh
), worded AS (
  INSERT INTO message_revision (message_id, revision, label_id, message_at, at, person_id, mandate_id, institution_id,
                                key_id, body)
  SELECT id, 1, label_id, settled, settled, person_id, mandate_id, institution_id, key_id, body FROM fresh
)
SELECT i.ord,
       CASE WHEN k.ord IS NOT NULL THEN CASE WHEN k.same THEN 'known' ELSE 'conflict' END
            WHEN f.ord IS NOT NULL THEN 'made'
            WHEN i.ord IN (SELECT ord FROM moved) THEN 'moved'
            ELSE 'locked' END AS outcome,
       coalesce(k.id, i.id) AS id, coalesce(k.number, f.number, 0) AS number, coalesce(k.at, f.settled, i.at) AS at
  FROM item i LEFT JOIN known k ON k.ord = i.ord LEFT JOIN fresh f ON f.ord = i.ord
 ORDER BY i.ord;

-- name: insert_channel
INSERT INTO channel (id, stream, name, purpose, lane_id, label_id, team_id, institution_id, key_id, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: add_members
INSERT INTO channel_member (channel_id, person_id, from_at)
SELECT $1, p, $3 FROM unnest($2::uuid[]) AS u(p)
ON CONFLICT (channel_id, person_id) DO UPDATE SET from_at = excluded.from_at, until_at = NULL
 WHERE channel_member.until_at IS NOT NULL;

-- name: remove_member
UPDATE channel_member SET until_at = $3 WHERE channel_id = $1 AND person_id = $2 AND until_at IS NULL;

-- name: insert_topic
INSERT INTO topic (id, channel_id, name, label_id, at) VALUES ($1, $2, $3, $4, $5);

-- name: channels
SELECT c.id, c.name, c.purpose, l.kind AS lane, c.team_id AS team, c.institution_id AS institution,
       c.key_id IS NOT NULL AS sealed
  FROM channel c JOIN lane l ON l.id = c.lane_id WHERE c.id = ANY ($1) ORDER BY c.made_at, c.id;

-- name: topics
SELECT id, channel_id AS channel, name FROM topic WHERE channel_id = $1 ORDER BY at, id;

-- name: topics_by_id
SELECT id, channel_id AS channel, name FROM topic WHERE id = ANY ($1);

-- name: listed
SELECT person_id FROM channel_member
 WHERE channel_id = $1 AND from_at <= $2 AND (until_at IS NULL OR until_at > $2) ORDER BY person_id;

-- The newest readable messages before a number: for each label its own walk down one index, so that neither the size of
-- the channel nor what is hidden in it costs anything.
-- name: list_messages
SELECT m.*, r.key_id AS "key", r.body
  FROM (SELECT x.* FROM unnest($2::int[], $3::bigint[]) AS l(label, floor)
         CROSS JOIN LATERAL (
           SELECT id, channel_id AS channel, topic_id AS topic, number, label_id AS label, at, person_id AS person,
                  mandate_id AS mandate, institution_id AS institution, entered_by, way, mentions, reply_to, revision,
                  edited_at, deleted_at
             FROM message WHERE channel_id = $1 AND label_id = l.label AND number >= l.floor AND number < $4
            ORDER BY number DESC LIMIT $5) x
         ORDER BY x.number DESC LIMIT $5) m
  LEFT JOIN message_revision r ON r.message_id = m.id AND r.revision = m.revision
 ORDER BY m.number DESC;

-- name: list_topic_messages
SELECT m.*, r.key_id AS "key", r.body
  FROM (SELECT x.* FROM unnest($2::int[], $3::bigint[]) AS l(label, floor)
         CROSS JOIN LATERAL (
           SELECT id, channel_id AS channel, topic_id AS topic, number, label_id AS label, at, person_id AS person,
                  mandate_id AS mandate, institution_id AS institution, entered_by, way, mentions, reply_to, revision,
                  edited_at, deleted_at
             FROM message WHERE topic_id = $1 AND label_id = l.label AND number >= l.floor AND number < $4
            ORDER BY number DESC LIMIT $5) x
         ORDER BY x.number DESC LIMIT $5) m
  LEFT JOIN message_revision r ON r.message_id = m.id AND r.revision = m.revision
 ORDER BY m.number DESC;

-- Messages with the wording of a given revision, for replay.
-- name: message_revisions
SELECT m.id, m.channel_id AS channel, m.topic_id AS topic, m.number, m.label_id AS label, m.at, m.person_id AS person,
       m.mandate_id AS mandate, m.institution_id AS institution, m.entered_by, m.way, m.mentions, m.reply_to,
       w.revision, m.edited_at, m.deleted_at, r.key_id AS "key", r.body
  FROM unnest($1::uuid[], $2::int[]) AS w(id, revision) JOIN message m ON m.id = w.id
  LEFT JOIN message_revision r ON r.message_id = m.id AND r.revision = w.revision;

-- Where a message lives and who may read it: what a decision about it needs.
-- name: message_place
SELECT m.id, m.channel_id AS channel, m.topic_id AS topic, m.number, m.label_id AS label, m.at, m.person_id AS person,
       m.mandate_id AS mandate, m.institution_id AS institution, m.entered_by, m.way, m.mentions, m.reply_to, m.revision,
       m.edited_at, m.deleted_at, r.key_id AS "key", r.body
  FROM message m LEFT JOIN message_revision r ON r.message_id = m.id AND r.revision = m.revision WHERE m.id = $1;

-- name: edit_message
UPDATE message SET revision = revision + 1, mentions = $3, edited_at = $4
 WHERE id = $1 AND revision = $2 AND deleted_at IS NULL;

-- name: insert_revision
INSERT INTO message_revision (message_id, revision, label_id, message_at, at, person_id, mandate_id, institution_id,
                              key_id, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- What was deleted is gone, in every wording; the stub stays.
-- name: delete_message
UPDATE message SET deleted_at = $2, mentions = '{}' WHERE id = $1 AND deleted_at IS NULL;

-- name: delete_wordings
DELETE FROM message_revision WHERE message_id = $1;

-- name: revisions
SELECT revision, at, person_id AS person, mandate_id AS mandate, institution_id AS institution, key_id AS "key", body
  FROM message_revision WHERE message_id = $1 ORDER BY revision;

-- name: mark_read
INSERT INTO read_mark AS r (person_id, channel_id, number) VALUES ($1, $2, $3)
ON CONFLICT (person_id, channel_id) DO UPDATE SET number = greatest(r.number, excluded.number);

-- For each channel: its head, the person's mark, and how many readable messages came after it (at most 1000 a label).
-- name: channel_states
SELECT c.id AS channel, s.head, k.number AS read, n.unread, n.mentions
  FROM channel c
  JOIN stream s ON s.key = c.stream
  LEFT JOIN read_mark k ON k.channel_id = c.id AND k.person_id = $2
 CROSS JOIN LATERAL (
   SELECT count(x.id)::int AS unread, (count(x.id) FILTER (WHERE $2 = ANY (x.mentions)))::int AS mentions
     FROM unnest($3::uuid[], $4::int[], $5::bigint[]) AS l(channel, label, floor)
    CROSS JOIN LATERAL (
      SELECT id, mentions FROM message
       WHERE channel_id = c.id AND label_id = l.label AND number >= l.floor AND number > coalesce(k.number, 0)
         AND deleted_at IS NULL AND coalesce(entered_by, person_id) <> $2
       ORDER BY number DESC LIMIT 1000) x
    WHERE l.channel = c.id) n
 WHERE c.id = ANY ($1);

-- The first number not older than a moment: time does not run back in a stream, so halving finds it.
-- name: first_since
SELECT w.stream, splot_first_since(w.stream, w.since) AS number
  FROM unnest($1::bigint[], $2::timestamptz[]) AS w(stream, since);

-- name: destroy_key
UPDATE channel SET key_destroyed_at = $2 WHERE id = $1 AND key_destroyed_at IS NULL;
