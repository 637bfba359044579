import { expect, test } from 'vitest'
import type { Message } from '../live/protocol.gen'
import {
  appended,
  emptyWindow,
  mostMessages,
  nextChunk,
  pageSize,
  replaced,
  snapshotWindow,
  type Window,
  withNewer,
  withNewest,
  withOlder,
} from './window'

const message = (number: number, revision = 1) =>
  ({ id: `m${number}`, cursor: `c${number}`, text: `${number}.${revision}`, revision }) as unknown as Message
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => message(from + i))
const numbers = (window: Window) => window.messages.map(({ cursor }) => Number(cursor.slice(1)))

/** As the hub pages: what comes before a cursor, or the newest. */
function page(log: readonly Message[], limit: number, before?: string) {
  const end = before ? log.findIndex(({ cursor }) => cursor === before) : log.length
  return log.slice(Math.max(0, end - limit), end)
}

function scrolledUp(log: readonly Message[]) {
  let window = snapshotWindow(page(log, pageSize), true)
  while (window.hasOlder) {
    const older = page(log, pageSize, window.messages[0]?.cursor)
    window = withOlder(window, older, older[0] !== log[0])
  }
  return window
}

function scrolledDown(from: Window, log: readonly Message[]) {
  let window = from
  for (let chunk = nextChunk(window); chunk; chunk = nextChunk(window))
    window = withNewer(window, page(log, chunk.count, chunk.before))
  return window
}

test('a window never grows beyond its bound, and there is no hole in it', () => {
  const log = range(0, 10_000)
  const top = scrolledUp(log)
  expect(top.messages).toHaveLength(mostMessages)
  expect(numbers(top)).toEqual(numbers(snapshotWindow(log.slice(0, mostMessages), false)))

  const bottom = scrolledDown(top, log)
  expect(bottom.messages.length).toBeLessThanOrEqual(mostMessages)
  expect(bottom.messages.at(-1)).toEqual(log.at(-1))
  expect(numbers(bottom)).toEqual(numbers(snapshotWindow(log.slice(-bottom.messages.length), false)))
  expect(bottom.hasOlder).toBe(true)
})

test('what comes while one reads far above is found on the way down', () => {
  const log = range(0, 1_000)
  let window = scrolledUp(log)
  for (const one of range(1_000, 1_130)) {
    log.push(one)
    window = appended(window, one)
  }
  expect(window.messages[0]).toEqual(log[0])
  const bottom = scrolledDown(window, log)
  expect(bottom.messages.at(-1)).toEqual(log.at(-1))
  expect(numbers(bottom)).toEqual(numbers(snapshotWindow(log.slice(-bottom.messages.length), false)))
})

test('at the newest end a message is added, once, and the oldest leave', () => {
  let window = snapshotWindow(range(0, mostMessages), false)
  window = appended(appended(window, message(mostMessages)), message(mostMessages))
  expect(window.messages.at(-1)).toEqual(message(mostMessages))
  expect(window.messages).toHaveLength(mostMessages + 1 - pageSize)
  expect(window.hasOlder).toBe(true)
})

test('an older wording never replaces a newer one', () => {
  const window = replaced(snapshotWindow([message(1, 3)], false), message(1, 2))
  expect(window.messages).toEqual([message(1, 3)])
  expect(replaced(window, message(1, 4)).messages).toEqual([message(1, 4)])
  expect(replaced(window, message(2))).toBe(window)
})

test('what was told while the newest page was on its way is kept', () => {
  const window = appended(appended(emptyWindow, message(3)), message(4))
  expect(numbers(withNewest(window, range(0, 4), false))).toEqual([0, 1, 2, 3, 4])
})
