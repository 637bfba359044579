/** What somebody trying the demonstration has seen already; for this browser card only. */
export type TourStep = 'talk' | 'audience' | 'narrow' | 'live' | 'refusal'

const key = 'splot-tour'
let seen: ReadonlySet<TourStep> = new Set((sessionStorage.getItem(key)?.split(',') ?? []).filter(Boolean) as TourStep[])
const listeners = new Set<() => void>()

export function markSeen(step: TourStep) {
  if (seen.has(step)) return
  seen = new Set(seen).add(step)
  sessionStorage.setItem(key, [...seen].join(','))
  for (const listener of listeners) listener()
}

export const seenSteps = () => seen
export function subscribeToSteps(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
