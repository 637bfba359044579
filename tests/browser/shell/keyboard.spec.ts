import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stage } from '../harness/stage'
import { message } from '../steps'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin()
})
afterAll(() => stage?.end())

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').replace(/\s+/g, ' ')
  })

/** Presses a key until something with these words has the focus; a limit exists only to fail. */
async function pressUntil(page: Page, key: string, words: RegExp) {
  for (let i = 0; i < 80; ++i) {
    await page.keyboard.press(key)
    if (words.test(await focused(page))) return
  }
  throw new Error(`${key} never came to ${words}`)
}

test('a day without a mouse: enter, find, read, answer, ask why, leave', async () => {
  const page = await stage.visitor()
  await page.getByRole('heading', { name: 'Wejdź jako…' }).waitFor()
  await pressUntil(page, 'Tab', /^Wejdź jako Hanna Bąk$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: /^Tydzień/ }).waitFor()

  await pressUntil(page, 'Tab', /^Przejdź do treści$/)
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('tresc')

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.type('na co')
  await page.getByRole('option', { name: /^Na co dzień/, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Na co dzień' }).waitFor()
  await page.getByRole('article').last().waitFor()

  await pressUntil(page, 'Tab', /Świetlica przyjmie/)
  await page.keyboard.press('k')
  await page.keyboard.press('j')
  expect(await focused(page)).toMatch(/Świetlica przyjmie/)
  await pressUntil(page, 'Tab', /^Co zrobić z tą wiadomością$/)
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Dlaczego to widzę?' }).waitFor()
  await pressUntil(page, 'ArrowDown', /Dlaczego to widzę/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('Konto jest czynne.').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await message(page, 'Świetlica przyjmie').locator('xpath=..').focus()
  await page.keyboard.press('r')
  await page.getByRole('textbox', { name: 'Napisz odpowiedź' }).waitFor()
  await page.keyboard.type('Serduszka czekają, @ada')
  await page.getByRole('option', { name: /Adam Król/, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await message(page, 'Serduszka czekają, @Adam Król').getByText('GOPS Zaborze').waitFor()

  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Skróty klawiszowe' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await page.getByRole('heading', { level: 1, name: /^Tydzień/ }).waitFor()
  expect(stage.complained).toEqual([])
})
