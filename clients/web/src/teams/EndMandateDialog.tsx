import { useState } from 'react'
import { call, type Mandate } from '../live'
import { Banner, Button, Dialog, tell } from '../ui'
import { texts } from './texts.pl'

/** Ends somebody's mandate; says beforehand what it takes away (T-09). */
export function EndMandateDialog({
  mandate,
  name,
  where,
  onClose,
}: {
  mandate: Mandate
  name: string
  where: string
  onClose: () => void
}) {
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const end = async () => {
    setPending(true)
    const result = await call('teams.end_mandate', { mandate: mandate.id })
    setPending(false)
    if (!result.ok) return setProblem(result.problem.message)
    tell(texts.ended(name))
    onClose()
  }
  return (
    <Dialog
      alert
      title={texts.endMandateTitle}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{texts.keep}</Button>
          <Button kind="danger" isPending={isPending} onPress={end}>
            {texts.endMandate}
          </Button>
        </>
      }
    >
      <p>{texts.endMandateWords(name, where)}</p>
      {problem ? <Banner tone="danger">{problem}</Banner> : null}
    </Dialog>
  )
}
