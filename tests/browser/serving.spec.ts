import { afterAll, beforeAll, expect, test } from 'vitest'
import { Stage } from './harness/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin()
})
afterAll(() => stage?.end())

test('any address gives the client, under a policy that lets nothing else in', async () => {
  const page = await stage.visitor()
  const answer = await page.goto('/kanaly/0195c2f4-0000-7000-8000-000000000000')
  const policy = (await answer?.headerValue('content-security-policy')) ?? ''

  expect(answer?.status()).toBe(200)
  expect(await answer?.headerValue('cache-control')).toBe('no-store')
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
  expect(policy).toContain("require-trusted-types-for 'script'")
  await page.locator('#root > :not(.plain-page)').first().waitFor({ state: 'attached' })
  expect(stage.complained).toEqual([])
})

test('hashed files are compressed and kept for ever', async () => {
  const page = await stage.visitor()
  const script = page.waitForResponse(/assets\/index-.*\.js$/)
  await page.reload()
  const headers = await (await script).allHeaders()

  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect(headers['content-encoding']).toMatch(/^(br|gzip)$/)
})

test('the page opens from what the browser kept while the hub is away', async () => {
  const page = await stage.visitor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await stage.stopHub()
  await page.goto('/')
  await page.locator('#root > :not(.plain-page)').first().waitFor({ state: 'attached' })
  await stage.startHub()

  const names = await page.evaluate(async () => {
    const caches = globalThis.caches
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return all.flat().map((request) => new URL(request.url).pathname)
  })
  expect(names.filter((name) => name !== '/index.html' && !name.startsWith('/assets/'))).toEqual([])
})
