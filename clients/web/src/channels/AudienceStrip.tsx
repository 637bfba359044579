import { ReaderList } from '../access/ReaderList'
import type { Answer } from '../access/readers'
import { texts as access } from '../access/texts.pl'
import type { Audience } from '../live'
import { Button, LinkButton, Popover } from '../ui'
import { Lock, Users } from '../ui/icons'
import type { Book } from './book'
import { texts } from './texts.pl'

type Props = {
  answer: Answer
  audience: Audience | undefined
  book: Book
  onNarrow: () => void
  onWiden: (() => void) | undefined
}

/** Above every composer: who exactly will read this. The best guard against the worst mistake. */
export function AudienceStrip({ answer, audience, book, onNarrow, onWiden }: Props) {
  const explanation = answer.explanation
  const isAlone = explanation?.readers.length === 1
  return (
    <div className={`audience${audience ? ' audience-narrow' : ''}`}>
      {audience ? <Lock /> : <Users />}
      <p className="audience-words">
        <span>{access.seeLabel} </span>
        {explanation ? (
          isAlone ? (
            <strong>{access.onlyYou}</strong>
          ) : (
            <Popover
              label={access.readersTitle}
              trigger={<LinkButton>{access.see(explanation.readers.length, explanation.institutions)}</LinkButton>}
            >
              <ReaderList explanation={explanation} />
            </Popover>
          )
        ) : (
          <span className="muted">{answer.status === 'failed' ? access.unknown : access.counting}</span>
        )}
        {audience ? <span className="audience-who">{texts.only(book.audience(audience))}</span> : null}
      </p>
      <div className="audience-actions">
        {onWiden ? (
          <Button kind="quiet" small onPress={onWiden}>
            {texts.widen}
          </Button>
        ) : null}
        <Button kind="quiet" small icon={<Lock />} onPress={onNarrow}>
          {texts.narrow}
        </Button>
      </div>
    </div>
  )
}
