import { useCallback, useSyncExternalStore } from 'react'
import type { ChannelId, PersonId } from './protocol.gen'

const prefix = 'splot.draft.'

interface Kept {
  readonly text: string
  readonly channel?: ChannelId
}

/**
 * What somebody has begun to write. It is kept in this browser under the person's id, so that neither a reload, a lock
 * nor another visitor of the same computer takes it; in memory only where `isSecret` says so.
 */
export class Drafts {
  private readonly memory = new Map<string, Kept>()
  private readonly listeners = new Set<() => void>()
  private person: PersonId | undefined

  constructor(private readonly isSecret: (channel: ChannelId) => boolean) {
    window.addEventListener('storage', () => this.tell())
  }

  /** Whose drafts these are from now on; those of others go. */
  belongTo(person: PersonId) {
    this.person = person
    this.drop((key) => !key.startsWith(`${prefix}${person}.`))
    this.tell()
  }

  /** What was written for channels that may no longer be read goes. */
  keepOnly(isReadable: (channel: ChannelId) => boolean) {
    const isLost = (kept: Kept) => kept.channel !== undefined && !isReadable(kept.channel)
    for (const [key, kept] of this.memory) if (isLost(kept)) this.memory.delete(key)
    this.drop((key) => isLost(parsed(localStorage.getItem(key))))
    this.tell()
  }

  forgetAll() {
    this.memory.clear()
    this.drop(() => true)
    this.person = undefined
    this.tell()
  }

  get(key: string): string {
    const kept = this.memory.get(key)
    if (kept) return kept.text
    return this.person ? parsed(localStorage.getItem(this.place(key))).text : ''
  }

  set(key: string, text: string, channel?: ChannelId) {
    const isKeptInMemory = !this.person || (channel !== undefined && this.isSecret(channel))
    if (isKeptInMemory) {
      if (text) this.memory.set(key, { text, channel })
      else this.memory.delete(key)
    } else if (text) {
      localStorage.setItem(this.place(key), JSON.stringify({ text, channel }))
    } else {
      localStorage.removeItem(this.place(key))
    }
    this.tell()
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  private place(key: string) {
    return `${prefix}${this.person}.${key}`
  }

  private drop(isUnwanted: (key: string) => boolean) {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(prefix) && isUnwanted(key)) localStorage.removeItem(key)
  }

  private tell() {
    for (const listener of [...this.listeners]) listener()
  }
}

/** A damaged entry is an empty one. */
function parsed(text: string | null): Kept {
  try {
    const kept = JSON.parse(text ?? '') as Partial<Kept>
    return { text: typeof kept.text === 'string' ? kept.text : '', channel: kept.channel }
  } catch {
    return { text: '' }
  }
}

/** See useDraft of index.ts. */
export function useDraftOf(drafts: Drafts, key: string, channel?: ChannelId) {
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.get(key))
  const set = useCallback((next: string) => drafts.set(key, next, channel), [drafts, key, channel])
  const clear = useCallback(() => drafts.set(key, '', channel), [drafts, key, channel])
  return [text, set, clear] as const
}
