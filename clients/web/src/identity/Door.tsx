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
    setProblem(null)
    const result = await doors()
    if (result.ok) setOpen(result.value)
    else setProblem(result.problem)
  }, [])
  useEffect(() => {
    look()
  }, [look])

  return (
    <div className="door">
      <header className="door-head">
        <Mark />
        <span className="door-name">Splot</span>
      </header>
      <main className="door-main" id="tresc">
        {ended ? <Banner tone="info">{texts.ended}</Banner> : null}
        {problem ? (
          <ErrorState title={texts.doorFailedTitle} onRetry={look}>
            {texts.doorFailed}
          </ErrorState>
        ) : null}
        {!open && !problem ? <Skeleton rows={5} /> : null}
        {open?.demonstration ? <DemonstrationDoor cards={open.cards} /> : null}
        {open && !open.demonstration ? <SignIn /> : null}
      </main>
    </div>
  )
}
