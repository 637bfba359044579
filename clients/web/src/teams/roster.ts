import { useMemo } from 'react'
import { type Institution, type Mandate, type Membership, type Person, type TeamId, useLive } from '../live'
import { byName, compareWords } from '../ui/words'

export type RosterRow = { person: Person; institution: Institution; mandates: readonly Mandate[] }
export type RosterInstitution = { institution: Institution; membership: Membership; rows: readonly RosterRow[] }

/** Who works in a team, by institution. A head's mandate inside the institution speaks for it in the team too. */
export function useRoster(team: TeamId): readonly RosterInstitution[] {
  const memberships = useLive((state) => state.memberships)
  const mandates = useLive((state) => state.mandates)
  const people = useLive((state) => state.people)
  const institutions = useLive((state) => state.institutions)
  return useMemo(
    () =>
      memberships
        .filter((membership) => membership.team === team)
        .flatMap((membership) => {
          const institution = institutions.get(membership.institution)
          if (!institution) return []
          const byPerson = new Map<string, Mandate[]>()
          for (const mandate of mandates.values())
            if (mandate.team === team && mandate.institution === institution.id)
              byPerson.set(mandate.person, [...(byPerson.get(mandate.person) ?? []), mandate])
          const rows = [...byPerson.values()]
            .flatMap((own) => {
              const person = own[0] ? people.get(own[0].person) : undefined
              return person ? [{ person, institution, mandates: own }] : []
            })
            .sort((a, b) => compareWords(a.person.name, b.person.name))
          return [{ institution, membership, rows }]
        })
        .sort((a, b) => byName(a.institution, b.institution)),
    [team, memberships, mandates, people, institutions],
  )
}
