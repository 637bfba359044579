import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SlowLine } from './harness/slowLine'
import { Stage } from './harness/stage'
import { field, message, openTopic, send } from './harness/talk'

let stage: Stage
let line: SlowLine
beforeAll(async () => {
  stage = await Stage.begin()
  line = await stage.line({ delayMs: 400, bytesPerSecond: 60_000 })
})
afterAll(async () => {
  await line?.end()
  await stage?.end()
})

test('over a slow line one reads and writes, and is told what is on its way', async () => {
  const hanna = await stage.person('hanna.bak', 'desk', line.address)
  const nina = await stage.person('nina.gajda')
  await openTopic(hanna, 'Na co dzień', 'Pytania i prośby')
  await openTopic(nina, 'Na co dzień', 'Pytania i prośby')

  const isToldOfIt = hanna.getByText('wysyłam…').waitFor() // looks from now on, so that no moment is missed
  await send(hanna, 'Piszę z końca powiatu.')
  await isToldOfIt
  await message(nina, 'Piszę z końca powiatu.').waitFor()
  await hanna.getByText('wysyłam…').waitFor({ state: 'detached' })
  expect(await message(hanna, 'Piszę z końca powiatu.').count()).toBe(1)
})

test('a line that falls silent without a word is noticed, and nothing sent into it is lost', async () => {
  const hanna = await stage.person('hanna.bak', 'desk', line.address)
  const nina = await stage.person('nina.gajda')
  await openTopic(hanna, 'Na co dzień', 'Przy kawie')
  await openTopic(nina, 'Na co dzień', 'Przy kawie')

  line.freeze()
  await send(hanna, 'Wysłane w ciszę.')
  await field(hanna).fill('I dalej.')
  await hanna.getByText('wyślę po powrocie połączenia').first().waitFor()
  line.mend()

  await message(nina, 'Wysłane w ciszę.').waitFor()
  await hanna.getByText('wyślę po powrocie połączenia').first().waitFor({ state: 'detached' })
  expect(await message(nina, 'Wysłane w ciszę.').count()).toBe(1)
  expect(await message(hanna, 'Wysłane w ciszę.').count()).toBe(1)
  expect(await field(hanna).inputValue()).toBe('I dalej.')
})
