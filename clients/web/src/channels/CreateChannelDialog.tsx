import { type FormEvent, useState } from 'react'
import { type ChannelId, call, type Lane, type PersonId, useLive } from '../live'
import {
  Banner,
  Button,
  Checkbox,
  CheckboxGroup,
  Dialog,
  Form,
  RadioGroup,
  Select,
  Submit,
  Switch,
  TextField,
  tell,
} from '../ui'
import { byName } from '../ui/words'
import type { CreatePlace } from './createPlaces'
import { texts } from './texts.pl'

type TeamLane = Exclude<Lane, 'institution'>
const lanes: readonly TeamLane[] = ['all', 'announcements', 'heads', 'animators', 'listed']

/** A new conversation: where, for whom, what for. */
export function CreateChannelDialog({
  places,
  onClose,
  onMade,
}: {
  places: readonly CreatePlace[]
  onClose: () => void
  onMade: (channel: ChannelId) => void
}) {
  const [placeId, setPlaceId] = useState<string>(places[0]?.id ?? '')
  const [name, setName] = useState('')
  const [purpose, setPurpose] = useState('')
  const [lane, setLane] = useState<TeamLane>('all')
  const [isSealed, setSealed] = useState(false)
  const [listed, setListed] = useState<readonly string[]>([])
  const [error, setError] = useState<string | undefined>()
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const place = places.find((one) => one.id === placeId)
  const people = useTeamPeople(place?.kind === 'team' ? place.id : undefined)

  const create = async (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return setError(texts.nameMissing)
    setPending(true)
    const result = await call('channels.create_channel', {
      team: place?.kind === 'team' ? place.id : undefined,
      institution: place?.kind === 'institution' ? place.id : undefined,
      name: name.trim(),
      purpose: purpose.trim(),
      lane: place?.kind === 'team' ? lane : 'institution',
      sealed: isSealed,
      listed: lane === 'listed' ? (listed as PersonId[]) : [],
    })
    setPending(false)
    if (!result.ok) return setProblem(result.problem.message)
    tell(texts.createdWords(name.trim()))
    onClose()
    const made = result.value.made[0]
    if (made) onMade(made as ChannelId)
  }
  return (
    <Dialog title={texts.createTitle} onClose={onClose} wide>
      {problem ? <Banner tone="danger">{problem}</Banner> : null}
      <Form onSubmit={create}>
        <Select
          label={texts.createWhere}
          options={places.map((one) => ({ value: one.id as string, label: one.name }))}
          value={placeId}
          onChange={setPlaceId}
        />
        <TextField
          label={texts.createName}
          hint={texts.createNameHint}
          value={name}
          onChange={setName}
          error={error}
          maxLength={100}
        />
        <TextField
          label={texts.createPurpose}
          hint={texts.createPurposeHint}
          value={purpose}
          onChange={setPurpose}
          maxLength={300}
        />
        {place?.kind === 'team' ? (
          <RadioGroup<TeamLane>
            label={texts.createLane}
            value={lane}
            onChange={setLane}
            options={lanes.map((one) => ({ value: one, label: texts.lane[one], hint: texts.laneHint[one] }))}
          />
        ) : null}
        {place?.kind === 'team' && lane === 'listed' ? (
          <div className="narrow-list">
            <CheckboxGroup label={texts.createListed} value={[...listed]} onChange={setListed}>
              {people.map((person) => (
                <Checkbox key={person.id} value={person.id} hint={person.post}>
                  {person.name}
                </Checkbox>
              ))}
            </CheckboxGroup>
          </div>
        ) : null}
        <Switch isSelected={isSealed} onChange={setSealed} hint={texts.createSealedHint}>
          {texts.createSealed}
        </Switch>
        <div className="form-actions">
          <Submit isPending={isPending}>{texts.createSubmit}</Submit>
          <Button onPress={onClose}>{texts.cancel}</Button>
        </div>
      </Form>
    </Dialog>
  )
}

function useTeamPeople(team: string | undefined) {
  const mandates = useLive((state) => state.mandates)
  const people = useLive((state) => state.people)
  const ids = new Set(
    [...mandates.values()].filter((mandate) => mandate.team === team).map((mandate) => mandate.person),
  )
  return [...ids].flatMap((id) => people.get(id) ?? []).sort(byName)
}
