import { memo } from 'react'
import { texts as why } from '../access/texts.pl'
import type { Message } from '../live'
import { IconButton, Menu } from '../ui'
import { timeOf, when } from '../ui/dates'
import { At, Copy, History, Lock, More, Pencil, Phone, Reply, Shield, Trash, Users } from '../ui/icons'
import { type Book, isNarrow } from './book'
import { Words } from './markup'
import { texts } from './texts.pl'

export type MessageAction = 'reply' | 'edit' | 'remove' | 'history' | 'why' | 'who' | 'link'

export type RowProps = {
  message: Message
  startsGroup: boolean
  book: Book
  now: Date
  answered: Message | undefined
  isMarked: boolean
  isActive: boolean
  mayWrite: boolean
  mayModerate: boolean
  onAction: (action: MessageAction, message: Message) => void
  onJump: (message: string) => void
  onMenu: (isOpen: boolean) => void
}

/** One message. What can be done with it shows when it is pointed at, focused or touched. */
export const MessageRow = memo(function MessageRow(props: RowProps) {
  const { message, startsGroup, book, isMarked } = props
  const { author } = message
  const isForMe = book.me !== undefined && message.mentions.includes(book.me) && !message.deleted_at
  const narrow = isNarrow(message.audience)
  const name = book.person(author.person)
  const entered = book.entered(author)
  const classes = ['message']
  if (startsGroup) classes.push('message-first')
  if (isForMe) classes.push('message-for-me')
  if (narrow) classes.push('message-narrow')
  if (isMarked) classes.push('message-marked')
  return (
    <article
      className={classes.join(' ')}
      aria-label={texts.by(name, book.institution(author.institution), timeOf(message.at))}
    >
      <time className="message-time" dateTime={message.at}>
        {timeOf(message.at)}
      </time>
      <div className="message-body">
        {startsGroup ? (
          <header className="message-head">
            <span className="message-name">{name}</span>
            <span className="message-institution">{book.institution(author.institution)}</span>
            {entered ? (
              <span className="message-tag">
                <Phone />
                {entered}
              </span>
            ) : null}
            {narrow ? (
              <span className="message-tag message-tag-narrow">
                <Lock />
                {texts.only(book.audience(message.audience))}
              </span>
            ) : null}
            {isForMe ? (
              <span className="message-tag message-tag-me">
                <At />
                {texts.toYou}
              </span>
            ) : null}
          </header>
        ) : null}
        {message.reply_to ? <Answered {...props} /> : null}
        <Body message={message} book={book} now={props.now} />
      </div>
      {props.isActive && !message.deleted_at ? <Actions {...props} /> : null}
    </article>
  )
})

/** In the order of keys only while its message has the focus: a conversation is one stop, not a hundred. */
function Answered({ answered, book, message, onJump, isActive }: RowProps) {
  const target = message.reply_to
  if (!target) return null
  return (
    <button
      type="button"
      className="message-answered"
      title={texts.showAnswered}
      tabIndex={isActive ? 0 : -1}
      onClick={() => onJump(target)}
    >
      <Reply />
      {answered ? (
        <>
          <strong>{book.person(answered.author.person)}</strong>
          <span className="message-answered-words">{answered.deleted_at ? texts.deleted('') : answered.text}</span>
        </>
      ) : (
        <span>{texts.replyToOlder}</span>
      )}
    </button>
  )
}

function Body({ message, book, now }: { message: Message; book: Book; now: Date }) {
  if (message.deleted_at) return <p className="message-gone">{texts.deleted(when(message.deleted_at, now))}</p>
  if (message.unreadable) return <p className="message-gone">{texts.unreadable}</p>
  return (
    <div className="message-words">
      <Words text={message.text} names={message.mentions.map(book.person)} />
      {message.edited_at ? <span className="meta">{texts.editedAt(when(message.edited_at, now))}</span> : null}
    </div>
  )
}

function Actions({ message, book, mayWrite, mayModerate, onAction, onMenu }: RowProps) {
  const isMine = (message.author.entered_by ?? message.author.person) === book.me
  const items = [
    ...(isMine && mayWrite ? [{ id: 'edit', label: texts.edit, icon: <Pencil /> }] : []),
    { id: 'why', label: why.why, icon: <Shield /> },
    { id: 'who', label: why.who, icon: <Users /> },
    ...(message.revision > 1 ? [{ id: 'history', label: texts.history, icon: <History /> }] : []),
    { id: 'link', label: texts.copyLink, icon: <Copy /> },
    ...((isMine && mayWrite) || mayModerate
      ? [{ id: 'remove', label: texts.remove, icon: <Trash />, isDanger: true, separated: true }]
      : []),
  ]
  return (
    <div className="message-actions">
      {mayWrite ? <IconButton label={texts.reply} icon={<Reply />} onPress={() => onAction('reply', message)} /> : null}
      <Menu
        trigger={<IconButton label={texts.actions} icon={<More />} />}
        label={texts.actions}
        items={items}
        onAction={(id) => onAction(id as MessageAction, message)}
        onOpenChange={onMenu}
      />
    </div>
  )
}
