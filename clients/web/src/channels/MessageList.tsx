import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type ChannelId, liveState, type Message, type MessageId, type Talk } from '../live'
import { useNow } from '../shell/now'
import { markSeen } from '../shell/tourSteps'
import { Button } from '../ui'
import { dayName, timeOf } from '../ui/dates'
import { ArrowDown } from '../ui/icons'
import { Announcer } from './Announcer'
import type { Book } from './book'
import { type Line, linesOf } from './lines'
import { type MessageAction, MessageRow } from './MessageRow'
import { useStickyScroll } from './stickyScroll'
import { texts } from './texts.pl'
import { WaitingRow } from './WaitingRow'

type Props = {
  channel: ChannelId
  talk: Talk
  book: Book
  showsTopics: boolean
  topicName: (topic: string) => string
  onTopic: (topic: string) => void
  mayWrite: boolean
  mayModerate: boolean
  onAction: (action: MessageAction, message: Message) => void
  marked: string | null
  /** These were on a screen that somebody looked at. */
  onRead: (messages: readonly Message[]) => void
  singleKeys: boolean
}

/** The talk itself: days, what is new, messages, and one's own that are on their way. */
export function MessageList(props: Props) {
  const { talk, book, showsTopics, onAction, marked, onRead } = props
  const now = useNow()
  const [hovered, setHovered] = useState<string | null>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const [menuOf, setMenuOf] = useState<string | null>(null)
  const [jumpedTo, setJumpedTo] = useState<string | null>(null)
  const [unread] = useState(() => liveState().channels.get(props.channel)?.unread ?? 0)
  const rows = useRef(new Map<string, HTMLLIElement>())

  const byId = useMemo(
    () => new Map<string, Message>(talk.messages.map((message) => [message.id, message])),
    [talk.messages],
  )
  const firstNew = useMemo(
    () => firstNewOf(talk.messages, talk.readAt, unread, book.me),
    [talk.messages, talk.readAt, unread, book.me],
  )
  const lines = useMemo(
    () => linesOf(talk.messages, { firstNew, showsTopics, waiting: talk.pending }),
    [talk.messages, talk.pending, firstNew, showsTopics],
  )
  const newest = talk.messages.at(-1)
  const scroll = useStickyScroll({
    version: lines,
    newest: `${newest?.id ?? ''}/${talk.pending.length}`,
    hasNewer: talk.hasNewer,
    onTop: () => talk.hasOlder && !talk.isLoading && talk.loadOlder(),
    onBottom: () => talk.hasNewer && !talk.isLoading && talk.loadNewer(),
    startAt: firstNew ? 'new' : 'end',
  })

  useEffect(() => markSeen('talk'), [])

  // What stands on a screen that somebody looks at is read.
  useEffect(() => {
    const look = () => {
      if (scroll.isAtEnd && !talk.hasNewer && document.visibilityState === 'visible') onRead(talk.messages)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [talk.messages, scroll.isAtEnd, talk.hasNewer, onRead])

  const jump = useCallback(
    (id: string) => {
      const row = rows.current.get(id)
      if (row) {
        row.scrollIntoView({ block: 'center' })
        row.focus({ preventScroll: true })
        setJumpedTo(id)
      } else if (talk.hasOlder) talk.loadOlder()
    },
    [talk.hasOlder, talk.loadOlder],
  )
  useSeek(marked, byId, talk, jump)

  const order = useMemo(() => lines.filter((line) => line.kind === 'message').map((line) => line.key), [lines])
  const keyDown = (event: KeyboardEvent) => {
    const step = stepOf(event, props.singleKeys)
    const on = focused ?? order.at(-1)
    if (!on || event.target instanceof HTMLButtonElement) return
    if (step !== 0) {
      const to = order[Math.min(Math.max(order.indexOf(on) + step, 0), order.length - 1)]
      if (to) rows.current.get(to)?.focus()
      event.preventDefault()
    } else if (event.key === 'r' && props.singleKeys && props.mayWrite && !event.ctrlKey && !event.metaKey) {
      const message = byId.get(on)
      if (message && !message.deleted_at) onAction('reply', message)
      event.preventDefault()
    }
  }
  const tabStop = focused && byId.has(focused) ? focused : order.at(-1)
  const openMenu = useCallback((id: string, isOpen: boolean) => setMenuOf(isOpen ? id : null), [])

  return (
    <div className="talk-frame">
      <div
        ref={scroll.ref}
        className="talk-scroll"
        onScroll={scroll.onScroll}
        onKeyDown={keyDown}
        role="log"
        aria-live="off"
        aria-label={texts.messages}
      >
        <div className="talk-start">
          {talk.hasOlder
            ? talk.isLoading
              ? texts.older
              : '\u00a0'
            : talk.messages.length > 0
              ? texts.beginning
              : null}
        </div>
        <ol className="talk-list" onMouseLeave={() => setHovered(null)}>
          {lines.map((line) => (
            <LineItem
              key={line.key}
              line={line}
              props={props}
              now={now}
              answered={line.kind === 'message' && line.message.reply_to ? byId.get(line.message.reply_to) : undefined}
              isMarked={line.key === marked || line.key === jumpedTo}
              isActive={line.key === hovered || line.key === focused || line.key === menuOf}
              isTabStop={line.key === tabStop}
              keep={rows.current}
              onHover={menuOf ? ignore : setHovered}
              onFocus={setFocused}
              onJump={jump}
              onMenu={openMenu}
            />
          ))}
        </ol>
      </div>
      {!scroll.isAtEnd || talk.hasNewer ? (
        <div className="talk-to-newest">
          <Button
            small
            icon={<ArrowDown />}
            onPress={() => {
              if (talk.hasNewer) talk.showNewest()
              scroll.toEnd()
            }}
          >
            {scroll.arrivedBelow > 0 ? texts.newBelow(scroll.arrivedBelow) : texts.toNewest}
          </Button>
        </div>
      ) : null}
      <Announcer messages={talk.messages} book={book} />
    </div>
  )
}

const ignore = () => undefined

type ItemProps = {
  line: Line
  props: Props
  now: Date
  answered: Message | undefined
  isMarked: boolean
  isActive: boolean
  isTabStop: boolean
  keep: Map<string, HTMLLIElement>
  onHover: (key: string) => void
  onFocus: (key: string | null) => void
  onJump: (message: string) => void
  onMenu: (key: string, isOpen: boolean) => void
}

function LineItem({
  line,
  props,
  now,
  answered,
  isMarked,
  isActive,
  isTabStop,
  keep,
  onHover,
  onFocus,
  onJump,
  onMenu,
}: ItemProps) {
  const menu = useCallback((isOpen: boolean) => onMenu(line.key, isOpen), [onMenu, line.key])
  switch (line.kind) {
    case 'day':
      return (
        <li className="talk-day">
          <h3>{dayName(line.at, now)}</h3>
        </li>
      )
    case 'new':
      return (
        <li className="talk-new" data-new>
          <span>{texts.newSince(timeOf(line.at))}</span>
        </li>
      )
    case 'topic':
      return (
        <li className="talk-topic">
          {/* for the keys, topics stand in their own list */}
          <button type="button" tabIndex={-1} onClick={() => props.onTopic(line.topic)}>
            {props.topicName(line.topic)}
          </button>
        </li>
      )
    case 'waiting':
      return (
        <li>
          <WaitingRow pending={line.waiting} book={props.book} />
        </li>
      )
    case 'message':
      return (
        <li
          className="talk-item"
          tabIndex={isTabStop ? 0 : -1}
          ref={(row) => {
            if (row) keep.set(line.key, row)
            return () => {
              keep.delete(line.key)
            }
          }}
          onMouseEnter={() => onHover(line.key)}
          onFocus={() => onFocus(line.key)}
          onBlur={(event) => {
            if (!event.currentTarget.contains(event.relatedTarget)) onFocus(null)
          }}
        >
          <MessageRow
            message={line.message}
            startsGroup={line.startsGroup}
            book={props.book}
            now={now}
            answered={answered}
            isMarked={isMarked}
            isActive={isActive}
            mayWrite={props.mayWrite}
            mayModerate={props.mayModerate}
            onAction={props.onAction}
            onJump={onJump}
            onMenu={menu}
          />
        </li>
      )
  }
}

/**
 * The first message of others after the read mark. Where the mark is not among these messages, `unread` counts back
 * from the end; more than what is here means that the end is the better place to begin.
 */
export function firstNewOf(
  messages: readonly Message[],
  readAt: string | undefined,
  unread: number,
  me: string | undefined,
): MessageId | undefined {
  const isOthers = (message: Message) => (message.author.entered_by ?? message.author.person) !== me
  if (unread === 0) return undefined
  const read = readAt ? messages.findIndex((message) => message.cursor === readAt) : -1
  if (read >= 0) return messages.slice(read + 1).find(isOthers)?.id
  return messages.filter((message) => isOthers(message) && !message.deleted_at).at(-unread)?.id
}

function stepOf(event: KeyboardEvent, singleKeys: boolean): number {
  if (event.ctrlKey || event.metaKey || event.altKey) return 0
  if (event.key === 'ArrowDown' || (singleKeys && event.key === 'j')) return 1
  if (event.key === 'ArrowUp' || (singleKeys && event.key === 'k')) return -1
  return 0
}

/** Goes back through older pages until the message of the address is there, and shows it once. */
function useSeek(marked: string | null, byId: Map<string, Message>, talk: Talk, jump: (id: string) => void) {
  const done = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (!marked || done.current === marked || talk.status !== 'ready') return
    if (byId.has(marked)) {
      done.current = marked
      jump(marked)
    } else if (talk.hasOlder && !talk.isLoading) talk.loadOlder()
  }, [marked, byId, talk, jump])
}
