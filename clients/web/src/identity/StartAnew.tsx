import { useState } from 'react'
import { type Problem, startAnew } from '../live'
import { Banner, Button, Dialog, tell } from '../ui'
import { RefreshCw } from '../ui/icons'
import { texts } from './texts.pl'

/** Sets the demonstration back to its beginning, after a question (D-41). */
export function StartAnew() {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button kind="quiet" icon={<RefreshCw />} onPress={() => setAsking(true)}>
        {texts.startAnew}
      </Button>
      {isAsking ? <StartAnewDialog onClose={() => setAsking(false)} /> : null}
    </>
  )
}

export function StartAnewDialog({ onClose }: { onClose: () => void }) {
  const [isPending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const start = async () => {
    setPending(true)
    const result = await startAnew()
    setPending(false)
    if (!result.ok) return setProblem(result.problem)
    tell(texts.startAnewDone)
    onClose()
  }
  return (
    <Dialog
      alert
      title={texts.startAnewTitle}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{texts.cancel}</Button>
          <Button kind="danger" isPending={isPending} onPress={start}>
            {texts.startAnew}
          </Button>
        </>
      }
    >
      <p>{texts.startAnewWords}</p>
      {problem ? <Banner tone="danger">{problem.message}</Banner> : null}
    </Dialog>
  )
}
