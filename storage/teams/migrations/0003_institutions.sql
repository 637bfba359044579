-- 0003: Institutions are what joins a team; people come after them because each is entered under one.
CREATE TABLE institution (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (name <> ''),
  short_name text NOT NULL CHECK (short_name <> ''),
  kind text NOT NULL,
  town text NOT NULL,
  label_id int NOT NULL REFERENCES label ON DELETE RESTRICT
);
CREATE UNIQUE INDEX institution_name ON institution (lower(name));

-- Institutions are known to everybody who may add one to a team; their rooms are not.
GRANT SELECT, INSERT, UPDATE ON institution TO splot_app;
GRANT SELECT ON institution TO splot_log, splot_door;
