-- What connections, transactions and migrations need of their own.

-- name: begin_reading
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY

-- name: begin_writing
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE

-- name: commit
COMMIT

-- name: rollback
ROLLBACK

-- name: lock_migrations
-- Several hubs may start at once; the others wait here and then find nothing to do.
SELECT pg_advisory_xact_lock(7310579640112049)

-- name: create_migration_table
CREATE TABLE IF NOT EXISTS migration (
    number     integer PRIMARY KEY,
    name       text NOT NULL,
    sha256     bytea NOT NULL,
    applied_at timestamptz NOT NULL
)

-- name: list_applied_migrations
SELECT number, name, sha256 FROM migration ORDER BY number

-- name: record_migration
INSERT INTO migration (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)
