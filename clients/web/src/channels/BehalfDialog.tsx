import { useState } from 'react'
import type { PersonId, Way } from '../live'
import { Button, ComboBox, Dialog, RadioGroup } from '../ui'
import type { Intent } from './intent'
import { texts } from './texts.pl'

type Props = {
  people: readonly { id: PersonId; name: string; post: string }[]
  onChoose: (behalf: Intent['behalf']) => void
  onClose: () => void
}

/** Whose answer is being typed in, and how it came (E-02). */
export function BehalfDialog({ people, onChoose, onClose }: Props) {
  const [person, setPerson] = useState<PersonId | null>(null)
  const [way, setWay] = useState<Way>('telephone')
  const [isMissing, setMissing] = useState(false)
  const use = () => {
    if (!person) return setMissing(true)
    onChoose({ person, way })
    onClose()
  }
  return (
    <Dialog
      title={texts.behalfTitle}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{texts.cancel}</Button>
          <Button kind="primary" onPress={use}>
            {texts.behalf}
          </Button>
        </>
      }
    >
      <p className="muted">{texts.behalfLead}</p>
      <ComboBox<PersonId>
        label={texts.behalfPerson}
        options={people.map((one) => ({ value: one.id, label: one.name, hint: one.post }))}
        value={person}
        onChange={setPerson}
        error={isMissing && !person ? texts.behalfMissing : undefined}
      />
      <RadioGroup<Way>
        label={texts.behalfWay}
        value={way}
        onChange={setWay}
        options={[
          { value: 'telephone', label: texts.way.telephone },
          { value: 'paper', label: texts.way.paper },
          { value: 'in_person', label: texts.way.in_person },
        ]}
      />
    </Dialog>
  )
}
