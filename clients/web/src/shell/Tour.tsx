import { useSyncExternalStore } from 'react'
import { useLive } from '../live'
import { Check } from '../ui/icons'
import { tour } from './tour.pl'
import { seenSteps, subscribeToSteps, type TourStep } from './tourSteps'

/** The five things to see in two minutes (D-40); each ticks itself when it was seen. */
export function Tour() {
  const seen = useSyncExternalStore(subscribeToSteps, seenSteps)
  const name = useLive((state) => state.me?.person.name ?? '')
  return (
    <div className="tour">
      <h2>{tour.title}</h2>
      <p className="muted">{tour.lead(name)}</p>
      <ol>
        {tour.steps.map((step) => {
          const isSeen = seen.has(step.id as TourStep)
          return (
            <li key={step.id} className={isSeen ? 'tour-step is-seen' : 'tour-step'}>
              <span className="choice-mark">
                <Check />
              </span>
              <span>
                {isSeen ? <span className="visually-hidden">{tour.seen}: </span> : null}
                <strong>{step.title}</strong>
                <span className="meta">{step.how}</span>
              </span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
