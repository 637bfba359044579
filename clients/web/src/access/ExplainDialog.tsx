import { useEffect } from 'react'
import { useLive } from '../live'
import { markSeen } from '../shell/tourSteps'
import { Dialog, ErrorState, Skeleton } from '../ui'
import { dateOf } from '../ui/dates'
import { Check, X } from '../ui/icons'
import { ReaderList } from './ReaderList'
import { type Asked, useExplanation } from './readers'
import { texts } from './texts.pl'
import './access.css'

type Props = { title: string; asked: Asked; onClose: () => void }

/** "Dlaczego to widzę?": the gates one by one, in the words of the hub that enforces them. */
export function WhyDialog({ title, asked, onClose }: Props) {
  useEffect(() => markSeen('refusal'), [])
  const answer = useExplanation(asked)
  const institutions = useLive((state) => state.institutions)
  return (
    <Dialog title={title} onClose={onClose} isText>
      {answer.status === 'loading' ? <Skeleton rows={5} /> : null}
      {answer.status === 'failed' ? <ErrorState>{answer.problem.message}</ErrorState> : null}
      {answer.status === 'ready' ? (
        <ul className="reasons">
          {answer.explanation.reasons.map((reason) => (
            <li key={reason.gate} className={reason.holds ? 'reason' : 'reason reason-fails'}>
              <span className="reason-mark">{reason.holds ? <Check /> : <X />}</span>
              <div>
                <span className="visually-hidden">{reason.holds ? texts.holds : texts.fails}: </span>
                <strong>{reason.sentence}</strong>
                <p className="meta">
                  {[
                    reason.institution ? texts.actsFor(institutions.get(reason.institution)?.name ?? '') : '',
                    reason.from ? texts.from(dateOf(reason.from)) : '',
                    reason.until ? texts.until(dateOf(reason.until)) : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
            </li>
          ))}
        </ul>
      ) : null}
      <p className="meta">{texts.mistake}</p>
    </Dialog>
  )
}

/** "Kto to widzi?": everybody, by institution. */
export function WhoDialog({ title, asked, onClose }: Props) {
  const answer = useExplanation(asked)
  return (
    <Dialog title={title} onClose={onClose} wide isText>
      {answer.status === 'loading' ? <Skeleton rows={6} /> : null}
      {answer.status === 'failed' ? <ErrorState>{answer.problem.message}</ErrorState> : null}
      {answer.status === 'ready' ? (
        <>
          <p className="reader-sum">{texts.all(answer.explanation.readers.length, answer.explanation.institutions)}</p>
          <ReaderList explanation={answer.explanation} />
          <p className="meta">{texts.onlyTechnical}</p>
        </>
      ) : null}
    </Dialog>
  )
}
