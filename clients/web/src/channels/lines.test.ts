import { describe, expect, it } from 'vitest'
import type { Message } from '../live'
import { linesOf } from './lines'

let count = 0
function message(at: string, changes: Partial<Message> = {}): Message {
  const id = `m${++count}`
  return {
    id,
    channel: 'c',
    topic: 't1',
    cursor: id,
    author: { person: 'ewa', mandate: 'x', institution: 'pcpr' },
    at,
    audience: { institutions: [], persons: [] },
    text: id,
    mentions: [],
    revision: 1,
    unreadable: false,
    ...changes,
  } as unknown as Message
}
const kinds = (messages: Message[], showsTopics = false, firstNew?: Message) =>
  linesOf(messages, { showsTopics, firstNew: firstNew?.id, waiting: [] }).map((line) =>
    line.kind === 'message' ? (line.startsGroup ? 'first' : 'next') : line.kind,
  )

describe('lines of a conversation', () => {
  it('begin each day of Poland', () => {
    const late = message('2026-11-24T22:30:00Z')
    const night = message('2026-11-24T23:30:00Z')
    expect(kinds([late, night])).toEqual(['day', 'first', 'day', 'first'])
  })
  it('put what one person says within ten minutes under one name', () => {
    const first = message('2026-11-24T08:00:00Z')
    const soon = message('2026-11-24T08:09:00Z')
    const later = message('2026-11-24T08:30:00Z')
    expect(kinds([first, soon, later])).toEqual(['day', 'first', 'next', 'first'])
  })
  it('never put a narrowed message under the name of one for all', () => {
    const open = message('2026-11-24T08:00:00Z')
    const narrow = message('2026-11-24T08:01:00Z', { audience: { institutions: ['pcpr'], persons: [] } as never })
    expect(kinds([open, narrow])).toEqual(['day', 'first', 'first'])
  })
  it('name a topic where it changes, when all topics are shown', () => {
    const one = message('2026-11-24T08:00:00Z')
    const other = message('2026-11-24T08:01:00Z', { topic: 't2' as never })
    expect(kinds([one, other], true)).toEqual(['day', 'topic', 'first', 'topic', 'first'])
    expect(kinds([one, other])).toEqual(['day', 'first', 'first'])
  })
  it('mark what is new', () => {
    const old = message('2026-11-24T08:00:00Z')
    const fresh = message('2026-11-24T08:01:00Z')
    expect(kinds([old, fresh], false, fresh)).toEqual(['day', 'first', 'new', 'first'])
  })
})
