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

-- The newest readable messages before a number, of a channel or of one topic: for each label its own walk down one index,
-- so that neither the size of the channel nor what is hidden in it costs anything. Whoever joined late begins at the first
-- number of that moment (T-45). Of the two walks only the one asked for touches its index. The bounds come out of a CTE as
-- bare columns: under row-level security an expression would be a filter, and the walk would not end at it.
-- name: list_messages
WITH joined AS MATERIALIZED (
  SELECT d.since, splot_first_since(c.stream, d.since) AS number
    FROM (SELECT DISTINCT since FROM unnest($4::timestamptz[]) AS s(since) WHERE since IS NOT NULL) d
    JOIN channel c ON c.id = $1
), walk AS MATERIALIZED (
  SELECT l.label, coalesce(j.number, 0) AS floor
    FROM unnest($3::int[], $4::timestamptz[]) AS l(label, since) LEFT JOIN joined j ON j.since = l.since
)
SELECT m.id, m.channel_id AS channel, m.topic_id AS topic, m.number, m.label_id AS label, m.at, m.person_id AS person,
       m.mandate_id AS mandate, m.institution_id AS institution, m.entered_by, m.way, m.mentions, m.reply_to, m.revision,
       m.edited_at, m.deleted_at, r.key_id AS "key", r.body
  FROM (SELECT x.* FROM walk w
         CROSS JOIN LATERAL (
           (SELECT * FROM message
             WHERE $2::uuid IS NULL AND channel_id = $1 AND label_id = w.label AND number >= w.floor AND number < $5
             ORDER BY number DESC LIMIT $6)
           UNION ALL
           (SELECT * FROM message
             WHERE topic_id = $2 AND label_id = w.label AND number >= w.floor AND number < $5
             ORDER BY number DESC LIMIT $6)) x
         ORDER BY x.number DESC LIMIT $6) m
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

-- For each channel: its head, the person's mark, and how many readable messages came after it (at most 1000 a label);
-- whoever joined late counts from the first number of that moment (T-45). Bounds as in list_messages.
-- name: channel_states
WITH joined AS MATERIALIZED (
  SELECT d.channel, d.since, splot_first_since(c.stream, d.since) AS number
    FROM (SELECT DISTINCT channel, since FROM unnest($3::uuid[], $5::timestamptz[]) AS s(channel, since)
           WHERE since IS NOT NULL) d
    JOIN channel c ON c.id = d.channel
), mark AS MATERIALIZED (
  SELECT channel_id AS channel, number FROM read_mark WHERE person_id = $2 AND channel_id = ANY ($1)
), walk AS MATERIALIZED (
  SELECT l.channel, l.label, greatest(j.number, m.number + 1, 0) AS floor
    FROM unnest($3::uuid[], $4::int[], $5::timestamptz[]) AS l(channel, label, since)
    LEFT JOIN joined j ON j.channel = l.channel AND j.since = l.since
    LEFT JOIN mark m ON m.channel = l.channel
), counted AS (
  SELECT w.channel, count(*)::int AS unread, (count(*) FILTER (WHERE $2 = ANY (x.mentions)))::int AS mentions
    FROM walk w CROSS JOIN LATERAL (
      SELECT mentions FROM message
       WHERE channel_id = w.channel AND label_id = w.label AND number >= w.floor
         AND deleted_at IS NULL AND coalesce(entered_by, person_id) <> $2
       ORDER BY number DESC LIMIT 1000) x
   GROUP BY w.channel
)
SELECT c.id AS channel, s.head, m.number AS read, coalesce(n.unread, 0) AS unread, coalesce(n.mentions, 0) AS mentions
  FROM channel c
  JOIN stream s ON s.key = c.stream
  LEFT JOIN mark m ON m.channel = c.id
  LEFT JOIN counted n ON n.channel = c.id
 WHERE c.id = ANY ($1);

-- name: destroy_key
UPDATE channel SET key_destroyed_at = $2 WHERE id = $1 AND key_destroyed_at IS NULL;
