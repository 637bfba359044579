import { useState } from 'react'
import { useExplanation } from '../access/readers'
import { texts as access } from '../access/texts.pl'
import { type Audience, type ChannelId, type Explanation, type InstitutionId, type PersonId, useLive } from '../live'
import { Banner, Button, Checkbox, CheckboxGroup, Dialog, RadioGroup, SearchField } from '../ui'
import { Lock } from '../ui/icons'
import { byName, matches } from '../ui/words'
import { texts } from './texts.pl'

type Choice = 'all' | 'own' | 'institutions' | 'people'

type Props = {
  channel: ChannelId
  /** Everybody whom it may reach: the channel's readers, or those of the message that is answered. */
  widest: Explanation
  isReply: boolean
  base: Audience | undefined
  audience: Audience | undefined
  own: InstitutionId | undefined
  onChoose: (audience: Audience | undefined) => void
  onClose: () => void
}

/** The author and their institution always belong to it; the list says so from the beginning. */
function withOwn<Id>(chosen: readonly Id[], own: Id | undefined): readonly Id[] {
  return chosen.length === 0 || own === undefined ? chosen : [...chosen, own]
}

function choiceOf(audience: Audience | undefined, own: InstitutionId | undefined): Choice {
  if (!audience) return 'all'
  if (audience.persons.length > 0) return 'people'
  return audience.institutions.length === 1 && audience.institutions[0] === own ? 'own' : 'institutions'
}

/** Chooses who reads one message: fewer than could, never more. */
export function NarrowDialog({ channel, widest, isReply, base, audience, own, onChoose, onClose }: Props) {
  const people = useLive((state) => state.people)
  const institutions = useLive((state) => state.institutions)
  const me = useLive((state) => state.me?.person.id)
  const [choice, setChoice] = useState<Choice>(choiceOf(audience, own))
  const [chosenInstitutions, setInstitutions] = useState<readonly InstitutionId[]>(
    (audience?.institutions ?? []).filter((one) => one !== own),
  )
  const [chosenPeople, setPeople] = useState<readonly PersonId[]>((audience?.persons ?? []).filter((one) => one !== me))
  const [query, setQuery] = useState('')
  const [isMissing, setMissing] = useState(false)

  const known = [...new Set(widest.readers.map((reader) => reader.institution))]
    .filter((id) => id !== own)
    .map((id) => ({ id, name: institutions.get(id)?.short_name ?? '' }))
    .sort(byName)
  const readers = widest.readers
    .map((reader) => ({
      id: reader.person,
      name: people.get(reader.person)?.name ?? '',
      where: institutions.get(reader.institution)?.short_name ?? '',
    }))
    .filter((reader) => reader.id !== me)
    .sort(byName)

  const made: Audience | undefined =
    choice === 'all'
      ? undefined
      : choice === 'own'
        ? { institutions: own ? [own] : [], persons: [] }
        : choice === 'institutions'
          ? { institutions: withOwn(chosenInstitutions, own), persons: [] }
          : { institutions: [], persons: withOwn(chosenPeople, me) }
  const isEmpty = made !== undefined && made.institutions.length + made.persons.length === 0
  const preview = useExplanation(isEmpty ? null : { channel, audience: made ?? base })
  const use = () => {
    if (isEmpty) return setMissing(true)
    onChoose(made)
    onClose()
  }
  const ownName = own ? (institutions.get(own)?.short_name ?? '') : ''
  return (
    <Dialog
      title={texts.narrowTitle}
      onClose={onClose}
      actions={
        <>
          <p className="narrow-sum" role="status">
            {isEmpty ? null : preview.explanation ? (
              <>
                {access.seeLabel}{' '}
                <strong>{access.see(preview.explanation.readers.length, preview.explanation.institutions)}</strong>
              </>
            ) : (
              access.counting
            )}
          </p>
          <Button onPress={onClose}>{texts.cancel}</Button>
          <Button kind="primary" icon={choice === 'all' ? undefined : <Lock />} onPress={use}>
            {texts.use}
          </Button>
        </>
      }
    >
      <p className="muted">{texts.narrowLead}</p>
      <RadioGroup<Choice>
        label={texts.narrowHow}
        hideLabel
        value={choice}
        onChange={(next) => {
          setChoice(next)
          setMissing(false)
        }}
        options={[
          { value: 'all', label: isReply ? texts.narrowReply : texts.narrowAll },
          ...(own ? [{ value: 'own' as const, label: texts.narrowOwn(ownName) }] : []),
          { value: 'institutions', label: texts.narrowInstitutions },
          { value: 'people', label: texts.narrowPeople },
        ]}
      />
      {choice === 'institutions' ? (
        <div className="narrow-list">
          <CheckboxGroup
            label={texts.institutions}
            hint={texts.ownAlways}
            error={isMissing ? texts.chooseOne : undefined}
            value={[...chosenInstitutions]}
            onChange={(ids) => setInstitutions(ids as InstitutionId[])}
          >
            {known.map((institution) => (
              <Checkbox key={institution.id} value={institution.id}>
                {institution.name}
              </Checkbox>
            ))}
          </CheckboxGroup>
        </div>
      ) : null}
      {choice === 'people' ? (
        <div className="narrow-list">
          <SearchField label={texts.find} value={query} onChange={setQuery} placeholder={texts.find} />
          <CheckboxGroup
            label={texts.people}
            hint={texts.youAlways}
            error={isMissing ? texts.chooseOne : undefined}
            value={[...chosenPeople]}
            onChange={(ids) => setPeople(ids as PersonId[])}
          >
            {readers
              .filter(
                (reader) =>
                  !query || chosenPeople.includes(reader.id) || matches(`${reader.name} ${reader.where}`, query),
              )
              .map((reader) => (
                <Checkbox key={reader.id} value={reader.id} hint={reader.where}>
                  {reader.name}
                </Checkbox>
              ))}
          </CheckboxGroup>
        </div>
      ) : null}
      {preview.status === 'failed' ? <Banner tone="danger">{preview.problem.message}</Banner> : null}
    </Dialog>
  )
}
