import { useMemo } from 'react'
import { type InstitutionId, type TeamId, useLive } from '../live'

/** Where one may make conversations: teams that one leads as animator, and the institution that one heads. */
export type CreatePlace =
  | { kind: 'team'; id: TeamId; name: string }
  | { kind: 'institution'; id: InstitutionId; name: string }

export function useCreatePlaces(): readonly CreatePlace[] {
  const mandates = useLive((state) => state.mandates)
  const me = useLive((state) => state.me?.person.id)
  const teams = useLive((state) => state.teams)
  const institutions = useLive((state) => state.institutions)
  return useMemo(() => {
    const places = new Map<string, CreatePlace>()
    for (const mandate of mandates.values()) {
      if (mandate.person !== me) continue
      const team = mandate.team ? teams.get(mandate.team) : undefined
      if (team && mandate.role === 'animator') places.set(team.id, { kind: 'team', id: team.id, name: team.name })
      const institution = institutions.get(mandate.institution)
      if (institution && !mandate.team && mandate.role === 'head')
        places.set(institution.id, { kind: 'institution', id: institution.id, name: institution.name })
    }
    return [...places.values()]
  }, [mandates, me, teams, institutions])
}
