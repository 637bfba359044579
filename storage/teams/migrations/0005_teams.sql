-- 0005: Teams, memberships of institutions, mandates of people: the facts that access is decided from (T-04…T-10).
CREATE TABLE team (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (name <> ''),
  kind text NOT NULL CHECK (kind IN ('partnership', 'case_team', 'regional', 'steering', 'working')),
  variant text NOT NULL CHECK (variant IN ('rural', 'urban_rural', 'urban', 'service_partnership')),
  purpose text NOT NULL DEFAULT '',
  lead_institution uuid NOT NULL REFERENCES institution ON DELETE RESTRICT,
  parent_id uuid REFERENCES team ON DELETE RESTRICT,
  label_id int NOT NULL REFERENCES label ON DELETE RESTRICT,
  CONSTRAINT t05_case_team_has_parent CHECK ((kind = 'case_team') = (parent_id IS NOT NULL))
);

CREATE TABLE membership (
  team_id uuid NOT NULL REFERENCES team ON DELETE RESTRICT,
  institution_id uuid NOT NULL REFERENCES institution ON DELETE RESTRICT,
  mode text NOT NULL CHECK (mode IN ('active', 'supporting', 'suspended', 'guest')),
  from_at timestamptz NOT NULL,
  until_at timestamptz,
  PRIMARY KEY (team_id, institution_id),
  CHECK (until_at IS NULL OR until_at >= from_at)
);
CREATE INDEX membership_institution ON membership (institution_id);

CREATE TABLE mandate (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person ON DELETE RESTRICT,
  institution_id uuid NOT NULL REFERENCES institution ON DELETE RESTRICT,
  team_id uuid,
  role text NOT NULL CHECK (role IN ('head', 'animator', 'member', 'contact_person', 'councillor', 'authority',
                                     'regional_adviser', 'supervisor', 'observer', 'guest')),
  decision_maker boolean NOT NULL DEFAULT false,
  power_of_attorney boolean NOT NULL DEFAULT false,
  act text NOT NULL,
  given_by uuid,
  from_at timestamptz NOT NULL,
  until_at timestamptz,
  CHECK (until_at IS NULL OR until_at >= from_at),
  CONSTRAINT t17_guest_has_end CHECK (role NOT IN ('guest', 'supervisor') OR until_at IS NOT NULL),
  -- A mandate in a team is one of an institution that belongs to it (T-07).
  CONSTRAINT t07_institution_is_member FOREIGN KEY (team_id, institution_id) REFERENCES membership ON DELETE RESTRICT
);
CREATE INDEX mandate_person ON mandate (person_id);
CREATE INDEX mandate_team ON mandate (team_id);
CREATE INDEX mandate_institution ON mandate (institution_id);

CREATE FUNCTION mandate_moves_epoch() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN PERFORM splot_raise_epoch(ARRAY[NEW.person_id]); RETURN NULL; END $$;
CREATE TRIGGER mandate_moves_epoch AFTER INSERT OR UPDATE ON mandate
  FOR EACH ROW EXECUTE FUNCTION mandate_moves_epoch();
CREATE FUNCTION membership_moves_epoch() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN PERFORM splot_raise_epoch(ARRAY[NEW.team_id, NEW.institution_id]); RETURN NULL; END $$;
CREATE TRIGGER membership_moves_epoch AFTER INSERT OR UPDATE ON membership
  FOR EACH ROW EXECUTE FUNCTION membership_moves_epoch();

GRANT SELECT, INSERT, UPDATE ON team, membership, mandate TO splot_app;
GRANT SELECT ON team, membership, mandate TO splot_log;

ALTER TABLE team ENABLE ROW LEVEL SECURITY;
CREATE POLICY team_readable ON team TO splot_app
  USING (label_id = ANY ((SELECT splot_labels())::int[])) WITH CHECK (label_id = ANY ((SELECT splot_labels())::int[]));
CREATE POLICY team_facts ON team TO splot_log USING (label_id > 0);
ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY membership_readable ON membership TO splot_app
  USING (team_id IN (SELECT id FROM team)) WITH CHECK (team_id IN (SELECT id FROM team));
CREATE POLICY membership_facts ON membership TO splot_log USING (from_at IS NOT NULL);
ALTER TABLE mandate ENABLE ROW LEVEL SECURITY;
CREATE POLICY mandate_readable ON mandate TO splot_app
  USING (team_id IN (SELECT id FROM team)
         OR institution_id IN (SELECT id FROM institution WHERE label_id = ANY ((SELECT splot_labels())::int[])))
  WITH CHECK (team_id IN (SELECT id FROM team)
         OR institution_id IN (SELECT id FROM institution WHERE label_id = ANY ((SELECT splot_labels())::int[])));
CREATE POLICY mandate_facts ON mandate TO splot_log USING (from_at IS NOT NULL);
