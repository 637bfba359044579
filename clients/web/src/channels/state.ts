import type { Channel, ChannelId, ChannelState, Message, PersonId, Topic, TopicId } from '../live/protocol.gen'
import type { Told } from '../live/told'
import { appended, replaced, snapshotWindow, type Window } from './window'

/** A channel in the lists: where it stands and what waits there. */
export interface ChannelEntry {
  readonly channel: Channel
  /** The newest event that was seen. */
  readonly cursor: string
  /** The newest message, as far as one was seen. */
  readonly newest?: string
  /** The person's read mark. */
  readonly read?: string
  readonly unread: number
  readonly mentions: number
}

/** A channel that was opened: its topics, and windows on its messages. */
export interface Conversation {
  readonly channel: Channel
  /** Up to here the windows are complete; missing: they must be fetched again. */
  readonly cursor?: string
  readonly topics: readonly Topic[]
  readonly listed: readonly PersonId[]
  readonly windows: ReadonlyMap<WindowKey, Window>
}

/** All of the channel, or one topic. */
export type WindowKey = TopicId | 'all'

export interface ChannelsState {
  readonly channels: ReadonlyMap<ChannelId, ChannelEntry>
  readonly conversations: ReadonlyMap<ChannelId, Conversation>
}

export type ChannelTold = Told<
  | 'topic_created'
  | 'message_posted'
  | 'message_edited'
  | 'message_deleted'
  | 'channel_member_added'
  | 'channel_member_removed'
  | 'channel_key_destroyed'
>

export function entryOf(state: ChannelState): ChannelEntry {
  const { channel, cursor, read, unread, mentions } = state
  return { channel, cursor, read, unread, mentions }
}

/** What an event of a channel's stream changes. `me`: own messages are never unread. `isCounted`: the hub's own count
 * holds it already (it is older than the last `session.start`). */
export function applyEvent<S extends ChannelsState>(
  state: S,
  told: ChannelTold,
  me: PersonId | undefined,
  isCounted: boolean,
): S {
  const id = told.event.stream as string as ChannelId
  const entry = state.channels.get(id)
  const talk = state.conversations.get(id)
  const channels = entry ? withEntry(state.channels, id, entryAfter(entry, told, me, isCounted)) : state.channels
  const conversations = talk
    ? new Map(state.conversations).set(id, { ...conversationAfter(talk, told), cursor: told.event.cursor })
    : state.conversations
  return { ...state, channels, conversations }
}

function withEntry(channels: ChannelsState['channels'], id: ChannelId, entry: ChannelEntry) {
  return new Map(channels).set(id, entry)
}

function entryAfter(
  entry: ChannelEntry,
  told: ChannelTold,
  me: PersonId | undefined,
  isCounted: boolean,
): ChannelEntry {
  const seen = { ...entry, cursor: told.event.cursor }
  if (told.kind !== 'message_posted') return seen
  const { author, mentions, cursor } = told.payload.message
  const isOwn = (author.entered_by ?? author.person) === me
  if (isOwn || isCounted) return { ...seen, newest: cursor }
  const named = me !== undefined && mentions.includes(me)
  return { ...seen, newest: cursor, unread: entry.unread + 1, mentions: entry.mentions + (named ? 1 : 0) }
}

function conversationAfter(talk: Conversation, told: ChannelTold): Conversation {
  switch (told.kind) {
    case 'topic_created':
      return { ...talk, topics: [...talk.topics.filter(({ id }) => id !== told.payload.topic.id), told.payload.topic] }
    case 'message_posted':
      return withMessage(talk, told.payload.message, appended)
    case 'message_edited':
    case 'message_deleted':
      return withMessage(talk, told.payload.message, replaced)
    case 'channel_member_added':
      return { ...talk, listed: [...talk.listed.filter((one) => one !== told.payload.person), told.payload.person] }
    case 'channel_member_removed':
      return { ...talk, listed: talk.listed.filter((one) => one !== told.payload.person) }
    case 'channel_key_destroyed':
      return withWindows(talk, (window) => ({ ...window, messages: window.messages.map(unreadable) }))
  }
}

function unreadable(message: Message): Message {
  return { ...message, text: '', mentions: [], unreadable: true }
}

function withWindows(talk: Conversation, change: (window: Window, key: WindowKey) => Window): Conversation {
  return { ...talk, windows: new Map([...talk.windows].map(([key, window]) => [key, change(window, key)])) }
}

function withMessage(talk: Conversation, message: Message, change: (window: Window, message: Message) => Window) {
  return withWindows(talk, (window, key) => (key === 'all' || key === message.topic ? change(window, message) : window))
}

/** A conversation as its snapshot has it. */
export function conversationOf(
  snapshot: {
    readonly channel: Channel
    readonly topics: readonly Topic[]
    readonly listed: readonly PersonId[]
    readonly messages: readonly Message[]
    readonly has_older: boolean
  },
  cursor: string,
): Conversation {
  const { channel, topics, listed, messages, has_older } = snapshot
  return { channel, cursor, topics, listed, windows: new Map([['all', snapshotWindow(messages, has_older)]]) }
}

/** How many messages wait after a read mark; undefined where this cannot be told from what is here. */
export function unreadAfter(
  entry: ChannelEntry,
  talk: Conversation | undefined,
  read: string,
  me: PersonId | undefined,
): { readonly unread: number; readonly mentions: number } | undefined {
  if (read === entry.cursor || read === entry.newest) return { unread: 0, mentions: 0 }
  const window = talk?.windows.get('all')
  if (!window || window.newer.length > 0) return undefined
  const at = window.messages.findIndex(({ cursor }) => cursor === read)
  if (at < 0) return undefined
  const waiting = window.messages
    .slice(at + 1)
    .filter((one) => !one.deleted_at && (one.author.entered_by ?? one.author.person) !== me)
  const mentions = waiting.filter((one) => me !== undefined && one.mentions.includes(me)).length
  return { unread: waiting.length, mentions }
}
