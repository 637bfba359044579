import { type FormEvent, useEffect, useState } from 'react'
import {
  call,
  type InstitutionId,
  type Membership,
  type Person,
  type PersonId,
  type Role,
  type TeamId,
  useLive,
} from '../live'
import { Banner, Button, ComboBox, Dialog, Form, Select, Submit, Switch, TextField, tell } from '../ui'
import { byName } from '../ui/words'
import { texts } from './texts.pl'
import { roleWord } from './words.pl'

const roles = Object.keys(roleWord) as Role[]
const inside = 'inside'

/** "31.12.2026" as the end of that day in Poland; undefined when it is no date. */
export function endOfDay(words: string): string | undefined {
  const found = /^(\d{1,2})[.\s/-](\d{1,2})[.\s/-](\d{4})$/.exec(words.trim())
  if (!found) return undefined
  const [, day, month, year] = found.map(Number) as [number, number, number, number]
  const date = new Date(Date.UTC(year, month - 1, day, 22, 59, 59))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString() : undefined
}

/** The head lets a person act for the institution, in a team or inside (T-10). */
export function GiveMandateDialog({
  institution,
  memberships,
  onClose,
}: {
  institution: InstitutionId
  memberships: readonly Membership[]
  onClose: () => void
}) {
  const teams = useLive((state) => state.teams)
  const [people, setPeople] = useState<readonly Person[]>([])
  const [person, setPerson] = useState<PersonId | null>(null)
  const [team, setTeam] = useState<string>(memberships[0]?.team ?? inside)
  const [role, setRole] = useState<Role>('member')
  const [act, setAct] = useState('')
  const [until, setUntil] = useState('')
  const [isDecision, setDecision] = useState(false)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  useEffect(() => {
    call('teams.list_people', { institution }).then((result) => {
      if (result.ok) setPeople([...result.value.people].sort(byName))
      else setProblem(result.problem.message)
    })
  }, [institution])
  const give = async (event: FormEvent) => {
    event.preventDefault()
    const end = endOfDay(until)
    const missing: Record<string, string> = {}
    if (!person) missing.person = texts.choosePerson
    if (!act.trim()) missing.act = texts.actMissing
    if (until.trim() && !end) missing.until = texts.badDate
    setErrors(missing)
    if (!person || Object.keys(missing).length > 0) return
    setPending(true)
    const result = await call('teams.give_mandate', {
      person,
      institution,
      team: team === inside ? undefined : (team as TeamId),
      role,
      decision_maker: isDecision,
      act: act.trim(),
      until: end,
    })
    setPending(false)
    if (!result.ok) return setProblem(result.problem.message)
    tell(texts.given(people.find((one) => one.id === person)?.name ?? ''))
    onClose()
  }
  return (
    <Dialog title={texts.giveMandateTitle} onClose={onClose}>
      {problem ? <Banner tone="danger">{problem}</Banner> : null}
      <Form onSubmit={give}>
        <ComboBox<PersonId>
          label={texts.giveMandateTo}
          options={people.map((one) => ({ value: one.id, label: one.name, hint: one.post }))}
          value={person}
          onChange={setPerson}
          error={errors.person}
        />
        <Select<string>
          label={texts.giveMandateTeam}
          options={[
            ...memberships.map((membership) => ({
              value: membership.team as string,
              label: teams.get(membership.team)?.name ?? '',
            })),
            { value: inside, label: texts.insideOnly },
          ]}
          value={team}
          onChange={setTeam}
        />
        <Select<Role>
          label={texts.giveMandateRole}
          options={roles.map((one) => ({ value: one, label: roleWord[one] }))}
          value={role}
          onChange={setRole}
        />
        <TextField
          label={texts.giveMandateAct}
          hint={texts.giveMandateActHint}
          value={act}
          onChange={setAct}
          error={errors.act}
        />
        <TextField
          label={texts.giveMandateUntil}
          hint={texts.giveMandateUntilHint}
          value={until}
          onChange={setUntil}
          error={errors.until}
        />
        <Switch isSelected={isDecision} onChange={setDecision}>
          {texts.giveMandateDecision}
        </Switch>
        <div className="form-actions">
          <Submit isPending={isPending}>{texts.giveMandate}</Submit>
          <Button onPress={onClose}>{texts.cancel}</Button>
        </div>
      </Form>
    </Dialog>
  )
}
