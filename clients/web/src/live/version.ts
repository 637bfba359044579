import { useSyncExternalStore } from 'react'

/** Whether the hub has a newer client than this page, and the way to it. */
let waiting: ServiceWorker | undefined
const listeners = new Set<() => void>()

/** How often a page that stays open asks for a newer client, in ms. */
const askEvery = 60 * 60 * 1000

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/** The only script address that is ever made at run time; our policy lets no other through. */
function workerAddress(): string {
  const address = '/worker.js'
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes
  return policies
    ? policies.createPolicy('splot', { createScriptURL: () => address }).createScriptURL(address)
    : address
}

function found(worker: ServiceWorker | null) {
  if (!worker || !navigator.serviceWorker.controller) return // the very first one is no news
  waiting = worker
  for (const listener of listeners) listener()
}

/** Once, by main.tsx. Without service workers (an old or private window) the page works all the same. */
export async function beginVersions() {
  if (!import.meta.env.PROD || !navigator.serviceWorker) return
  try {
    const registration = await navigator.serviceWorker.register(workerAddress())
    found(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const coming = registration.installing
      coming?.addEventListener('statechange', () => coming.state === 'installed' && found(coming))
    })
    setInterval(() => registration.update().catch(() => {}), askEvery) // away now: it asks again
  } catch {
    // A browser that forbids it: nothing depends on it.
  }
}

/** The newer client takes over, and the page is loaded anew. */
function takeNewVersion() {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload())
  waiting?.postMessage('take over')
}

/** Undefined, or what loads the newer version: for "Jest nowa wersja". Not while somebody writes or sits in a session. */
export function useNewVersion(): (() => void) | undefined {
  const isThere = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => waiting !== undefined,
  )
  return isThere ? takeNewVersion : undefined
}
