import type { Named } from './mention'
import { texts } from './texts.pl'

type Props = {
  id: string
  people: readonly Named[]
  active: number
  onChoose: (person: Named) => void
  onPoint: (at: number) => void
}

/** People to mention: only those who will read the message. The cursor stays in the text; arrows move here. */
export function MentionBox({ id, people, active, onChoose, onPoint }: Props) {
  return (
    <div id={id} role="listbox" aria-label={texts.mentionList} className="mention-box" tabIndex={-1}>
      {people.length === 0 ? <p className="menu-empty">{texts.mentionNobody}</p> : null}
      {people.map((person, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled in the text field that owns this list
        <div
          key={person.id}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          className={`mention-option${at === active ? ' is-active' : ''}`}
          onMouseDown={(event) => event.preventDefault()}
          onMouseEnter={() => onPoint(at)}
          onClick={() => onChoose(person)}
        >
          <span>{person.name}</span>
          <span className="meta">{person.where}</span>
        </div>
      ))}
    </div>
  )
}
