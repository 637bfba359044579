import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, picture } from '../harness/look'
import { Stage } from '../harness/stage'
import { composer, message, openChannel, openTopic } from '../steps'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin()
})
afterAll(() => stage?.end())

test('T09_a_mandate_that_ends_while_one_reads_takes_the_conversation_off_the_screen', async () => {
  const hanna = await stage.person('hanna.bak')
  await openChannel(hanna, 'Na co dzień')
  await openTopic(hanna, 'Pytania i prośby')
  await composer(hanna).getByRole('textbox').fill('To jeszcze napiszę')
  const teresa = await stage.person('teresa.golab')
  await teresa.getByRole('link', { name: 'Zespoły' }).click()
  await teresa
    .getByRole('main')
    .getByRole('link', { name: /Ośrodek Pomocy Społecznej w Zaborzu/ })
    .click()
  await teresa.getByRole('heading', { name: 'Osoby' }).waitFor()
  await picture(teresa, 'institution-head')
  await expectAccessible(teresa)

  const row = teresa.getByRole('row', { name: /Hanna Bąk.*PZK/ })
  await row.getByRole('button', { name: 'Zakończ upoważnienie: Hanna Bąk' }).click()
  await teresa.getByText('w ciągu 5 sekund przestanie widzieć').waitFor()
  await picture(teresa, 'institution-end-mandate')
  await teresa.getByRole('alertdialog').getByRole('button', { name: 'Zakończ' }).click()

  await hanna.getByRole('heading', { name: 'Nie ma tu takiej rozmowy' }).waitFor()
  await picture(hanna, 'channel-gone')
  await expectAccessible(hanna)
  expect(await message(hanna, /./).count()).toBe(0)
  expect(
    await hanna
      .getByRole('navigation', { name: 'Menu' })
      .getByRole('link', { name: /^Na co dzień/ })
      .count(),
  ).toBe(0)
  const kept = await hanna.evaluate(() => JSON.stringify({ ...localStorage }))
  expect(kept).not.toContain('To jeszcze napiszę')
  expect(stage.complained).toEqual([])
})
