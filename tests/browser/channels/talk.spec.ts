import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, picture } from '../harness/look'
import { Stage } from '../harness/stage'
import { choose, composer, message, openChannel, openTopic, reply, write } from '../steps'

let stage: Stage
let hanna: Page
let nina: Page
let tomasz: Page

/** Three people of three institutions in one topic of one team. */
beforeAll(async () => {
  stage = await Stage.begin()
  const people = await Promise.all(['hanna.bak', 'nina.gajda', 'tomasz.borek'].map((login) => stage.person(login)))
  ;[hanna, nina, tomasz] = people as [Page, Page, Page]
  for (const page of people) {
    await openChannel(page, 'Na co dzień')
    await openTopic(page, 'Pytania i prośby')
  }
})
afterAll(() => stage?.end())

test('what one writes stands on the other screen, with name and institution', async () => {
  await write(hanna, '@Nina Gajda, czy ktoś jedzie w czwartek do Lipnik?')

  await message(nina, 'czy ktoś jedzie').getByText('GOPS Zaborze').waitFor()
  await message(nina, 'czy ktoś jedzie').getByText('do Ciebie').waitFor()
  await message(tomasz, 'czy ktoś jedzie').waitFor()
  await picture(nina, 'channel-mentioned')
})

test('somebody who writes is seen writing', async () => {
  await composer(nina).getByRole('textbox').pressSequentially('Jadę')
  await hanna.getByText('Nina Gajda: pisze…').waitFor()
})

test('A43_a_narrowed_reply_is_told_before_it_is_sent_and_the_third_does_not_see_it', async () => {
  await reply(nina, 'czy ktoś jedzie')
  await composer(nina).getByRole('button', { name: 'Zawęź grono' }).click()
  await nina.getByRole('radio', { name: 'Wybrane instytucje' }).check({ force: true })
  await nina.getByRole('checkbox', { name: 'GOPS Zaborze' }).check({ force: true })
  await nina
    .getByRole('dialog')
    .getByText(/6\sosób z\s2\sinstytucji/)
    .waitFor()
  await picture(nina, 'channel-narrow-dialog')
  await nina.getByRole('button', { name: 'Użyj tego grona' }).click()
  await composer(nina)
    .getByRole('button', { name: /6\sosób z\s2\sinstytucji/ })
    .waitFor()
  await picture(nina, 'channel-narrow')
  await write(nina, 'Jadę o 8:15 spod urzędu.')

  await message(hanna, 'Jadę o 8:15').getByText('tylko: GOPS Zaborze i PUP').waitFor()
  // What comes after it in the same stream has reached Tomasz, and it has not.
  await write(hanna, 'Dziękuję, to będę o 8:10.')
  await message(tomasz, 'to będę o 8:10').waitFor()
  expect(await message(tomasz, 'Jadę o 8:15').count()).toBe(0)
})

test('A43_an_answer_to_a_narrowed_message_goes_to_its_readers_without_being_asked', async () => {
  await reply(hanna, 'Jadę o 8:15')
  await composer(hanna)
    .getByRole('button', { name: /6\sosób z\s2\sinstytucji/ })
    .waitFor()
  await composer(hanna).getByRole('textbox').press('Escape')
  await composer(hanna)
    .getByRole('button', { name: /35\sosób z\s16\sinstytucji/ })
    .waitFor()
})

test('a corrected message shows both wordings, a removed one leaves a trace', async () => {
  await choose(hanna, 'to będę o 8:10', 'Popraw')
  await hanna.getByRole('textbox', { name: 'Nowa treść' }).fill('Dziękuję, to będę o 8:05.')
  await hanna.getByRole('button', { name: 'Zapisz' }).click()
  await message(tomasz, 'to będę o 8:05')
    .getByText(/^poprawiona/)
    .waitFor()
  await choose(tomasz, 'to będę o 8:05', 'Poprzednie wersje')
  await tomasz.getByRole('dialog').getByText('Dziękuję, to będę o 8:10.').waitFor()
  await picture(tomasz, 'channel-history')
  await tomasz.keyboard.press('Escape')

  await choose(hanna, 'to będę o 8:05', 'Usuń')
  await hanna.getByRole('alertdialog').getByRole('button', { name: 'Usuń' }).click()
  await message(tomasz, /^.*Wiadomość usunięta/)
    .last()
    .waitFor()
  expect(await message(tomasz, 'to będę o 8:05').count()).toBe(0)
})

test('A16_everybody_can_ask_why_they_see_it_and_who_else_does', async () => {
  await choose(hanna, 'Jadę o 8:15', 'Dlaczego to widzę?')
  await hanna.getByRole('dialog').getByText('Wiadomość jest skierowana także do Ciebie.').waitFor()
  await picture(hanna, 'why')
  await expectAccessible(hanna)
  await hanna.keyboard.press('Escape')
  await choose(hanna, 'Jadę o 8:15', 'Kto to widzi?')
  await hanna
    .getByRole('dialog')
    .getByText(/6\sosób z\s2\sinstytucji/)
    .waitFor()
  expect(await hanna.getByRole('dialog').getByText('Tomasz Borek').count()).toBe(0)
  await picture(hanna, 'who')
  await hanna.keyboard.press('Escape')
})

test('E02_an_answer_taken_down_by_telephone_says_whose_it_is_and_who_wrote_it_down', async () => {
  await composer(hanna).getByRole('button', { name: 'Więcej możliwości' }).click()
  await hanna.getByRole('menuitem', { name: 'Zapisz czyjąś odpowiedź' }).click()
  await hanna.getByRole('combobox', { name: 'Osoba z Twojej instytucji' }).fill('Teresa')
  await hanna.getByRole('option', { name: /Teresa Gołąb/ }).click()
  await hanna.getByRole('button', { name: 'Zapisz czyjąś odpowiedź' }).click()
  await write(hanna, 'Zgadzam się na wspólny wyjazd.')

  await message(nina, 'Zgadzam się na wspólny wyjazd').getByText('Teresa Gołąb').waitFor()
  await message(nina, 'Zgadzam się na wspólny wyjazd').getByText('telefonicznie, zapis: Hanna Bąk').waitFor()
})

test('nothing was complained of', () => {
  expect(stage.complained).toEqual([])
})
