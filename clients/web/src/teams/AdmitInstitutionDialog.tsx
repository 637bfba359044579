import { type FormEvent, useEffect, useState } from 'react'
import { call, type Institution, type InstitutionId, type MembershipMode, type TeamId } from '../live'
import { Banner, Button, ComboBox, Dialog, Form, RadioGroup, Submit, tell } from '../ui'
import { byName } from '../ui/words'
import { texts } from './texts.pl'
import { membershipWord } from './words.pl'

/** Takes another institution of this hub into the team. */
export function AdmitInstitutionDialog({
  team,
  known,
  onClose,
}: {
  team: TeamId
  known: readonly InstitutionId[]
  onClose: () => void
}) {
  const [all, setAll] = useState<readonly Institution[]>([])
  const [chosen, setChosen] = useState<InstitutionId | null>(null)
  const [mode, setMode] = useState<MembershipMode>('active')
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  useEffect(() => {
    call('teams.list_institutions', {}).then((result) => {
      if (result.ok) setAll(result.value.institutions)
      else setProblem(result.problem.message)
    })
  }, [])
  const admit = async (event: FormEvent) => {
    event.preventDefault()
    if (!chosen) return
    setPending(true)
    const result = await call('teams.admit_institution', { team, institution: chosen, mode })
    setPending(false)
    if (!result.ok) return setProblem(result.problem.message)
    tell(texts.admitted(all.find((one) => one.id === chosen)?.short_name ?? ''))
    onClose()
  }
  const others = all.filter((one) => !known.includes(one.id)).sort(byName)
  return (
    <Dialog title={texts.admitTitle} onClose={onClose}>
      {problem ? <Banner tone="danger">{problem}</Banner> : null}
      <Form onSubmit={admit}>
        <ComboBox<InstitutionId>
          label={texts.admitWhich}
          options={others.map((one) => ({ value: one.id, label: one.name, hint: one.town }))}
          value={chosen}
          onChange={setChosen}
        />
        <RadioGroup<MembershipMode>
          label={texts.admitMode}
          value={mode}
          onChange={setMode}
          options={(['active', 'supporting', 'guest'] as const).map((one) => ({
            value: one,
            label: membershipWord[one],
          }))}
        />
        <div className="form-actions">
          <Submit isPending={isPending} isDisabled={!chosen}>
            {texts.admit}
          </Submit>
          <Button onPress={onClose}>{texts.cancel}</Button>
        </div>
      </Form>
    </Dialog>
  )
}
