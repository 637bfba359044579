import { useSyncExternalStore } from 'react'

/** Where we are: the address's path, in parts. Addresses hold ids and no names, because they stay in the history. */
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}
const here = () => window.location.pathname + window.location.search

/** Goes to a page of the application. `replace`: "back" shall not return to where we are. */
export function go(to: string, options?: { replace?: boolean }) {
  if (to === here()) return
  if (options?.replace) window.history.replaceState(null, '', to)
  else window.history.pushState(null, '', to)
  for (const listener of listeners) listener()
}

export type Route = { path: string; parts: string[]; query: URLSearchParams }

function routeOf(address: string): Route {
  const [path = '/', query = ''] = address.split('?')
  return { path, parts: path.split('/').filter(Boolean), query: new URLSearchParams(query) }
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, here))
}

/** The addresses of everything that has one. */
export const at = {
  week: '/',
  channels: '/rozmowy',
  channel: (channel: string, topic?: string) => `/rozmowy/${channel}${topic ? `/${topic}` : ''}`,
  message: (channel: string, message: string) => `/rozmowy/${channel}?wiadomosc=${message}`,
  teams: '/zespoly',
  team: (team: string) => `/zespoly/${team}`,
  institution: (institution: string) => `/instytucje/${institution}`,
  people: '/osoby',
  settings: '/ustawienia',
  connection: '/ustawienia/polaczenie',
  administration: '/administracja',
  help: '/pomoc',
}

/** True where `to` leads to the page that is shown, or to a part of it. */
export function isAt(route: Route, to: string): boolean {
  return to === '/' ? route.path === '/' : route.path === to || route.path.startsWith(`${to}/`)
}
