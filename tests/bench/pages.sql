-- A million messages in channel 503 and a thousand in channel 504. Fifty of each are for the whole lane; the rest are
-- for the people of institution 253 alone, so that the one of institution 254 reads fifty.
\set ON_ERROR_STOP on
BEGIN;
SET session_replication_role = replica;
SET LOCAL maintenance_work_mem = '512MB';
WITH lane AS (UPDATE lane SET labels = 2 WHERE scope_id = numbered(7, 253) RETURNING id)
INSERT INTO label (lane_id, number, institutions) SELECT id, 2, ARRAY[numbered(3, 253)] FROM lane;
CREATE TEMP TABLE filled AS
  SELECT c, n, numbered(9, c * 10000000::bigint + n) AS id,
         '2025-01-01Z'::timestamptz + (1000000 - size + n) * interval '10 s' AS at, -- both channels end at one moment
         (SELECT id FROM label WHERE lane_id = ch.lane_id AND number = CASE WHEN n % (size / 50) = 0 THEN 1 ELSE 2 END) AS label
    FROM (VALUES (503, 1000000), (504, 1000)) AS s(c, size) JOIN channel ch ON ch.id = numbered(4, c),
         generate_series(1, size) n;
INSERT INTO event (stream, number, kind, object, revision, person_id, mandate_id, institution_id, at, label_id)
  SELECT s.key, n, 'message_posted', f.id, 1, numbered(1, 5061), numbered(2, 5061), numbered(3, 253), at, label
    FROM filled f JOIN stream s ON s.id = numbered(4, c);
INSERT INTO message (id, channel_id, topic_id, number, label_id, at, person_id, mandate_id, institution_id, device_id,
                     request, request_check)
  SELECT id, numbered(4, c), numbered(5, c), n, label, at, numbered(1, 5061), numbered(2, 5061), numbered(3, 253),
         numbered(6, 5061), id, '\x00' FROM filled;
INSERT INTO message_revision (message_id, revision, label_id, message_at, at, person_id, mandate_id, institution_id, body)
  SELECT id, 1, label, at, at, numbered(1, 5061), numbered(2, 5061), numbered(3, 253),
         convert_to(repeat('Spotkanie ', 20), 'UTF8') FROM filled;
UPDATE stream s SET head = f.n, last_at = f.at FROM (SELECT c, max(n) AS n, max(at) AS at FROM filled GROUP BY c) f
 WHERE s.id = numbered(4, f.c);
-- Who joined late reads the last fifty (T-45).
UPDATE mandate SET from_at = '2025-01-01Z'::timestamptz + 999951 * interval '10 s' WHERE person_id = numbered(1, 5062);
COMMIT;
VACUUM ANALYZE;
