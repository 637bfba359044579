import { useSyncExternalStore } from 'react'

/** What is open over the page and can be opened from anywhere. */
type Open = 'palette' | 'keys' | null

let open: Open = null
const listeners = new Set<() => void>()

function show(what: Open) {
  open = what
  for (const listener of listeners) listener()
}
export const showPalette = () => show('palette')
export const showKeys = () => show('keys')
export const showNothing = () => show(null)

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export function useOpen(): Open {
  return useSyncExternalStore(subscribe, () => open)
}
