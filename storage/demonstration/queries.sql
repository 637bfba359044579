-- The demonstration that starts anew (D-41). Everything here first proves that it is one.

-- name: assert_demonstration
SELECT 1 / count(*) AS proved FROM world WHERE kind = 'demonstration';

-- Of the session, not of a transaction: loading is many.
-- name: lock_loading
SELECT pg_advisory_lock(7310579640112051);

-- name: keys
SELECT key_id FROM channel WHERE key_id IS NOT NULL AND key_destroyed_at IS NULL;

-- Numbers of streams and labels go on: a cursor of the old world must not fit the new one.
-- name: empty
TRUNCATE recovery, invitation, used_challenge, sign_in_failure, sign_in_attempt, factor_offer, pin, passkey, spare_code,
         totp, remembered_device,
         read_mark, message_revision, message, topic, channel_member, channel, mandate, membership, team, setup_code,
         device, account, person, institution, audit, audit_chain, request, access_epoch, event, stream, label, lane
  CONTINUE IDENTITY;
