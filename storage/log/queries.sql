-- The ordered log: numbers, events, requests, audit.

-- Takes numbers and writes events, in one statement with the comparison of epochs; heads are locked in order of key.
-- name: append_events
WITH item AS MATERIALIZED (
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::uuid[], $4::int[], $5::uuid[], $6::int[])
    WITH ORDINALITY AS i(stream, kind, object, revision, subject, label_id, ord)
), unmoved AS MATERIALIZED (
  SELECT splot_refuse_moved($7::uuid[], $8::bigint[]) AS yes
), head AS MATERIALIZED (
  SELECT key, head, last_at FROM stream WHERE key = ANY ($1) ORDER BY key FOR NO KEY UPDATE
), fresh AS MATERIALIZED (
  SELECT i.*, h.head + row_number() OVER (PARTITION BY i.stream ORDER BY i.ord) AS number,
         greatest($9::timestamptz, h.last_at) AS at
    FROM item i JOIN head h ON h.key = i.stream, unmoved WHERE unmoved.yes
), bumped AS (
  UPDATE stream s SET head = f.top, last_at = f.at
    FROM (SELECT stream, max(number) AS top, max(at) AS at FROM fresh GROUP BY stream) f WHERE s.key = f.stream
), written AS (
  INSERT INTO event (stream, number, kind, object, revision, subject, label_id, at,
                     person_id, mandate_id, institution_id, entered_by, way, request)
  SELECT stream, number, kind, object, revision, subject, label_id, at, $10, $11, $12, $13, $14, $15 FROM fresh
)
SELECT ord, number, at FROM fresh ORDER BY ord;

-- name: refuse_moved
SELECT splot_refuse_moved($1::uuid[], $2::bigint[]) AS unmoved;

-- name: find_request
SELECT method, params_check, made FROM request WHERE id = $1 AND person_id = $2 AND device_id = $3;

-- name: insert_request
INSERT INTO request (id, person_id, device_id, method, params_check, made, at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: forget_requests
DELETE FROM request WHERE at < $1;

-- name: make_stream
INSERT INTO stream (id, kind, last_at) VALUES ($1, $2, $3) RETURNING key;

-- name: heads
SELECT key, id, head FROM stream WHERE key = ANY ($1);

-- name: streams
SELECT key, id, head FROM stream WHERE id = ANY ($1);

-- name: lock_heads
SELECT key FROM stream WHERE key = ANY ($1) ORDER BY key FOR NO KEY UPDATE;

-- Missing numbers of several streams, each from its own.
-- name: replay
SELECT e.stream, e.number, e.kind, e.object, e.revision, e.subject, e.label_id AS label, e.at, e.person_id AS person,
       e.mandate_id AS mandate, e.institution_id AS institution, e.entered_by, e.way, e.request
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS want(stream, after, upto)
 CROSS JOIN LATERAL (SELECT * FROM event WHERE event.stream = want.stream AND event.number > want.after
                        AND event.number <= want.upto ORDER BY event.number LIMIT $4) e
 ORDER BY e.stream, e.number;

-- name: ensure_chains
INSERT INTO audit_chain (id, hash) SELECT id, ''::bytea FROM unnest($1::uuid[]) AS c(id) ORDER BY id
ON CONFLICT (id) DO NOTHING;

-- name: lock_chains
SELECT id, number, hash FROM audit_chain WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE;

-- name: insert_audit
INSERT INTO audit (chain, number, at, person_id, mandate_id, device_id, act, object, ground, hash)
SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[],
                     $8::uuid[], $9::text[], $10::bytea[]);

-- name: move_chains
UPDATE audit_chain c SET number = m.number, hash = m.hash
  FROM unnest($1::uuid[], $2::bigint[], $3::bytea[]) AS m(id, number, hash) WHERE c.id = m.id;

-- name: read_chain
SELECT number, at, person_id AS person, mandate_id AS mandate, device_id AS device, act, object, ground, hash
  FROM audit WHERE chain = $1 ORDER BY number;

-- name: chain_end
SELECT number, hash FROM audit_chain WHERE id = $1;

-- name: notify
SELECT pg_notify('splot', $1) IS NULL AS sent;

-- name: world
SELECT kind FROM world;

-- name: make_world
INSERT INTO world (kind, made_at) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: begin
BEGIN;

-- name: commit
COMMIT;

-- name: rollback
ROLLBACK;
