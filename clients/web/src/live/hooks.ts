import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { WindowKey } from '../channels/state'
import type { Live } from './live'
import type { Channel, ChannelId, Message, Methods, PersonId, Topic, TopicId } from './protocol.gen'
import type { Problem } from './result'
import type { Pending, State } from './state'

/** The same value, or a fresh array, map or object with the same members. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => Object.is(one, b[i]))
  if (Object.getPrototypeOf(a) !== Object.prototype || Object.getPrototypeOf(b) !== Object.prototype) return false
  const keys = Object.keys(a) as (keyof typeof a)[]
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]))
}

/** See useLive of index.ts. */
export function useLiveOf<T>(live: Live, select: (state: State) => T): T {
  const kept = useRef<{ state: State; select: (state: State) => T; value: T }>(undefined)
  const get = () => {
    const state = live.store.get()
    const last = kept.current
    if (last && last.state === state && last.select === select) return last.value
    const fresh = select(state)
    const value = last && isSame(last.value, fresh) ? last.value : fresh
    kept.current = { state, select, value }
    return value
  }
  return useSyncExternalStore(live.store.subscribe, get)
}

export type PendingMessage = Extract<Pending, { method: 'channels.post_message' }>

/** A conversation as a screen shows it: the whole channel's, or one topic's. */
export interface Talk {
  /** `gone`: not there, or not for this person; the hub does not tell which. */
  readonly status: 'loading' | 'ready' | 'gone' | 'failed'
  readonly problem?: Problem
  readonly channel?: Channel
  readonly topics: readonly Topic[]
  readonly listed: readonly PersonId[]
  readonly messages: readonly Message[]
  readonly pending: readonly PendingMessage[]
  /** The read mark when the screen came: what is after it is new. */
  readonly readAt?: string
  readonly hasOlder: boolean
  readonly hasNewer: boolean
  readonly isLoading: boolean
  loadOlder(): void
  loadNewer(): void
  showNewest(): void
  retry(): void
}

const nobody: readonly never[] = []

/** See useConversation of index.ts. */
export function useConversationOf(live: Live, channel: ChannelId, topic?: TopicId): Talk {
  const key: WindowKey = topic ?? 'all'
  const talk = useLiveOf(live, (state) => state.conversations.get(channel))
  const opening = useLiveOf(live, (state) => state.openings.get(channel))
  const pending = useLiveOf(live, (state) => [...state.pending.values()].filter(isOf(channel, topic)))
  const window = talk?.windows.get(key)
  const isTopicMissing = talk !== undefined && window === undefined

  useEffect(() => live.talks.follow(channel), [live, channel])
  useEffect(() => {
    if (isTopicMissing && topic) void live.talks.openTopic(channel, topic)
  }, [live, channel, topic, isTopicMissing])

  const readAt = useMemo(() => live.store.get().channels.get(channel)?.read, [live, channel])
  const actions = useMemo(
    () => ({
      loadOlder: () => void live.talks.loadOlder(channel, key),
      loadNewer: () => void live.talks.loadNewer(channel, key),
      showNewest: () => void live.talks.showNewest(channel, key),
      retry: () => live.talks.retry(channel, key),
    }),
    [live, channel, key],
  )

  const status = talk ? (window ? statusOf(window) : 'loading') : (opening?.status ?? 'loading')
  return {
    status,
    problem: window?.problem ?? opening?.problem,
    channel: talk?.channel,
    topics: talk?.topics ?? nobody,
    listed: talk?.listed ?? nobody,
    messages: window?.messages ?? nobody,
    pending,
    readAt,
    hasOlder: window?.hasOlder ?? false,
    hasNewer: (window?.newer.length ?? 0) > 0,
    isLoading: window?.isLoading ?? false,
    ...actions,
  }
}

/** A page that failed leaves what is there; only an empty window has nothing to show. */
function statusOf(window: { messages: readonly Message[]; hasOlder: boolean; isLoading: boolean; problem?: Problem }) {
  if (window.messages.length > 0 || !window.hasOlder) return 'ready'
  return window.problem ? 'failed' : 'loading'
}

function isOf(channel: ChannelId, topic: TopicId | undefined) {
  return (call: Pending): call is PendingMessage => {
    if (call.method !== 'channels.post_message') return false
    const params: Methods['channels.post_message']['params'] = call.params
    return params.channel === channel && (topic === undefined || params.topic === topic)
  }
}
