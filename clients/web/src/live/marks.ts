import { unreadAfter } from '../channels/state'
import type { Live } from './live'
import type { ChannelId, TopicId } from './protocol.gen'
import { withRead } from './reduce'

/** How far one has read, and that one is typing: told to the hub no oftener than it is of use. */
export class Marks {
  private readonly unsent = new Map<ChannelId, string>()
  private sending: ReturnType<typeof setTimeout> | undefined
  private counting: ReturnType<typeof setTimeout> | undefined
  private lastTyping = 0

  constructor(private readonly live: Live) {}

  /** The newest mark wins, and at most one a second is sent. */
  markRead(channel: ChannelId, cursor: string) {
    if (this.live.store.get().channels.get(channel)?.read === cursor) return
    this.live.store.change((state) => withRead(state, channel, cursor))
    this.unsent.set(channel, cursor)
    if (this.sending === undefined) this.send()
  }

  tellTyping(channel: ChannelId, topic: TopicId) {
    const now = Date.now()
    if (now - this.lastTyping < 3_000) return
    this.lastTyping = now
    void this.live.wire?.call('channels.typing', { channel, topic })
  }

  /** Another tab read on, and what still waits cannot be told from here: the hub counts. */
  countAgain(channel: ChannelId) {
    const { channels, conversations, me } = this.live.store.get()
    const entry = channels.get(channel)
    if (!entry?.read || unreadAfter(entry, conversations.get(channel), entry.read, me?.person.id)) return
    clearTimeout(this.counting)
    this.counting = setTimeout(() => this.live.start(), 2_000)
  }

  forget() {
    this.unsent.clear()
    clearTimeout(this.counting)
  }

  private send() {
    this.sending = undefined
    if (this.unsent.size === 0) return
    for (const [channel, cursor] of this.unsent)
      void this.live.call('channels.mark_read', { channel, cursor }, { as: null })
    this.unsent.clear()
    this.sending = setTimeout(() => this.send(), 1_000)
  }
}
