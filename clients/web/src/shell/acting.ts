import { useMemo, useSyncExternalStore } from 'react'
import { type Channel, type InstitutionId, type Mandate, type MandateId, type TeamId, useLive } from '../live'

/** A place where one acts: a team, or an institution's own room. */
export type Place = { team?: TeamId; institution?: InstitutionId }

export const placeOf = (channel: Channel): Place => ({ team: channel.team, institution: channel.institution })
const keyOf = (place: Place) => place.team ?? place.institution ?? ''

/** Chosen where several institutions fit; kept for this card only. */
let chosen: ReadonlyMap<string, MandateId> = new Map()
const listeners = new Set<() => void>()

export function actAs(place: Place, mandate: MandateId) {
  chosen = new Map(chosen).set(keyOf(place), mandate)
  for (const listener of listeners) listener()
}
function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export type Acting = {
  /** One's own mandates that reach this place; one for each institution is enough to choose from. */
  options: readonly Mandate[]
  /** The one that is used. */
  mandate: Mandate | undefined
  /** What a writing call names: only where the hub could not tell by itself (T-08). */
  as: MandateId | null
}

export function useActing(place: Place | null): Acting {
  const mandates = useLive((state) => state.mandates)
  const me = useLive((state) => state.me?.person.id)
  const picks = useSyncExternalStore(subscribe, () => chosen)
  return useMemo(() => {
    if (!place) return { options: [], mandate: undefined, as: null }
    const fitting = [...mandates.values()].filter(
      (mandate) =>
        mandate.person === me && (place.team ? mandate.team === place.team : mandate.institution === place.institution),
    )
    const byInstitution = new Map(fitting.map((mandate) => [mandate.institution, mandate]))
    const options = [...byInstitution.values()]
    const picked = options.find((mandate) => mandate.id === picks.get(keyOf(place)))
    const mandate = picked ?? options[0]
    return { options, mandate, as: options.length > 1 && mandate ? mandate.id : null }
  }, [place, mandates, me, picks])
}

/** One's own roles here, for what to offer. The hub decides each time anyway. */
export function useRoles(place: Place | null): ReadonlySet<Mandate['role']> {
  const mandates = useLive((state) => state.mandates)
  const me = useLive((state) => state.me?.person.id)
  return useMemo(() => {
    const roles = new Set<Mandate['role']>()
    for (const mandate of mandates.values())
      if (
        mandate.person === me &&
        place &&
        (place.team ? mandate.team === place.team : mandate.institution === place.institution)
      )
        roles.add(mandate.role)
    return roles
  }, [place, mandates, me])
}
