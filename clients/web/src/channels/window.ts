import type { Message } from '../live/protocol.gen'
import type { Problem } from '../live/result'

/** A stretch of a conversation without a hole, oldest first, bounded so that a tab's memory stays flat. */
export interface Window {
  readonly messages: readonly Message[]
  readonly hasOlder: boolean
  /** What was let go at the newer end, or came there meanwhile, in chunks; the nearest one last. Empty: the newest
   * message is here. */
  readonly newer: readonly Chunk[]
  readonly isLoading: boolean
  /** Why the last page did not come. */
  readonly problem?: Problem
}

/** `first`: the cursor of its first message; the chunk itself is fetched as what comes before the next chunk's. */
interface Chunk {
  readonly first: string
  readonly count: number
}

export const mostMessages = 400
/** How many messages one page fetches. */
export const pageSize = 50

/** Before its newest page has come: what is told meanwhile is kept. */
export const emptyWindow: Window = { messages: [], hasOlder: true, newer: [], isLoading: true }

export function snapshotWindow(messages: readonly Message[], hasOlder: boolean): Window {
  return { messages, hasOlder, newer: [], isLoading: false }
}

/** The newest page, and what was told since it was asked for. */
export function withNewest(window: Window, page: readonly Message[], hasOlder: boolean): Window {
  const known = new Set(page.map(({ id }) => id))
  return snapshotWindow([...page, ...window.messages.filter(({ id }) => !known.has(id))], hasOlder)
}

/** A message that came at the newest end. */
export function appended(window: Window, message: Message): Window {
  if (window.newer.length > 0) return { ...window, newer: chunksWith(window.newer, message.cursor) }
  if (window.messages.some(({ id }) => id === message.id)) return replaced(window, message)
  const messages = [...window.messages, message]
  if (messages.length <= mostMessages) return { ...window, messages }
  return { ...window, messages: messages.slice(pageSize), hasOlder: true }
}

function chunksWith(newer: readonly Chunk[], cursor: string): readonly Chunk[] {
  const [newest, ...others] = newer
  if (!newest || newest.count >= pageSize) return [{ first: cursor, count: 1 }, ...newer]
  return [{ ...newest, count: newest.count + 1 }, ...others]
}

/** A message with its newest wording, if it is here. */
export function replaced(window: Window, message: Message): Window {
  const at = window.messages.findIndex(({ id }) => id === message.id)
  const known = window.messages[at]
  if (!known || known.revision > message.revision) return window
  return { ...window, messages: window.messages.with(at, message) }
}

/** The page before the window; what is too much leaves at the newer end. */
export function withOlder(window: Window, page: readonly Message[], hasOlder: boolean): Window {
  const messages = [...page, ...window.messages]
  let newer = window.newer
  while (messages.length > mostMessages) {
    const gone = messages.splice(-pageSize)
    const first = gone[0]
    if (first) newer = [...newer, { first: first.cursor, count: gone.length }]
  }
  return { messages, hasOlder, newer, isLoading: false }
}

/** How to fetch the chunk after the window: `before` is missing where it reaches to the newest message. */
export function nextChunk(window: Window): { readonly before?: string; readonly count: number } | undefined {
  const chunk = window.newer.at(-1)
  return chunk && { before: window.newer.at(-2)?.first, count: chunk.count }
}

/** The chunk that `nextChunk` asked for; what is too much leaves at the older end. */
export function withNewer(window: Window, page: readonly Message[]): Window {
  const known = new Set(window.messages.map(({ id }) => id))
  const messages = [...window.messages, ...page.filter(({ id }) => !known.has(id))]
  const tooMany = Math.max(0, messages.length - mostMessages)
  return {
    messages: messages.slice(tooMany),
    hasOlder: window.hasOlder || tooMany > 0,
    newer: window.newer.slice(0, -1),
    isLoading: false,
  }
}
