import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture } from '../harness/look'
import { Stage } from '../harness/stage'
import { choose, composer, message, openChannel, openTopic, write } from '../steps'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin()
})
afterAll(() => stage?.end())

test('D38_D40_the_first_two_minutes_of_a_newcomer', async () => {
  const page = await stage.visitor()
  await page.getByRole('button', { name: 'Wejdź jako Ewa Zawadzka' }).click()
  await page.getByRole('heading', { level: 1, name: /^Tydzień/ }).waitFor()
  await page.getByText('Dane pokazowe.').waitFor()
  await page.getByRole('button', { name: 'Co tu zobaczyć' }).click()
  await page.getByRole('dialog').getByText('Trzy tygodnie rozmów zespołu').waitFor()
  await picture(page, 'tour')
  await page.keyboard.press('Escape')

  await openChannel(page, 'Na co dzień')
  await openTopic(page, 'Przy kawie')
  await composer(page)
    .getByRole('button', { name: /35\sosób z\s16\sinstytucji/ })
    .click()
  await page.getByRole('dialog').getByText('Tomasz Borek').waitFor()
  await page.keyboard.press('Escape')
  await choose(page, 'Herbata. I własna łyżeczka', 'Dlaczego to widzę?')
  await page.getByRole('dialog').getByText('Ta rola czyta ten kanał.').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Co tu zobaczyć' }).click()
  await page.getByRole('listitem').filter({ hasText: 'już widziane' }).nth(2).waitFor()
  await picture(page, 'tour-ticked')
  await page.keyboard.press('Escape')
})

test('D39_two_people_side_by_side_in_one_browser_do_not_share_a_session', async () => {
  const page = await stage.visitor()
  await page.getByRole('button', { name: 'Wejdź jako Hanna Bąk' }).waitFor()
  const beside = page.context().waitForEvent('page')
  await page.getByRole('link', { name: 'Otwórz w nowej karcie: Tomasz Borek' }).click()
  const tomasz = await beside
  await tomasz.getByRole('button', { name: /^Tomasz Borek/ }).waitFor()
  await page.getByRole('button', { name: 'Wejdź jako Hanna Bąk' }).click()
  await page.getByRole('button', { name: /^Hanna Bąk/ }).waitFor()
  await tomasz.reload()
  await tomasz.getByRole('button', { name: /^Tomasz Borek/ }).waitFor()
})

test('D41_the_demonstration_begins_anew_and_what_was_said_in_it_is_gone', async () => {
  const page = await stage.person('hanna.bak')
  await openChannel(page, 'Na co dzień')
  await openTopic(page, 'Przy kawie')
  await write(page, 'To zaraz zniknie.')
  await message(page, 'To zaraz zniknie.').getByText('GOPS Zaborze').waitFor()
  await page.getByRole('button', { name: 'Zacznij od nowa' }).click()
  await picture(page, 'start-anew')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Zacznij od nowa' }).click()
  await page.getByRole('button', { name: 'Wejdź jako Hanna Bąk' }).click()
  await openChannel(page, 'Na co dzień')
  await page.getByRole('article').last().waitFor()
  expect(await message(page, 'To zaraz zniknie.').count()).toBe(0)
  expect(stage.complained).toEqual([])
})
