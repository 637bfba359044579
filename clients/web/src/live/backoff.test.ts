import { expect, test } from 'vitest'
import { Backoff } from './backoff'

test('pauses double up to fifteen seconds, drawn between half and whole, and begin anew', () => {
  const longest = new Backoff(() => 1)
  expect([1, 2, 3, 4, 5, 6, 7].map(() => longest.next())).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
  longest.reset()
  expect(longest.next()).toBe(500)
  expect(new Backoff(() => 0).next()).toBe(250)
})
