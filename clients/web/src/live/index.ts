import { knock } from './door'
import { useDraftOf } from './drafts'
import { type Talk, useConversationOf, useLiveOf } from './hooks'
import { type CallOptions, Live } from './live'
import type { ChannelId, MandateId, Methods, RequestId, Routes, TopicId } from './protocol.gen'
import type { Result } from './result'
import type { State } from './state'
import { beginVersions } from './version'

export type { ChannelEntry, Conversation } from '../channels/state'
export type { PendingMessage, Talk } from './hooks'
export type * from './protocol.gen'
export type { Problem, Result } from './result'
export type { Connection, Me, Opening, Pending, State, Typing } from './state'
export { useNewVersion } from './version'

const live = new Live()

/** Once, by main.tsx. */
export function begin() {
  live.begin()
  void beginVersions()
}

/** Picks from the state, and renders anew when what was picked changes. */
export function useLive<T>(select: (state: State) => T): T {
  return useLiveOf(live, select)
}

/** The state at this moment, for event handlers. */
export const liveState = (): State => live.store.get()

/** Opens the conversation while a component shows it. */
export function useConversation(channel: ChannelId, topic?: TopicId): Talk {
  return useConversationOf(live, channel, topic)
}

/** `[text, set, clear]`. `channel`: what it is for; its draft goes with the right to it, and a sealed one's is not kept. */
export function useDraft(key: string, options: { readonly channel?: ChannelId } = {}) {
  return useDraftOf(live.drafts, key, options.channel)
}

/** Asks the hub. Never throws. What writes resolves when the hub has answered, over any number of connections. */
export function call<Name extends keyof Methods>(
  method: Name,
  params: Methods[Name]['params'],
  options?: CallOptions,
): Promise<Result<Methods[Name]['answer']>> {
  return live.call(method, params, options)
}

export const postMessage = (params: Methods['channels.post_message']['params'], options?: CallOptions) =>
  live.call('channels.post_message', params, options)
export const retryPending = (id: RequestId) => live.retryPending(id)
export const discardPending = (id: RequestId) => live.commands.discard(id)
export const markRead = (channel: ChannelId, cursor: string) => live.marks.markRead(channel, cursor)
export const tellTyping = (channel: ChannelId, topic: TopicId) => live.marks.tellTyping(channel, topic)
export const setActingAs = (mandate: MandateId | undefined) => live.setActingAs(mandate)

// The door

/** "Chrome, Windows": what this browser is called in the list of devices. */
function deviceName(): string {
  const agent = navigator.userAgent
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => agent.includes(name)) ?? ''
  const system = ['Windows', 'Android', 'iPhone', 'Mac', 'Linux'].find((name) => agent.includes(name)) ?? ''
  return [browser === 'Edg' ? 'Edge' : browser, system].filter(Boolean).join(', ') || 'przeglądarka'
}

export const doors = () => knock('GET /session/doors', {})
export const setUp = (body: Routes['POST /session/setup']['body']) => knock('POST /session/setup', body)
export const signIn = (body: { readonly login: string; readonly password: string }) =>
  live.signIn({ ...body, device: deviceName() })
export const showSecondFactor = (body: Routes['POST /session/second-factor']['body']) =>
  live.enter('POST /session/second-factor', body)
export const enterAs = (login: string) => live.enter('POST /session/enter-as', { login, device: deviceName() })
export const signOut = () => live.signOut()
/** The demonstration from its beginning (D-41). */
export const startAnew = () => knock('POST /session/start-anew', {})
