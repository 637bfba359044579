import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible, picture } from '../harness/look'
import { type Shape, Stage } from '../harness/stage'
import { openChannel } from '../steps'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin()
})
afterAll(() => stage?.end())

/** Pages by their address, and what says that all of it has come. */
const pages: readonly [name: string, address: string, ready: (page: Page) => Promise<void>][] = [
  ['week', '/', (page) => page.getByRole('heading', { level: 1, name: /^Tydzień/ }).waitFor()],
  ['channels', '/rozmowy', (page) => page.getByRole('heading', { level: 1, name: 'Rozmowy' }).waitFor()],
  ['teams', '/zespoly', (page) => page.getByRole('heading', { level: 1, name: 'Zespoły' }).waitFor()],
  ['people', '/osoby', (page) => page.getByRole('heading', { level: 1, name: 'Osoby' }).waitFor()],
  ['settings', '/ustawienia', (page) => page.getByText('to urządzenie').waitFor()],
  ['connection', '/ustawienia/polaczenie', (page) => page.getByText(/^działa \d+ ms$/).waitFor()],
  ['help', '/pomoc', (page) => page.getByRole('heading', { level: 1, name: 'Pomoc' }).waitFor()],
  ['not-found', '/nie-ma', (page) => page.getByRole('heading', { name: 'Nie ma takiej strony' }).waitFor()],
]

describe.each<Shape>(['desk', 'phone', 'contrast'])('on %s', (shape) => {
  test('the door and every page can be used by everybody', async () => {
    const door = await stage.visitor(shape)
    await door.getByRole('heading', { name: 'Wejdź jako…' }).waitFor()
    await picture(door, `${shape}-door`)
    await expectAccessible(door)

    const ewa = await stage.person('ewa.zawadzka', shape)
    for (const [name, address, ready] of pages) {
      await ewa.goto(address)
      await ready(ewa)
      await picture(ewa, `${shape}-${name}`)
      await expectAccessible(ewa)
      expect(await ewa.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), name).toBe(true)
    }
    expect(stage.complained).toEqual([])
  })

  test('a team can be used by everybody', async () => {
    const ewa = await stage.person('ewa.zawadzka', shape)
    await ewa.goto('/zespoly')
    await ewa.getByRole('main').getByRole('link', { name: /^PZK/ }).click()
    for (const tab of ['Instytucje', 'Osoby', 'Rozmowy', 'Kto co może']) {
      await ewa.getByRole('tab', { name: tab }).click()
      await ewa.getByRole('tabpanel', { name: tab }).locator('li, tbody').first().waitFor()
      await picture(ewa, `${shape}-team-${tab.replaceAll(' ', '-').toLowerCase()}`)
      await expectAccessible(ewa)
    }
    expect(stage.complained).toEqual([])
  })

  test('a conversation and its audience can be used by everybody', async () => {
    const ewa = await stage.person('ewa.zawadzka', shape)
    await openChannel(ewa, 'Na co dzień')
    await ewa.getByRole('button', { name: /35\sosób/ }).waitFor()
    await ewa.getByRole('article').last().waitFor()
    await picture(ewa, `${shape}-channel`)
    await expectAccessible(ewa)
    await ewa.getByRole('button', { name: /35\sosób/ }).click()
    await ewa.getByRole('dialog').getByText('Hanna Bąk').waitFor()
    await picture(ewa, `${shape}-channel-names`)
    await expectAccessible(ewa)
    await ewa.keyboard.press('Escape')
    await ewa.getByRole('button', { name: 'Zawęź grono' }).click()
    await ewa.getByRole('radio', { name: 'Wybrane osoby' }).check({ force: true })
    await ewa.getByRole('checkbox', { name: 'Hanna Bąk' }).waitFor()
    await picture(ewa, `${shape}-channel-narrow`)
    await expectAccessible(ewa)
    expect(stage.complained).toEqual([])
  })

  test('a sealed conversation can be used by everybody', async () => {
    const ewa = await stage.person('ewa.zawadzka', shape)
    await openChannel(ewa, 'Superwizja')
    await ewa.getByRole('button', { name: 'Otwórz rozmowę' }).waitFor()
    await picture(ewa, `${shape}-sealed`)
    await expectAccessible(ewa)
    await ewa.getByRole('button', { name: 'Otwórz rozmowę' }).click()
    await ewa.getByRole('article').last().waitFor()
    await picture(ewa, `${shape}-sealed-open`)
    expect(stage.complained).toEqual([])
  })
})
