import type { Page } from 'playwright-core'

/** The parts of a conversation as a person finds them. */
export const composer = (page: Page) => page.getByRole('region', { name: 'Nowa wiadomość' })
export const field = (page: Page) => composer(page).getByRole('textbox')
export const message = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text })

export async function openTopic(page: Page, channel: string, topic: string) {
  await page.getByRole('link', { name: channel }).first().click()
  await page.getByRole('navigation', { name: 'Tematy' }).getByRole('link', { name: topic }).click()
  await field(page).waitFor()
}

export async function send(page: Page, text: string) {
  await field(page).fill(text)
  await composer(page).getByRole('button', { name: 'Wyślij' }).click()
}
