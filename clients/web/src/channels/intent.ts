import { useMemo } from 'react'
import { type Audience, type ChannelId, type MessageId, type PersonId, useDraft, type Way } from '../live'

/**
 * To whom and for whom a draft is written. It is kept with the draft, under the same rules: a text that was begun for
 * two people must never come back as one for everybody.
 */
export type Intent = {
  audience?: Audience
  replyTo?: MessageId
  behalf?: { person: PersonId; way: Way }
}

export function useIntent(key: string, channel: ChannelId): [Intent, (change: Partial<Intent>) => void, () => void] {
  const [kept, keep, clear] = useDraft(`${key}#grono`, { channel })
  const intent = useMemo<Intent>(() => (kept ? JSON.parse(kept) : {}), [kept])
  const change = (changes: Partial<Intent>) => {
    const next = { ...intent, ...changes }
    keep(next.audience || next.replyTo || next.behalf ? JSON.stringify(next) : '')
  }
  return [intent, change, clear]
}
