import { expect, test } from 'vitest'
import { RequestIds } from './requestId'

test('ids are UUIDv7 by the clock of the hub, and rise', () => {
  const ids = new RequestIds()
  ids.setClock('2026-11-24T12:00:00+00:00', Date.parse('2026-11-20T09:00:00Z'))
  const first = ids.next(Date.parse('2026-11-20T09:00:01Z'))
  const second = ids.next(Date.parse('2026-11-20T08:00:00Z')) // this machine's clock was set back

  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(first.replace('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-11-24T12:00:01Z'))
  expect(second.slice(0, 13)).toBe(first.slice(0, 13))
})
