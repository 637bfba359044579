import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './harness/look'
import { Stage } from './harness/stage'
import { field, message, openTopic, send } from './harness/talk'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin({ browser: 'firefox' })
})
afterAll(() => stage?.end())

test('in Firefox ESR two people go through the door and talk', async () => {
  const hanna = await stage.visitor()
  await hanna.getByRole('button', { name: 'Wejdź jako Hanna Bąk' }).click()
  await hanna.getByText('Dzień dobry, Hanna Bąk.').waitFor()
  const nina = await stage.person('nina.gajda')
  await openTopic(hanna, 'Na co dzień', 'Pytania i prośby')
  await openTopic(nina, 'Na co dzień', 'Pytania i prośby')

  await field(hanna).fill('Piszę z Firefoksa.')
  await field(hanna).press('Control+Enter')
  await message(nina, 'Piszę z Firefoksa.').waitFor()
  await send(nina, 'Czytam w Firefoksie.')
  await message(hanna, 'Czytam w Firefoksie.').waitFor()
  await expectAccessible(hanna)
})

test('in Firefox ESR a lost connection keeps what is being typed', async () => {
  const hanna = await stage.person('hanna.bak')
  await openTopic(hanna, 'Na co dzień', 'Przy kawie')
  await stage.stopHub(0, 'SIGKILL')
  await send(hanna, 'Wysłane bez połączenia.')
  await field(hanna).fill('Piszę dalej, choć')
  await stage.startHub()

  await message(hanna, 'Wysłane bez połączenia.').waitFor()
  await hanna.getByText('wyślę po powrocie połączenia').first().waitFor({ state: 'detached' })
  expect(await field(hanna).inputValue()).toBe('Piszę dalej, choć')
})

test('in Firefox ESR nothing was thrown, and nothing refused by the policy', () => {
  expect(stage.complained).toEqual([])
})
