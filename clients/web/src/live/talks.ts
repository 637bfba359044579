import { conversationOf, type WindowKey } from '../channels/state'
import {
  emptyWindow,
  nextChunk,
  pageSize,
  snapshotWindow,
  type Window,
  withNewer,
  withNewest,
  withOlder,
} from '../channels/window'
import type { Live } from './live'
import type { ChannelId, Opened, StreamId, TopicId } from './protocol.gen'
import type { Opening, State } from './state'

/** Conversations that no screen shows any more but that open at once when one comes back. */
const mostUnused = 8

export const streamOf = (id: string) => id as StreamId

/** Opens conversations for screens, fetches their pages, and lets go what nobody looks at. */
export class Talks {
  private readonly users = new Map<ChannelId, number>()
  private unused: readonly ChannelId[] = []

  constructor(private readonly live: Live) {}

  /** A screen shows the channel; the answer is what it calls when it does not any more. */
  follow(channel: ChannelId): () => void {
    this.users.set(channel, (this.users.get(channel) ?? 0) + 1)
    this.unused = this.unused.filter((one) => one !== channel)
    if (!this.live.store.get().conversations.has(channel)) this.open(channel)
    return () => this.release(channel)
  }

  isUsed(channel: ChannelId) {
    return this.users.has(channel)
  }

  /** From its snapshot: the first time, and where what was missed is too much. */
  open(channel: ChannelId) {
    if (this.live.store.get().openings.get(channel)?.status === 'gone' && !this.isKnown(channel)) return
    this.setOpening(channel, { status: 'loading' })
    const wire = this.live.wire
    if (!wire) return // the next start opens what is still wanted
    this.live.held.add(streamOf(channel))
    wire.ask('streams.open', { stream: streamOf(channel) }, {}, (result) => {
      this.live.held.delete(streamOf(channel))
      if (result.ok) this.opened(channel, result.value)
      else if (result.problem.code === 'not_found') this.lose(channel)
      else if (result.problem.code !== 'offline')
        this.setOpening(channel, { status: 'failed', problem: result.problem })
    })
  }

  /** After a start: what screens still wait for. */
  openWanted() {
    for (const channel of this.users.keys()) if (!this.live.store.get().conversations.has(channel)) this.open(channel)
  }

  /** Nothing of it stays. `loading`: it will be opened anew, as far as it may still be read. */
  lose(channel: ChannelId, status: 'gone' | 'loading' = 'gone') {
    this.live.store.change((state) => {
      const conversations = new Map(state.conversations)
      conversations.delete(channel)
      return { ...state, conversations }
    })
    if (this.isUsed(channel)) this.setOpening(channel, { status })
  }

  /** The window of one topic; the whole channel's has come with the snapshot. */
  async openTopic(channel: ChannelId, topic: TopicId) {
    const all = this.window(channel, 'all')
    if (!all || this.window(channel, topic)) return
    if (!all.hasOlder && all.newer.length === 0) {
      const messages = all.messages.filter((message) => message.topic === topic)
      return this.setWindow(channel, topic, () => snapshotWindow(messages, false))
    }
    this.setWindow(channel, topic, () => emptyWindow)
    await this.loadNewestPage(channel, topic)
  }

  async loadOlder(channel: ChannelId, key: WindowKey) {
    const window = this.window(channel, key)
    const first = window?.messages[0]
    if (!window || !first || !window.hasOlder || window.isLoading) return
    const page = await this.page(channel, key, first.cursor, pageSize)
    if (!page) return
    this.setWindow(channel, key, (now) =>
      now.messages[0]?.id === first.id ? withOlder(now, page.messages, page.has_older) : { ...now, isLoading: false },
    )
  }

  /** What came into the chunk while it was fetched makes it another chunk, which is fetched once more. */
  async loadNewer(channel: ChannelId, key: WindowKey) {
    for (;;) {
      const window = this.window(channel, key)
      const asked = window && nextChunk(window)
      if (!asked || window.isLoading) return
      const page = await this.page(channel, key, asked.before, asked.count)
      if (!page) return
      const now = this.window(channel, key)
      const still = now && nextChunk(now)
      const isSame = still?.before === asked.before && still?.count === asked.count
      this.setWindow(channel, key, (one) => (isSame ? withNewer(one, page.messages) : { ...one, isLoading: false }))
      if (isSame) return
    }
  }

  async showNewest(channel: ChannelId, key: WindowKey) {
    const window = this.window(channel, key)
    if (!window || window.newer.length === 0) return
    this.setWindow(channel, key, () => emptyWindow)
    await this.loadNewestPage(channel, key)
  }

  /** After a failure: whatever is missing. */
  retry(channel: ChannelId, key: WindowKey) {
    const window = this.window(channel, key)
    if (!window) this.open(channel)
    else if (window.messages.length === 0) void this.loadNewestPage(channel, key)
    else void this.loadOlder(channel, key)
  }

  private async loadNewestPage(channel: ChannelId, key: WindowKey) {
    const page = await this.page(channel, key, undefined, pageSize)
    if (page) this.setWindow(channel, key, (window) => withNewest(window, page.messages, page.has_older))
  }

  private async page(channel: ChannelId, key: WindowKey, before: string | undefined, limit: number) {
    this.setWindow(channel, key, (window) => ({ ...window, isLoading: true, problem: undefined }))
    const topic = key === 'all' ? undefined : key
    const result = await this.live.call('channels.list_messages', { channel, topic, before, limit })
    if (result.ok) return result.value
    this.setWindow(channel, key, (window) => ({ ...window, isLoading: false, problem: result.problem }))
    return undefined
  }

  private opened(channel: ChannelId, opened: Opened) {
    const snapshot = opened.snapshot?.channel
    if (!snapshot) return this.lose(channel)
    this.live.store.change((state) => {
      const openings = new Map(state.openings)
      openings.delete(channel)
      const conversations = new Map(state.conversations).set(channel, conversationOf(snapshot, opened.cursor))
      return { ...state, openings, conversations }
    })
    if (!this.isUsed(channel)) this.keepUnused(channel)
  }

  private release(channel: ChannelId) {
    const left = (this.users.get(channel) ?? 1) - 1
    this.users.set(channel, left)
    // Another screen of the same channel may come in the place of this one.
    if (left === 0) setTimeout(() => this.users.get(channel) === 0 && this.letGo(channel))
  }

  private letGo(channel: ChannelId) {
    this.users.delete(channel)
    this.live.store.change((state) => {
      if (!state.openings.has(channel)) return state
      const openings = new Map(state.openings)
      openings.delete(channel)
      return { ...state, openings }
    })
    this.keepUnused(channel)
  }

  /** A sealed channel is let go at once, and nothing more of it is sent here. */
  private keepUnused(channel: ChannelId) {
    if (this.live.isSecret(channel)) {
      this.forget(channel)
      void this.live.call('streams.close', { stream: streamOf(channel) })
      return
    }
    this.unused = [...this.unused.filter((one) => one !== channel), channel]
    while (this.unused.length > mostUnused) {
      const [oldest, ...others] = this.unused
      this.unused = others
      if (oldest) this.forget(oldest)
    }
  }

  private forget(channel: ChannelId) {
    this.live.store.change((state) => {
      if (!state.conversations.has(channel)) return state
      const conversations = new Map(state.conversations)
      conversations.delete(channel)
      return { ...state, conversations }
    })
  }

  private isKnown(channel: ChannelId) {
    return this.live.store.get().channels.has(channel)
  }

  private window(channel: ChannelId, key: WindowKey): Window | undefined {
    return this.live.store.get().conversations.get(channel)?.windows.get(key)
  }

  private setOpening(channel: ChannelId, opening: Opening) {
    this.live.store.change((state) => ({ ...state, openings: new Map(state.openings).set(channel, opening) }))
  }

  private setWindow(channel: ChannelId, key: WindowKey, change: (window: Window) => Window) {
    this.live.store.change((state: State) => {
      const talk = state.conversations.get(channel)
      if (!talk) return state
      const windows = new Map(talk.windows).set(key, change(talk.windows.get(key) ?? emptyWindow))
      return { ...state, conversations: new Map(state.conversations).set(channel, { ...talk, windows }) }
    })
  }
}
