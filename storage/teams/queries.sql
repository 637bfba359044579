-- Institutions, teams, memberships, mandates.

-- name: insert_institution
INSERT INTO institution (id, name, short_name, kind, town, label_id) VALUES ($1, $2, $3, $4, $5, $6);

-- name: insert_team
INSERT INTO team (id, name, kind, variant, purpose, lead_institution, parent_id, label_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: insert_membership
INSERT INTO membership (team_id, institution_id, mode, from_at) VALUES ($1, $2, $3, $4);

-- name: insert_mandate
INSERT INTO mandate (id, person_id, institution_id, team_id, role, decision_maker, act, given_by, from_at, until_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: mandate
SELECT id, person_id AS person, institution_id AS institution, team_id AS team, role, decision_maker,
       from_at AS "from", until_at AS until
  FROM mandate WHERE id = $1;

-- name: end_mandate
UPDATE mandate SET until_at = greatest($2, from_at) WHERE id = $1 AND (until_at IS NULL OR until_at > $2);

-- name: institutions
SELECT id, name, short_name, kind, town FROM institution WHERE id = ANY ($1) ORDER BY name;

-- name: all_institutions
SELECT id, name, short_name, kind, town FROM institution ORDER BY name;

-- name: teams
SELECT id, name, kind, variant, purpose, lead_institution AS lead, parent_id AS parent
  FROM team WHERE id = ANY ($1) ORDER BY name;

-- name: memberships
SELECT team_id AS team, institution_id AS institution, mode, from_at AS "from", until_at AS until
  FROM membership WHERE team_id = ANY ($1) AND (until_at IS NULL OR until_at > $2) ORDER BY from_at, institution_id;

-- Mandates that hold now, in these teams and inside these institutions.
-- name: mandates_around
SELECT id, person_id AS person, institution_id AS institution, team_id AS team, role, decision_maker,
       from_at AS "from", until_at AS until
  FROM mandate
 WHERE (team_id = ANY ($1) OR (institution_id = ANY ($2) AND team_id IS NULL)
        OR (team_id IS NULL AND role = 'head'
            AND institution_id IN (SELECT institution_id FROM membership WHERE team_id = ANY ($1))))
   AND from_at <= $3 AND (until_at IS NULL OR until_at > $3)
 ORDER BY id;

-- name: people
SELECT id, name, post FROM person WHERE id = ANY ($1) ORDER BY name;

-- name: people_of_institution
SELECT id, name, post FROM person WHERE institution_id = $1 ORDER BY name;

-- name: mandates
SELECT id, person_id AS person, institution_id AS institution, team_id AS team, role, decision_maker,
       from_at AS "from", until_at AS until
  FROM mandate WHERE id = ANY ($1);
