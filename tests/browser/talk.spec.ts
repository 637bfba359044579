import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './harness/look'
import { Stage } from './harness/stage'
import { field, message, openTopic, send } from './harness/talk'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin({ hubs: 2 })
})
afterAll(() => stage?.end())

test('two people of two institutions talk side by side, on two hubs', async () => {
  const hanna = await stage.person('hanna.bak', 'desk', 0)
  const nina = await stage.person('nina.gajda', 'desk', 1)
  await openTopic(hanna, 'Na co dzień', 'Pytania i prośby')
  await openTopic(nina, 'Na co dzień', 'Pytania i prośby')

  await send(hanna, 'Czy ktoś jedzie w czwartek do Lipnik?')
  await message(nina, 'Czy ktoś jedzie w czwartek do Lipnik?').waitFor()
  const seesTyping = hanna.getByText('Nina Gajda: pisze…').waitFor() // looks from now on, so that no moment is missed
  await field(nina).pressSequentially('Jadę o 8:15')
  await seesTyping
  await send(nina, 'Jadę o 8:15 spod urzędu.')
  await message(hanna, 'Jadę o 8:15 spod urzędu.').waitFor()

  expect(await message(hanna, 'Jadę o 8:15').count()).toBe(1)
  expect(await field(hanna).inputValue()).toBe('')
  await expectAccessible(hanna)
})

test('a lost connection keeps what is being typed, and sends what was sent meanwhile, once', async () => {
  const hanna = await stage.person('hanna.bak', 'desk', 0)
  const nina = await stage.person('nina.gajda', 'desk', 1)
  await openTopic(hanna, 'Na co dzień', 'Przy kawie')
  await openTopic(nina, 'Na co dzień', 'Przy kawie')

  await stage.stopHub(0, 'SIGKILL')
  await send(nina, 'Ktoś widział klucze od sali?')
  await send(hanna, 'Wysłane bez połączenia.')
  await field(hanna).fill('Piszę dalej, choć')
  await hanna.getByText('wyślę po powrocie połączenia').first().waitFor()
  await stage.startHub(0)

  await message(nina, 'Wysłane bez połączenia.').waitFor()
  await message(hanna, 'Ktoś widział klucze od sali?').waitFor()
  await hanna.getByText('wyślę po powrocie połączenia').first().waitFor({ state: 'detached' })
  expect(await field(hanna).inputValue()).toBe('Piszę dalej, choć')
  expect(await message(nina, 'Wysłane bez połączenia.').count()).toBe(1)
  await hanna.reload()
  await field(hanna).waitFor()
  expect(await field(hanna).inputValue()).toBe('Piszę dalej, choć')
})

test('a reload while the hub is away loses no message', async () => {
  const hanna = await stage.person('hanna.bak', 'desk', 0)
  const nina = await stage.person('nina.gajda', 'desk', 1)
  await openTopic(hanna, 'Na co dzień', 'Szkolenia')
  await openTopic(nina, 'Na co dzień', 'Szkolenia')
  await hanna.evaluate(() => navigator.serviceWorker.ready)

  await stage.stopHub(0, 'SIGKILL')
  await send(hanna, 'Napisane, zanim strona znikła.')
  await hanna.getByText('wyślę po powrocie połączenia').first().waitFor()
  await hanna.reload()
  await stage.startHub(0)

  await message(nina, 'Napisane, zanim strona znikła.').waitFor()
  await message(hanna, 'Napisane, zanim strona znikła.').waitFor()
  expect(await message(nina, 'Napisane, zanim strona znikła.').count()).toBe(1)
})

test('nothing was thrown, and nothing refused by the policy', () => {
  expect(stage.complained).toEqual([])
})
