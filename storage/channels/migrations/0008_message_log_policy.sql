-- 0008: The log's policy on messages compares a column that no index has: with `number` a plan made on an empty table
-- walked a whole index for every message posted, on the strength of the policy alone.
ALTER POLICY message_log ON message USING (revision > 0) WITH CHECK (number > 0);
