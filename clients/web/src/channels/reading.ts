import { useCallback, useEffect, useRef } from 'react'
import { type ChannelId, liveState, type Message, markRead } from '../live'

/**
 * The hub keeps one read mark for a whole conversation. Who reads topic by topic has read up to the first message that
 * they have not seen in any of them: the mark moves there, and never past something unseen.
 */
export function useReading(channel: ChannelId, whole: readonly Message[], me: string | undefined) {
  const seen = useRef(seenIn(channel))
  const move = useCallback(() => {
    const mark = liveState().channels.get(channel)?.read
    const known = whole.findIndex((message) => message.cursor === mark)
    // Without the mark among these messages, what lies between is unknown: only the very newest one says it all.
    if (known < 0 && !isAllSeen(whole, seen.current, me)) return
    let last: Message | undefined
    for (const message of whole.slice(known + 1)) {
      if (!isSeen(message, seen.current, me)) break
      last = message
    }
    if (last) markRead(channel, last.cursor)
  }, [channel, whole, me])
  const look = useCallback(
    (messages: readonly Message[]) => {
      for (const message of messages) seen.current.add(message.id)
      move()
    },
    [move],
  )
  useEffect(move, [move])
  return look
}

const everywhere = new Map<string, Set<string>>()

function seenIn(channel: ChannelId): Set<string> {
  const known = everywhere.get(channel) ?? new Set<string>()
  everywhere.set(channel, known)
  return known
}

const isSeen = (message: Message, seen: ReadonlySet<string>, me: string | undefined) =>
  seen.has(message.id) || (message.author.entered_by ?? message.author.person) === me

function isAllSeen(messages: readonly Message[], seen: ReadonlySet<string>, me: string | undefined): boolean {
  return messages.length > 0 && messages.every((message) => isSeen(message, seen, me))
}
