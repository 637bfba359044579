-- Facts that decisions are made of. All of one person set in one snapshot.

-- name: facts_accounts
SELECT person_id AS person, administrator, exports_from FROM account
 WHERE person_id = ANY ($1) AND closed_at IS NULL;

-- name: facts_mandates
SELECT id, person_id AS person, institution_id AS institution, team_id AS team, role, power_of_attorney,
       from_at AS "from", until_at AS until
  FROM mandate WHERE person_id = ANY ($1) ORDER BY id;

-- name: facts_memberships
SELECT team_id AS team, institution_id AS institution, mode, from_at AS "from", until_at AS until
  FROM membership
 WHERE institution_id IN (SELECT institution_id FROM mandate WHERE person_id = ANY ($1));

-- name: facts_lists
SELECT person_id AS person, channel_id AS channel, from_at AS "from", until_at AS until
  FROM channel_member WHERE person_id = ANY ($1);

-- name: facts_devices
SELECT person_id AS person, id, until, level, fresh_until, locked_at IS NOT NULL AS locked
  FROM device WHERE person_id = ANY ($1) AND ended_at IS NULL;

-- Of the persons, their institutions and their teams. The ids come first, as an array, so that the epochs are looked up:
-- joined by OR they were all read.
-- name: facts_epochs
SELECT id, value FROM access_epoch WHERE id = ANY (ARRAY(
  SELECT unnest($1::uuid[])
  UNION SELECT institution_id FROM mandate WHERE person_id = ANY ($1)
  UNION SELECT ms.team_id FROM membership ms JOIN mandate m USING (institution_id) WHERE m.person_id = ANY ($1)));

-- Who has a mandate that could reach a lane: the people to decide about for "who sees this?".
-- name: people_near
SELECT DISTINCT m.person_id AS person FROM mandate m
 WHERE m.team_id = $1 OR m.institution_id = $1
    OR m.institution_id IN (SELECT institution_id FROM membership WHERE team_id = $1);

-- What moved since a snapshot: everything written by transactions that it did not see.
-- name: epochs_moved
SELECT id, value FROM access_epoch WHERE moved_in >= $1::text::xid8;

-- name: snapshot_floor
SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS floor;

-- The guards of a reading call: epochs it was decided under, and how many labels each lane has.
-- name: guards
SELECT id, value, 0 AS lane FROM access_epoch WHERE id = ANY ($1)
UNION ALL
SELECT '00000000-0000-0000-0000-000000000000'::uuid, labels::bigint, id FROM lane WHERE id = ANY ($2);

-- name: lanes_of_scopes
SELECT id, scope, scope_id, kind, list_id AS list, labels FROM lane WHERE scope_id = ANY ($1);

-- name: labels_of_lanes
SELECT id, lane_id AS lane, institutions, persons FROM label WHERE lane_id = ANY ($1) ORDER BY id;

-- name: channel_objects
SELECT c.id, c.stream, c.lane_id AS lane, c.label_id AS label, c.team_id AS team, c.institution_id AS institution,
       c.key_id AS "key", c.key_destroyed_at IS NOT NULL AS key_destroyed, c.made_at
  FROM channel c WHERE c.id = ANY ($1) OR c.lane_id = ANY ($2);

-- Teams and institutions have a stream and a label too, and so has a person's inbox.
-- name: room_objects
SELECT t.id, s.key AS stream, l.lane_id AS lane, t.label_id AS label, t.id AS team, NULL::uuid AS institution,
       NULL::uuid AS "key", false AS key_destroyed, s.last_at AS made_at
  FROM team t JOIN stream s ON s.id = t.id JOIN label l ON l.id = t.label_id WHERE t.id = ANY ($1)
UNION ALL
SELECT i.id, s.key, l.lane_id, i.label_id, NULL, i.id, NULL, false, s.last_at
  FROM institution i JOIN stream s ON s.id = i.id JOIN label l ON l.id = i.label_id WHERE i.id = ANY ($1)
UNION ALL
SELECT s.id, s.key, l.lane_id, l.id, NULL, NULL, NULL, false, s.last_at
  FROM stream s JOIN lane n ON n.scope_id = s.id AND n.kind = 'inbox' JOIN label l ON l.lane_id = n.id
 WHERE s.id = ANY ($1) AND s.kind = 'inbox';

-- name: set_scope
SELECT set_config('splot.person', $1::uuid::text, true),
       set_config('splot.labels', $2::int[]::text, true),
       set_config('splot.since', $3::timestamptz[]::text, true);

-- An existing row is touched and not only looked for: whoever made it meanwhile is waited for, and its row comes back.
-- name: intern_lane
INSERT INTO lane (scope, scope_id, kind, list_id) VALUES ($1, $2, $3, $4)
ON CONFLICT (scope_id, kind, list_id) DO UPDATE SET labels = lane.labels
RETURNING id, labels;

-- Comes before intern_label as a statement of its own, so that that one sees what was committed while this one waited.
-- name: lock_lane
SELECT id FROM lane WHERE id = $1 FOR NO KEY UPDATE;

-- The lane's row is locked, so its labels are numbered without a gap.
-- name: intern_label
WITH known AS (SELECT id FROM label WHERE lane_id = $1 AND institutions = $2 AND persons = $3),
     counted AS (UPDATE lane SET labels = labels + 1 WHERE id = $1 AND NOT EXISTS (SELECT FROM known) RETURNING labels),
     made AS (INSERT INTO label (lane_id, number, institutions, persons)
              SELECT $1, labels, $2, $3 FROM counted RETURNING id)
SELECT id FROM known UNION ALL SELECT id FROM made;
