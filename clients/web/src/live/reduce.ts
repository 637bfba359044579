import * as channels from '../channels/state'
import * as teams from '../teams/state'
import type { ChannelId, Started, TopicId, Whisper } from './protocol.gen'
import type { State } from './state'
import type { Told } from './told'

/** How long somebody counts as typing after the last sign of it, in ms. */
const typingLasts = 6_000

/** What one event changes. A kind that no slice knows yet does not compile here; a newer hub's is ignored. */
export function applyEvent(state: State, told: Told): State {
  switch (told.kind) {
    case 'topic_created':
    case 'message_posted':
    case 'message_edited':
    case 'message_deleted':
    case 'channel_member_added':
    case 'channel_member_removed':
    case 'channel_key_destroyed': {
      const isCounted = Date.parse(told.event.at) <= Date.parse(state.startedAt)
      const next = channels.applyEvent(withoutPending(state, told), told, state.me?.person.id, isCounted)
      return told.kind === 'message_posted' ? withoutTyping(next, told) : next
    }
    case 'institution_admitted':
    case 'mandate_given':
    case 'mandate_ended':
      return teams.applyEvent(withoutPending(state, told), told)
    case 'channel_created':
      return withoutPending(state, told) // its stream is not open yet: live starts anew
    default:
      return ignored(told, state)
  }
}

function ignored(_ofANewerHub: never, state: State) {
  return state
}

/** The event of a command of ours: it is done. */
function withoutPending(state: State, told: Told): State {
  const id = told.event.request
  if (!id || !state.pending.has(id)) return state
  const pending = new Map(state.pending)
  pending.delete(id)
  return { ...state, pending }
}

function withoutTyping(state: State, told: Told<'message_posted'>): State {
  const { channel, author } = told.payload.message
  const typing = state.typing.get(channel)
  if (!typing?.some(({ person }) => person === author.person)) return state
  return withTyping(
    state,
    channel,
    typing.filter(({ person }) => person !== author.person),
  )
}

function withTyping(
  state: State,
  channel: ChannelId,
  all: State['typing'] extends ReadonlyMap<ChannelId, infer T> ? T : never,
) {
  const typing = new Map(state.typing)
  if (all.length > 0) typing.set(channel, all)
  else typing.delete(channel)
  return { ...state, typing }
}

/** Those whose last sign of typing is too old. */
export function fadeTyping(state: State, now: number): State {
  let next = state
  for (const [channel, all] of state.typing) {
    const left = all.filter(({ until }) => until > now)
    if (left.length < all.length) next = withTyping(next, channel, left)
  }
  return next
}

/** What somebody does at this moment. `read` is one's own mark, set in another tab. */
export function applyWhisper(state: State, whisper: Whisper, now: number): State {
  const { kind, person, stream, topic, cursor } = whisper
  const channel = stream as string as ChannelId
  switch (kind) {
    case 'present':
    case 'away': {
      if (state.present.has(person) === (kind === 'present')) return state
      const present = new Set(state.present)
      if (kind === 'present') present.add(person)
      else present.delete(person)
      return { ...state, present }
    }
    case 'typing': {
      if (person === state.me?.person.id) return state
      const others = (state.typing.get(channel) ?? []).filter((one) => one.person !== person)
      return withTyping(state, channel, [
        ...others,
        { person, topic: topic as TopicId | undefined, until: now + typingLasts },
      ])
    }
    case 'read':
      return cursor ? withRead(state, channel, cursor) : state
    default:
      return state // a newer hub's
  }
}

/** The read mark, and what waits after it as far as that can be told from here. */
export function withRead(state: State, channel: ChannelId, cursor: string): State {
  const entry = state.channels.get(channel)
  if (!entry) return state
  const left = channels.unreadAfter(entry, state.conversations.get(channel), cursor, state.me?.person.id)
  return { ...state, channels: new Map(state.channels).set(channel, { ...entry, read: cursor, ...left }) }
}

/** The first answer, or a later one: what may be read is now exactly this. Conversations of channels that are not in
 * it are gone. */
export function applyStarted(state: State, started: Started, now: number): State {
  const entries = new Map(started.channels.map((one) => [one.channel.id, channels.entryOf(one)]))
  const conversations = new Map([...state.conversations].filter(([id]) => entries.has(id)))
  const { person, device, administrator, demonstration } = started
  const acting = started.mandates.some(({ id }) => id === state.actingAs) ? state.actingAs : undefined
  return {
    ...state,
    ...teams.teamsOf(started),
    connection: state.connection.status === 'on' ? state.connection : { status: 'on', since: now },
    me: { person, device, administrator, demonstration },
    startedAt: started.now,
    actingAs: acting,
    channels: entries,
    conversations,
    present: new Set(started.present),
  }
}
