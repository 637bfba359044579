import { useMemo } from 'react'
import { type Audience, type Author, type InstitutionId, type PersonId, useLive } from '../live'
import { compareWords, listed } from '../ui/words'
import { texts } from './texts.pl'

/** Names for ids. One object for a whole list of messages, so that a row asks for nothing itself. */
export type Book = {
  me: PersonId | undefined
  person: (id: PersonId) => string
  institution: (id: InstitutionId) => string
  audience: (audience: Audience) => string
  entered: (author: Author) => string
}

export function useBook(): Book {
  const people = useLive((state) => state.people)
  const institutions = useLive((state) => state.institutions)
  const me = useLive((state) => state.me?.person.id)
  return useMemo(() => {
    const person = (id: PersonId) => people.get(id)?.name ?? ''
    const institution = (id: InstitutionId) => institutions.get(id)?.short_name ?? ''
    return {
      me,
      person,
      institution,
      audience: (audience) =>
        listed(
          (audience.persons.length > 0 ? audience.persons.map(person) : audience.institutions.map(institution))
            .filter(Boolean)
            .sort(compareWords),
        ),
      entered: (author) =>
        author.entered_by && author.way ? texts.enteredBy(texts.way[author.way], person(author.entered_by)) : '',
    }
  }, [people, institutions, me])
}

export function isNarrow(audience: Audience): boolean {
  return audience.institutions.length > 0 || audience.persons.length > 0
}
