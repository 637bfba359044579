import { useSyncExternalStore } from 'react'

/** How somebody likes to have Splot on this computer. Only that is kept here: no content, no names. */
export type Settings = {
  theme: 'system' | 'light' | 'dark'
  text: '100' | '115' | '130'
  send: 'ctrl-enter' | 'enter'
  singleKeys: boolean
}

const key = 'splot-settings'
const usual: Settings = { theme: 'system', text: '100', send: 'ctrl-enter', singleKeys: true }

function read(): Settings {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? '{}')
    return { ...usual, ...(kept as Partial<Settings>) }
  } catch (error) {
    // Storage that is shut off or was written by something else: the usual settings serve.
    if (error instanceof SyntaxError || error instanceof DOMException) return usual
    throw error
  }
}

let settings = read()
const listeners = new Set<() => void>()
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)')

function apply() {
  const root = document.documentElement
  root.dataset.theme = settings.theme === 'system' ? (prefersDark.matches ? 'dark' : 'light') : settings.theme
  root.dataset.text = settings.text
}

/** Puts the settings in force, and again when the system's or another card's change. Once, at the start. */
export function applySettings() {
  apply()
  prefersDark.addEventListener('change', apply)
  window.addEventListener('storage', (event) => {
    if (event.key === key) replace(read())
  })
}

function replace(next: Settings) {
  settings = next
  apply()
  for (const listener of listeners) listener()
}

export function changeSettings(change: Partial<Settings>) {
  replace({ ...settings, ...change })
  try {
    window.localStorage.setItem(key, JSON.stringify(settings))
  } catch (error) {
    if (!(error instanceof DOMException)) throw error // no storage: the setting holds until the card is closed
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, () => settings)
}
