-- One message a transaction, in one statement: number, event, message, wording. Ids rise with time, as UUIDv7 do.
\set s random(1, :streams)
WITH fresh AS MATERIALIZED (
  SELECT encode(substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                || substring(uuid_send(gen_random_uuid()) FROM 7), 'hex')::uuid AS id
), head AS (
  UPDATE stream SET head = head + 1, last_at = greatest(last_at, clock_timestamp()) WHERE key = :s
  RETURNING head AS number, last_at AS at
), told AS (
  INSERT INTO event (stream, number, kind, object, revision, person_id, mandate_id, institution_id, at, label_id, request)
  SELECT :s, number, 'message_posted', id, 1, '10000000-0000-7000-8000-000000000001',
         '20000000-0000-7000-8000-000000000001', '30000000-0000-7000-8000-000000000001', at, 1, id
    FROM head, fresh
), posted AS (
  INSERT INTO message (id, channel_id, topic_id, number, label_id, at, person_id, mandate_id, institution_id, device_id,
                       request, request_check)
  SELECT id, ('40000000-0000-7000-8000-' || lpad(:s::text, 12, '0'))::uuid,
         ('50000000-0000-7000-8000-' || lpad(:s::text, 12, '0'))::uuid, number, 1, at,
         '10000000-0000-7000-8000-000000000001', '20000000-0000-7000-8000-000000000001',
         '30000000-0000-7000-8000-000000000001', '60000000-0000-7000-8000-000000000001', id,
         '\x00112233445566778899aabbccddeeff'
    FROM head, fresh
)
INSERT INTO message_revision (message_id, revision, label_id, message_at, at, person_id, mandate_id, institution_id, body)
SELECT id, 1, 1, at, at, '10000000-0000-7000-8000-000000000001', '20000000-0000-7000-8000-000000000001',
       '30000000-0000-7000-8000-000000000001', convert_to(repeat('Spotkanie ', 20), 'UTF8')
  FROM head, fresh;
