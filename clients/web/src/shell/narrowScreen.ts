import { useSyncExternalStore } from 'react'

const narrow = window.matchMedia('(max-width: 48rem)')

function subscribe(listener: () => void) {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}

/** A telephone, or a window or enlargement that leaves as little room. */
export function useNarrowScreen(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches)
}
