import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLive } from '../live'

/** How a connection is told of: a short break is nobody's business (3 s), a long one deserves a bar (15 s). */
export type Shown = 'on' | 'brief' | 'reconnecting' | 'offline'

const chipAfter = 3_000
const barAfter = 15_000

function subscribeToNetwork(listener: () => void) {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

export function useConnection(): { shown: Shown; since: number; hasNetwork: boolean } {
  const { status, since } = useLive((state) => state.connection)
  const hasNetwork = useSyncExternalStore(subscribeToNetwork, () => navigator.onLine)
  const [, setTick] = useState(0)
  const isOn = status === 'on'
  useEffect(() => {
    if (isOn) return
    const age = Date.now() - since
    const timers = [chipAfter, barAfter]
      .filter((after) => after > age)
      .map((after) => setTimeout(() => setTick((tick) => tick + 1), after - age + 20))
    return () => timers.forEach(clearTimeout)
  }, [isOn, since])
  const age = Date.now() - since
  const shown = isOn
    ? 'on'
    : !hasNetwork
      ? 'offline'
      : age < chipAfter
        ? 'brief'
        : age < barAfter
          ? 'reconnecting'
          : 'offline'
  return { shown, since, hasNetwork }
}
