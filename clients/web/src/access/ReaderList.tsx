import { useEffect } from 'react'
import { type Explanation, useLive } from '../live'
import { markSeen } from '../shell/tourSteps'
import { byName } from '../ui/words'
import { texts } from './texts.pl'
import './access.css'

/** The names behind a number, by institution. */
export function ReaderList({ explanation }: { explanation: Explanation }) {
  useEffect(() => markSeen('audience'), [])
  const people = useLive((state) => state.people)
  const institutions = useLive((state) => state.institutions)
  const me = useLive((state) => state.me?.person.id)
  const groups = new Map<string, { id: string; name: string }[]>()
  for (const reader of explanation.readers) {
    const group = groups.get(reader.institution) ?? []
    group.push({ id: reader.person, name: people.get(reader.person)?.name ?? '' })
    groups.set(reader.institution, group)
  }
  const named = [...groups].map(([id, readers]) => ({
    id,
    name: [...institutions.values()].find((institution) => institution.id === id)?.short_name ?? '',
    readers: readers.sort(byName),
  }))
  return (
    <ul className="reader-groups">
      {named.sort(byName).map((group) => (
        <li key={group.id}>
          <h3>{group.name}</h3>
          <p>
            {group.readers
              .map((reader) => (reader.id === me ? `${reader.name} (${texts.you})` : reader.name))
              .join(', ')}
          </p>
        </li>
      ))}
    </ul>
  )
}
