-- 0007: An account is made only by whoever reads its person's institution, and rights that no statement uses are taken back.
DROP POLICY account_made ON account;
CREATE POLICY account_made ON account FOR INSERT TO splot_app
  WITH CHECK (NOT administrator
              AND person_id IN (SELECT p.id FROM person p JOIN institution i ON i.id = p.institution_id
                                 WHERE i.label_id = ANY ((SELECT splot_labels())::int[])));

-- Only the owner says what kind of world this is, at the first start (D-01).
REVOKE INSERT ON world FROM splot_app;
REVOKE UPDATE ON institution, team, membership, mandate, channel_member, read_mark, lane FROM splot_app;
REVOKE UPDATE ON lane FROM splot_log;
GRANT UPDATE (until_at) ON mandate TO splot_app;
GRANT UPDATE (from_at, until_at) ON channel_member TO splot_app;
GRANT UPDATE (number) ON read_mark TO splot_app;
GRANT UPDATE (labels) ON lane TO splot_app, splot_log;
