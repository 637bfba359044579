import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, picture } from '../harness/look'
import { Stage } from '../harness/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin()
})
afterAll(() => stage?.end())

test('E08_what_is_blocked_is_named_with_what_to_do', async () => {
  const hanna = await stage.person('hanna.bak')
  await hanna.getByRole('link', { name: 'Ustawienia' }).click()
  await hanna.getByRole('link', { name: 'Sprawdź połączenie' }).click()
  const socket = hanna.getByRole('listitem').filter({ hasText: 'Stałe połączenie' })
  await socket.getByText('działa', { exact: true }).waitFor()

  await stage.stopHub()
  await hanna.getByText('Łączę ponownie…').waitFor()
  await hanna.getByRole('button', { name: 'Sprawdź jeszcze raz' }).click()
  await socket.getByText('nie działa').waitFor()
  await socket.getByText('Pokaż tę stronę osobie, która opiekuje się siecią').waitFor()
  await picture(hanna, 'connection-blocked')
  await expectAccessible(hanna)
  await stage.startHub()
  await hanna.getByText('Łączę ponownie…').waitFor({ state: 'detached' })
  await hanna.getByRole('button', { name: 'Sprawdź jeszcze raz' }).click()
  await socket.getByText('działa', { exact: true }).waitFor()
  expect(stage.complained).toEqual([])
})
