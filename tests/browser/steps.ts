import type { Locator, Page } from 'playwright-core'

/** What a person does, in their words. Each waits until it can be done, and none for a length of time. */

/** In the list at the left; on a telephone in the section "Rozmowy". */
export async function openChannel(page: Page, name: string) {
  if ((page.viewportSize()?.width ?? 0) < 700) {
    await page
      .getByRole('navigation', { name: 'Menu' })
      .getByRole('link', { name: /^Rozmowy/ })
      .click()
    await page
      .getByRole('main')
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .click()
  } else {
    await page
      .getByRole('navigation', { name: 'Menu' })
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .click()
  }
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

export async function openTopic(page: Page, name: string) {
  await page
    .getByRole('navigation', { name: 'Tematy' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click()
  await page.getByRole('navigation', { name: 'Tematy' }).locator('[aria-current=page]', { hasText: name }).waitFor()
}

export const composer = (page: Page): Locator => page.getByRole('region', { name: 'Nowa wiadomość' })

/** Into the composer, in the topic that is open. */
export async function write(page: Page, words: string) {
  await composer(page).getByRole('textbox').fill(words)
  await composer(page).getByRole('button', { name: 'Wyślij' }).click()
}

export const message = (page: Page, words: string | RegExp): Locator =>
  page.getByRole('article').filter({ hasText: words })

/** Opens the menu of a message, and takes one entry. */
export async function choose(page: Page, words: string | RegExp, entry: string) {
  await message(page, words).hover()
  await message(page, words).getByRole('button', { name: 'Co zrobić z tą wiadomością' }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

export async function reply(page: Page, words: string | RegExp) {
  await message(page, words).hover()
  await message(page, words).getByRole('button', { name: 'Odpowiedz' }).click()
}

/** The composer's strip, read as a sentence: who will read what is being written. */
export const audience = (page: Page): Locator =>
  composer(page)
    .getByText(/^Widzą:/)
    .locator('..')
