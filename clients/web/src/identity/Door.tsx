import { useCallback, useEffect, useState } from 'react'
import { type Doors, doors, type Problem, useLive } from '../live'
import { Banner, ErrorState, Skeleton } from '../ui'
import { Mark } from './Brand'
import { DemonstrationDoor } from './DemonstrationDoor'
import { SignIn } from './SignIn'
import { texts } from './texts.pl'
import './door.css'

/** What one meets before being somebody: cards in the demonstration, sign-in elsewhere. */
export function Door() {
  const [open, setOpen] = useState<Doors | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const ended = useLive((state) => state.connection.reason === 'ended')

  const look = useCallback(async () => {
    const result = await doors()
    setProblem(result.ok ? null : result.problem)
    if (result.ok) setOpen(result.value)
  }, [])
  useEffect(() => {
    look()
  }, [look])
  // While the demonstration is laid out anew there is nobody to enter as; they come one after the other (D-41).
  const isDemonstration = open?.demonstration === true
  const isBeingLaid = isDemonstration && !open.cards.some((card) => card.sentence)
  useEffect(() => {
    if (!isDemonstration) return
    const timer = setInterval(look, isBeingLaid ? 700 : 4_000)
    return () => clearInterval(timer)
  }, [isDemonstration, isBeingLaid, look])

  return (
    <div className="door">
      <header className="door-head">
        <Mark />
        <span className="door-name">Splot</span>
      </header>
      <main className="door-main" id="tresc">
        {ended && open && !open.demonstration ? <Banner tone="info">{texts.ended}</Banner> : null}
        {problem ? (
          <ErrorState title={texts.doorFailedTitle} onRetry={look}>
            {texts.doorFailed}
          </ErrorState>
        ) : null}
        {(!open && !problem) || isBeingLaid ? <Skeleton rows={5} label={texts.preparing} /> : null}
        {open?.demonstration && !isBeingLaid ? <DemonstrationDoor cards={open.cards} /> : null}
        {open && !open.demonstration ? <SignIn /> : null}
      </main>
    </div>
  )
}
