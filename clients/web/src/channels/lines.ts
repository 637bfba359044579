import type { Message, MessageId, PendingMessage } from '../live'
import { dayOf } from '../ui/dates'

/** What stands in a conversation, one under the other. */
export type Line =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string; at: string }
  | { kind: 'topic'; key: string; topic: string }
  | { kind: 'message'; key: string; message: Message; startsGroup: boolean }
  | { kind: 'waiting'; key: string; waiting: PendingMessage }

const groupSpan = 10 * 60_000

function sameList(a: readonly string[], b: readonly string[]) {
  return a.length === b.length && a.every((one, i) => one === b[i])
}

/** Follows its predecessor closely enough to stand under the same name. */
function belongsTogether(before: Message, after: Message): boolean {
  return (
    before.author.person === after.author.person &&
    before.author.institution === after.author.institution &&
    before.author.entered_by === after.author.entered_by &&
    before.author.way === after.author.way &&
    before.topic === after.topic &&
    !after.reply_to &&
    !before.deleted_at &&
    !after.deleted_at &&
    sameList(before.audience.institutions, after.audience.institutions) &&
    sameList(before.audience.persons, after.audience.persons) &&
    Date.parse(after.at) - Date.parse(before.at) < groupSpan
  )
}

/**
 * Days, topics (where all of them are shown), the mark of what is new, and messages. `firstNew` is where the reader
 * stopped when the conversation was opened.
 */
export function linesOf(
  messages: readonly Message[],
  options: { firstNew?: MessageId; showsTopics: boolean; waiting: readonly PendingMessage[] },
): Line[] {
  const lines: Line[] = []
  let before: Message | undefined
  for (const message of messages) {
    const newDay = !before || dayOf(before.at) !== dayOf(message.at)
    const isFirstNew = message.id === options.firstNew
    const newTopic = options.showsTopics && (newDay || before?.topic !== message.topic)
    if (newDay) lines.push({ kind: 'day', key: `day-${dayOf(message.at)}`, at: message.at })
    if (isFirstNew) lines.push({ kind: 'new', key: 'new', at: message.at })
    if (newTopic) lines.push({ kind: 'topic', key: `topic-${message.id}`, topic: message.topic })
    const startsGroup = newDay || isFirstNew || newTopic || !before || !belongsTogether(before, message)
    lines.push({ kind: 'message', key: message.id, message, startsGroup })
    before = message
  }
  for (const waiting of options.waiting) lines.push({ kind: 'waiting', key: `waiting-${waiting.id}`, waiting })
  return lines
}
