import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Started } from '../../clients/web/src/live/protocol.gen'
import { Stage } from './harness/stage'
import { field, message, openTopic, send } from './harness/talk'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin()
})
afterAll(() => stage?.end())

test('A14_an_ended_mandate_empties_every_tab_and_what_was_typed', async () => {
  const hanna = await stage.person('hanna.bak')
  const other = await hanna.context().newPage()
  await other.goto('/')
  const teresa = await stage.person('teresa.golab')
  await openTopic(hanna, 'Na co dzień', 'Przy kawie')
  await openTopic(other, 'Na co dzień', 'Przy kawie')
  await field(hanna).fill('Nie zdążę wysłać.')

  const { mandates } = (await stage.call(hanna, 'session.start', {})) as Started
  for (const mandate of mandates.filter(({ team }) => team))
    await stage.call(teresa, 'teams.end_mandate', { mandate: mandate.id })

  for (const page of [hanna, other]) {
    await page.getByText('Nie ma tu takiej rozmowy').waitFor()
    expect(await page.getByRole('article').count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Na co dzień' }).count()).toBe(0)
  }
  const kept = await hanna.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  expect(kept).not.toContain('Nie zdążę wysłać.')
})

test('who leaves in one tab leaves in all of them, and takes drafts along', async () => {
  const nina = await stage.person('nina.gajda')
  const other = await nina.context().newPage()
  await other.goto('/')
  await openTopic(other, 'Na co dzień', 'Przy kawie')
  await field(other).fill('Szkic na wspólnym komputerze.')

  await nina.getByRole('button', { name: 'Wejdź jako ktoś inny' }).click()

  for (const page of [nina, other]) await page.getByRole('heading', { name: 'Wejdź jako…' }).waitFor()
  const kept = await other.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))
  expect(kept).not.toContain('Szkic na wspólnym komputerze.')
})

test('somebody else who signs in is whom every tab shows', async () => {
  const tomasz = await stage.person('tomasz.borek')
  const other = await tomasz.context().newPage()
  await other.goto('/')
  await openTopic(other, 'Na co dzień', 'Przy kawie')
  await send(other, 'To napisał jeszcze Tomasz.')
  await message(other, 'To napisał jeszcze Tomasz.').waitFor()

  await tomasz.getByRole('button', { name: 'Wejdź jako ktoś inny' }).click()
  await tomasz.getByRole('button', { name: 'Wejdź jako Ewa Zawadzka' }).click()

  for (const page of [tomasz, other])
    await page.getByRole('button', { name: 'Ewa Zawadzka: ustawienia i wyjście' }).waitFor()
})

test('nothing was thrown, and nothing refused by the policy', () => {
  expect(stage.complained).toEqual([])
})
