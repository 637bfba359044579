import { describe, expect, it } from 'vitest'
import { found, mentionAt, mentioned } from './mention'

const people = [
  { id: '1', name: 'Ewa Zawadzka', where: 'PCPR' },
  { id: '2', name: 'Ewa Zawadzka-Lis', where: 'PUP' },
  { id: '3', name: 'Łucja Żak', where: 'Szkoła' },
]

describe('mentions', () => {
  it('are looked for right before the cursor', () => {
    expect(mentionAt('Cześć @luc', 10)).toEqual({ from: 6, query: 'luc' })
    expect(mentionAt('ewa@example', 11)).toBeNull()
    expect(mentionAt('@Ewa Zawadzka i', 15)).toBeNull()
    expect(mentionAt('@\n', 2)).toBeNull()
  })
  it('find people without Polish marks and by institution', () => {
    expect(found(people, 'zak').map((person) => person.id)).toEqual(['3'])
    expect(found(people, 'pup').map((person) => person.id)).toEqual(['2'])
  })
  it('are read from the text, the longest name first', () => {
    expect(mentioned('@Ewa Zawadzka-Lis, jutro?', people).map((person) => person.id)).toEqual(['2'])
    expect(mentioned('@Ewa Zawadzka i @Łucja Żak', people).map((person) => person.id)).toEqual(['1', '3'])
  })
})
