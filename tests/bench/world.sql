-- Who takes part in the bench. Ids are told by kind and number: 1 person, 2 mandate, 3 institution, 4 channel, 5 topic,
-- 6 device, 7 team. Person n signs in with the cookie "bench-n".
\set ON_ERROR_STOP on
BEGIN;
SET session_replication_role = replica; -- nothing here is decided yet, so no epoch need rise
CREATE FUNCTION numbered(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
  AS $$ SELECT (kind || '0000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid $$;

-- Teams 1-250: an institution of twenty people and two channels each. 251: fifty people, one channel for five hundred
-- sockets. 252: eight people, one channel. 253: the channels with a million and a thousand messages, of two
-- institutions. 255 and 256: four and forty channels. 257: a thousand channels for the writer alone.
CREATE TEMP TABLE room (n int, first_person int, people int, channels int, first_channel int);
INSERT INTO room SELECT t, (t - 1) * 20 + 1, 20, 2, (t - 1) * 2 + 1 FROM generate_series(1, 250) t;
INSERT INTO room VALUES (251, 5001, 50, 1, 501), (252, 5051, 8, 1, 502), (253, 5061, 2, 2, 503), (254, 5071, 1, 0, 0),
                        (255, 5081, 1, 4, 511), (256, 5091, 1, 40, 521), (257, 5101, 1, 1000, 1001);

INSERT INTO lane (scope, scope_id, kind, labels) SELECT 'institution', numbered(3, n), 'institution', 1 FROM room;
INSERT INTO lane (scope, scope_id, kind, labels) SELECT 'team', numbered(7, n), 'all', 1 FROM room;
INSERT INTO label (lane_id, number) SELECT id, 1 FROM lane WHERE scope IN ('institution', 'team');
INSERT INTO stream (id, kind, last_at) SELECT numbered(3, n), 'institution', '2025-01-01Z'::timestamptz FROM room
  UNION ALL SELECT numbered(7, n), 'team', '2025-01-01Z' FROM room;
INSERT INTO institution SELECT numbered(3, n), 'Instytucja ' || n, 'I' || n, 'welfare_centre', 'Wieś', b.id
  FROM room JOIN lane l ON l.scope_id = numbered(3, n) JOIN label b ON b.lane_id = l.id;
INSERT INTO team (id, name, kind, variant, lead_institution, label_id)
  SELECT numbered(7, n), 'Zespół ' || n, 'partnership', 'rural', numbered(3, n), b.id
    FROM room JOIN lane l ON l.scope_id = numbered(7, n) JOIN label b ON b.lane_id = l.id;
INSERT INTO membership (team_id, institution_id, mode, from_at)
  SELECT numbered(7, n), numbered(3, n), 'active', '2024-01-01Z'::timestamptz FROM room
  UNION ALL SELECT numbered(7, 253), numbered(3, 254), 'active', '2024-01-01Z';

CREATE TEMP TABLE who AS SELECT n AS team, p FROM room, generate_series(first_person, first_person + people - 1) p;
INSERT INTO person SELECT numbered(1, p), 'Osoba ' || p, 'pracownik socjalny', numbered(3, team) FROM who;
INSERT INTO account (person_id, login) SELECT numbered(1, p), 'osoba' || p FROM who;
INSERT INTO mandate (id, person_id, institution_id, team_id, role, act, from_at)
  SELECT numbered(2, p), numbered(1, p), numbered(3, team), numbered(7, CASE team WHEN 254 THEN 253 ELSE team END),
         'member', 'bench', '2024-01-01Z' FROM who;
INSERT INTO lane (scope, scope_id, kind, labels) SELECT 'person', numbered(1, p), 'inbox', 1 FROM who;
INSERT INTO label (lane_id, number) SELECT id, 1 FROM lane WHERE scope = 'person';
INSERT INTO stream (id, kind, last_at) SELECT numbered(1, p), 'inbox', '2025-01-01Z' FROM who;
INSERT INTO device (id, person_id, name, token_hash, signed_in_at, last_used_at, until)
  SELECT numbered(6, p), numbered(1, p), 'bench', sha256(convert_to('bench-' || p, 'UTF8')), now(), now(), now() + '1 day'
    FROM who;

CREATE TEMP TABLE place AS SELECT n AS team, c FROM room, generate_series(first_channel, first_channel + channels - 1) c;
INSERT INTO stream (id, kind, last_at) SELECT numbered(4, c), 'channel', '2025-01-01Z' FROM place ORDER BY c;
INSERT INTO channel (id, stream, name, lane_id, label_id, team_id, made_at)
  SELECT numbered(4, c), s.key, 'Kanał ' || c, l.id, b.id, numbered(7, team), '2025-01-01Z'
    FROM place JOIN stream s ON s.id = numbered(4, c) JOIN lane l ON l.scope_id = numbered(7, team)
    JOIN label b ON b.lane_id = l.id;
INSERT INTO topic SELECT numbered(5, c), numbered(4, c), 'Ogólne', b.label_id, '2025-01-01Z'
  FROM place JOIN channel b ON b.id = numbered(4, c);
COMMIT;
VACUUM ANALYZE;
