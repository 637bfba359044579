import { useMemo } from 'react'
import { useExplanation } from '../access/readers'
import { type MessageId, useLive } from '../live'
import type { Named } from './mention'

/** Who reads a message, with names: only they can be mentioned in it. */
export function useNamedReaders(message: MessageId | null): readonly Named[] {
  const answer = useExplanation(message ? { message } : null)
  const people = useLive((state) => state.people)
  const readers = answer.explanation?.readers
  return useMemo(
    () =>
      (readers ?? []).map((reader) => ({ id: reader.person, name: people.get(reader.person)?.name ?? '', where: '' })),
    [readers, people],
  )
}
