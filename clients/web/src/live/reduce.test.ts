import { expect, test } from 'vitest'
import { conversationOf } from '../channels/state'
import type { Channel, ChannelId, Event, Message, PersonId, Started, TopicId } from './protocol.gen'
import { applyEvent, applyStarted, applyWhisper, fadeTyping, withRead } from './reduce'
import { emptyState, type State } from './state'
import { told } from './told'

const hanna = 'hanna' as PersonId
const nina = 'nina' as PersonId
const daily = 'daily' as ChannelId
const questions = 'questions' as TopicId
const channel = { id: daily, name: 'Na co dzień', sealed: false } as Channel

const started = {
  now: '2026-11-24T12:00:00+01:00',
  person: { id: hanna, name: 'Hanna Bąk', post: '' },
  device: 'device',
  administrator: false,
  demonstration: true,
  mandates: [],
  institutions: [],
  teams: [],
  memberships: [],
  colleagues: [],
  people: [],
  channels: [{ channel, cursor: 'c0', unread: 2, mentions: 0 }],
  streams: [],
  present: [nina],
} as unknown as Started

const message = (number: number, person = nina, mentions: readonly PersonId[] = []) =>
  ({
    id: `m${number}`,
    channel: daily,
    topic: questions,
    cursor: `c${number}`,
    author: { person },
    at: '2026-11-24T12:00:01+01:00',
    text: `wiadomość ${number}`,
    mentions,
    revision: 1,
  }) as unknown as Message

const event = (kind: string, payload: unknown, cursor: string, more: Partial<Event> = {}) =>
  told({
    stream: daily,
    cursor,
    kind,
    author: {},
    at: '2026-11-24T12:00:01+01:00',
    event: payload,
    ...more,
  } as unknown as Event)
const posted = (one: Message, more: Partial<Event> = {}) => event('message_posted', { message: one }, one.cursor, more)

function opened(): State {
  const state = applyStarted(emptyState({ status: 'starting', since: 0 }), started, 1)
  const snapshot = { channel, topics: [], listed: [], messages: [message(0)], has_older: false }
  return { ...state, conversations: new Map([[daily, conversationOf(snapshot, 'c0')]]) }
}
const entry = (state: State) => state.channels.get(daily)
const texts = (state: State) =>
  state.conversations
    .get(daily)
    ?.windows.get('all')
    ?.messages.map(({ text }) => text)

test('A13_only_what_others_wrote_after_the_last_count_is_unread', () => {
  let state = applyEvent(opened(), posted(message(1, nina, [hanna])))
  expect(entry(state)).toMatchObject({ unread: 3, mentions: 1, cursor: 'c1' })
  state = applyEvent(state, posted(message(2, hanna)))
  state = applyEvent(state, posted(message(3), { at: '2026-11-24T11:59:59+01:00' }))
  expect(entry(state)).toMatchObject({ unread: 3, mentions: 1, cursor: 'c3' })
})

test('a read mark leaves what came after it', () => {
  const state = [message(1), message(2, nina, [hanna]), message(3, hanna)]
    .map((one) => posted(one))
    .reduce(applyEvent, opened())
  expect(entry(withRead(state, daily, 'c1'))).toMatchObject({ read: 'c1', unread: 1, mentions: 1 })
  expect(entry(withRead(state, daily, 'c3'))).toMatchObject({ unread: 0, mentions: 0 })
  const elsewhere = applyWhisper(state, { stream: daily, kind: 'read', person: hanna, cursor: 'c2' } as never, 0)
  expect(entry(elsewhere)).toMatchObject({ read: 'c2', unread: 0 })
  expect(entry(withRead(state, daily, 'unknown'))?.unread).toBe(entry(state)?.unread)
})

test('an event makes its pending command done, and is shown once however often it comes', () => {
  const id = 'request' as never
  const pending = new Map([[id, { id, method: 'channels.post_message' } as never]])
  const one = posted(message(1, hanna), { request: id })
  const state = [one, one].reduce(applyEvent, { ...opened(), pending })
  expect(state.pending.size).toBe(0)
  expect(texts(state)).toEqual(['wiadomość 0', 'wiadomość 1'])
})

test('edits and deletions change the message where it stands', () => {
  const edited = { ...message(0), text: 'poprawione', revision: 2 }
  const state = applyEvent(opened(), event('message_edited', { message: edited }, 'c1'))
  expect(texts(state)).toEqual(['poprawione'])
  const deleted = { ...edited, text: '', deleted_at: '2026-11-24T12:01:00+01:00' }
  expect(texts(applyEvent(state, event('message_deleted', { message: deleted }, 'c2')))).toEqual([''])
})

test('A73_a_destroyed_key_takes_the_texts', () => {
  const state = applyEvent(opened(), event('channel_key_destroyed', { channel: daily }, 'c1'))
  expect(state.conversations.get(daily)?.windows.get('all')?.messages).toMatchObject([{ text: '', unreadable: true }])
})

test('A14_a_new_start_without_a_channel_takes_its_conversation', () => {
  const state = applyStarted(opened(), { ...started, channels: [] }, 2)
  expect(state.conversations.size).toBe(0)
  expect(state.channels.size).toBe(0)
})

test('somebody who types is shown until the message or a silence comes', () => {
  const whisper = { stream: daily, kind: 'typing', person: nina, topic: questions } as never
  const state = applyWhisper(opened(), whisper, 1_000)
  expect(state.typing.get(daily)).toMatchObject([{ person: nina, topic: questions }])
  expect(fadeTyping(state, 2_000)).toBe(state)
  expect(fadeTyping(state, 8_000).typing.size).toBe(0)
  expect(applyEvent(state, posted(message(1))).typing.size).toBe(0)
  const own = { stream: daily, kind: 'typing', person: hanna, topic: questions } as never
  expect(applyWhisper(opened(), own, 0).typing.size).toBe(0)
})

test('a kind that a newer hub tells changes nothing', () => {
  const state = opened()
  expect(applyEvent(state, event('something_new', {}, 'c1'))).toBe(state)
})

test('people come and go', () => {
  const state = applyWhisper(opened(), { stream: 'team', kind: 'away', person: nina } as never, 0)
  expect(state.present.size).toBe(0)
})
