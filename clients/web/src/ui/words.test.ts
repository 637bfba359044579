import { describe, expect, it } from 'vitest'
import { dayName, timeOf, weekName, when } from './dates'
import { counted, folded, matches, tied } from './words'

describe('words', () => {
  it('has four forms', () => {
    const people = (n: number) => counted(n, 'osoba', 'osoby', 'osób', 'osoby').replace('\u00a0', ' ')
    expect([1, 2, 5, 12, 22, 35, 1.5].map(people)).toEqual([
      '1 osoba',
      '2 osoby',
      '5 osób',
      '12 osób',
      '22 osoby',
      '35 osób',
      '1.5 osoby',
    ])
  })
  it('finds names without Polish marks', () => {
    expect(folded('Łęczna  Żółw')).toBe('leczna zolw')
    expect(matches('Beata Kalina, kuratorka', 'kal be')).toBe(true)
    expect(matches('Beata Kalina', 'ina')).toBe(false)
  })
  it('ties one-letter words', () => {
    expect(tied('w domu i z dala')).toBe('w\u00a0domu i\u00a0z\u00a0dala')
  })
})

describe('dates', () => {
  const now = new Date('2026-11-25T09:00:00Z')
  it('are those of Poland', () => {
    expect(timeOf('2026-11-25T08:05:00Z')).toBe('9:05')
    expect(dayName('2026-11-25T00:10:00Z', now)).toBe('dziś')
    expect(dayName('2026-11-24T22:50:00Z', now)).toBe('wczoraj')
    expect(dayName('2026-11-17T12:00:00Z', now)).toBe('wtorek, 17 listopada')
    expect(when('2026-11-24T08:00:00Z', now)).toBe('wczoraj, 9:00')
  })
  it('name a week', () => {
    expect(weekName(now)).toBe('23–29 listopada')
    expect(weekName(new Date('2026-12-01T09:00:00Z'))).toBe('30 listopada – 6 grudnia')
  })
})
