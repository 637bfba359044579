import { discardPending, type PendingMessage, retryPending, useLive } from '../live'
import { Button, tell } from '../ui'
import { AlertTriangle, Clock, Lock, RefreshCw, Trash } from '../ui/icons'
import { type Book, isNarrow } from './book'
import { Words } from './markup'
import { texts } from './texts.pl'

/** One's own message on its way: it stays until the hub has it, or until its author lets it go. */
export function WaitingRow({ pending, book }: { pending: PendingMessage; book: Book }) {
  const isOn = useLive((state) => state.connection.status === 'on')
  const message = pending.params
  const isRefused = pending.status === 'refused'
  return (
    <article className="message message-first message-waiting" aria-label={texts.write}>
      <span className="message-time">
        <Clock />
      </span>
      <div className="message-body">
        <header className="message-head">
          <span className="message-name">{book.me ? book.person(book.me) : ''}</span>
          {message.audience && isNarrow(message.audience) ? (
            <span className="message-tag message-tag-narrow">
              <Lock />
              {texts.only(book.audience(message.audience))}
            </span>
          ) : null}
          {isRefused ? null : <span className="meta">{isOn ? texts.sending : texts.waitsForConnection}</span>}
        </header>
        <div className="message-words">
          <Words text={message.text} names={message.mentions.map(book.person)} />
        </div>
        {isRefused ? (
          <div className="message-refused" role="alert">
            <p>
              <AlertTriangle />
              <span>
                <strong>{texts.notSent}</strong> {pending.problem?.message}
              </span>
            </p>
            <div className="message-refused-actions">
              <Button small icon={<RefreshCw />} onPress={() => retryPending(pending.id)}>
                {texts.retry}
              </Button>
              <Button
                small
                kind="quiet"
                icon={<Trash />}
                onPress={() => {
                  discardPending(pending.id)
                  tell(texts.discarded)
                }}
              >
                {texts.discard}
              </Button>
            </div>
          </div>
        ) : null}
      </div>
    </article>
  )
}
