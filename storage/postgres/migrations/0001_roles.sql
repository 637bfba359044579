-- 0001: The three roles that hubs work under; the login user owns the tables and is used for migrations only.
-- splot_app: everything a person asks for, under row-level security. splot_log: the writer, the feed and the facts of
-- access. splot_door: sign-in, before anybody is known.
-- Roles belong to the whole cluster, so another database may have made them already, even at this moment.
DO $roles$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['splot_app', 'splot_log', 'splot_door'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- made by another database between the look and the making
            END;
        END IF;
        IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO %I', wanted, current_user);
        END IF;
    END LOOP;
END
$roles$;

-- Nothing is readable or makeable unless a later migration grants it.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO splot_app, splot_log, splot_door;
