import type { PersonId, StreamId } from './protocol.gen'

/** What the tabs of one browser tell each other. They share the cookie, so they share the session. */
export type TabNote =
  | { readonly kind: 'entered'; readonly person: PersonId }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'wipe'; readonly stream: StreamId }

/** The line to the other tabs; what one tab says is heard by all the others. */
export class Tabs {
  private readonly channel = new BroadcastChannel('splot')

  constructor(hear: (note: TabNote) => void) {
    this.channel.onmessage = ({ data }) => hear(data as TabNote)
  }

  tell(note: TabNote) {
    this.channel.postMessage(note)
  }
}
