import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture } from '../harness/look'
import { Stage } from '../harness/stage'
import { composer, message, openChannel, openTopic, write } from '../steps'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin()
})
afterAll(() => stage?.end())

test('a hub that goes away in the middle of a sentence takes nothing of it', async () => {
  const hanna = await stage.person('hanna.bak')
  const nina = await stage.person('nina.gajda')
  for (const page of [hanna, nina]) {
    await openChannel(page, 'Na co dzień')
    await openTopic(page, 'Pytania i prośby')
  }
  const text = composer(hanna).getByRole('textbox')
  await text.fill('Zapisuję się na')
  await stage.stopHub(0, 'SIGKILL')
  await hanna.getByText('Łączę ponownie…').waitFor()
  await text.press('End')
  await text.pressSequentially(' warsztat.')
  await composer(hanna).getByText('Piszesz dalej. Wyślę po powrocie połączenia.').waitFor()
  await picture(hanna, 'channel-reconnecting')
  await composer(hanna).getByRole('button', { name: 'Wyślij' }).click()
  await message(hanna, 'Zapisuję się na warsztat.').getByText('wyślę po powrocie połączenia').waitFor()
  await text.fill('Niedokończone')

  await stage.startHub()
  await message(nina, 'Zapisuję się na warsztat.').waitFor()
  await message(hanna, 'Zapisuję się na warsztat.').getByText('GOPS Zaborze').waitFor()
  expect(await message(hanna, 'Zapisuję się na warsztat.').count()).toBe(1)
  expect(await text.inputValue()).toBe('Niedokończone')

  await hanna.reload()
  expect(await composer(hanna).getByRole('textbox').inputValue()).toBe('Niedokończone')
})

test('A43_a_draft_comes_back_for_the_people_it_was_begun_for_not_for_everybody', async () => {
  const ewa = await stage.person('ewa.zawadzka')
  await openChannel(ewa, 'Na co dzień')
  await openTopic(ewa, 'Szkolenia')
  await composer(ewa).getByRole('button', { name: 'Zawęź grono' }).click()
  await ewa.getByRole('radio', { name: 'Tylko moja instytucja: PCPR' }).check({ force: true })
  await ewa.getByRole('button', { name: 'Użyj tego grona' }).click()
  await composer(ewa).getByText('tylko: PCPR').waitFor()
  await composer(ewa).getByRole('textbox').fill('Tylko między nami')
  await openTopic(ewa, 'Wspólne dojazdy')
  await composer(ewa)
    .getByRole('button', { name: /35\sosób/ })
    .waitFor()
  await openTopic(ewa, 'Szkolenia')
  await composer(ewa).getByText('tylko: PCPR').waitFor()
  await ewa.reload()
  await composer(ewa).getByText('tylko: PCPR').waitFor()
  await write(ewa, 'Tylko między nami, gotowe.')
  await message(ewa, 'Tylko między nami, gotowe.').getByText('tylko: PCPR').waitFor()
  expect(stage.complained).toEqual([])
})
