import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Started } from '../../clients/web/src/live/protocol.gen'
import { Stage } from './harness/stage'
import { field, message, openTopic } from './harness/talk'

/** What an old office feels: a CPU four times slower than this one, 5 Mbit/s and 60 ms to the hub. */
let stage: Stage
beforeAll(async () => {
  stage = await Stage.begin()
})
afterAll(() => stage?.end())

const median = (all: readonly number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
const say = (name: string, value: number, unit: string, allowed: number) =>
  console.log(`${name}: ${value.toFixed(value < 10 ? 1 : 0)} ${unit} (at most ${allowed})`)

async function slowDown(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await session.send('Network.enable')
  const bytes = (5 * 1000 * 1000) / 8
  const line = { offline: false, latency: 60, downloadThroughput: bytes, uploadThroughput: bytes }
  await session.send('Network.emulateNetworkConditions', line)
  return session
}

/** As many messages of one text as wanted, as whoever is signed in on this page. */
async function post(page: Page, channel: string, topic: string, count: number) {
  await page.evaluate(
    async ([to, about, many]) => {
      const headers = { 'content-type': 'application/json', 'x-splot': '1' }
      const ticket = await (await fetch('/session/ticket', { method: 'POST', headers, body: '{}' })).json()
      const socket = new WebSocket(`ws://${location.host}/ws`, 'splot.v1')
      await new Promise((resolve) => socket.addEventListener('open', resolve))
      const waiting = new Map<string, (item: { error?: { message: string } }) => void>()
      socket.addEventListener('message', ({ data }) => {
        for (const item of JSON.parse(data)) waiting.get(item.id)?.(item)
      })
      const ask = (id: string, method: string, params: object) =>
        new Promise<void>((resolve, reject) => {
          waiting.set(id, ({ error }) => (error ? reject(new Error(error.message)) : resolve()))
          socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }))
        })
      await ask('first', 'session.authenticate', ticket)
      const time = Date.now().toString(16).padStart(12, '0')
      let next = 0
      const postOn = async () => {
        while (next < many) {
          const number = ++next
          const text = `Wiadomość numer ${number}. ${'Kilka słów o tym, kto kiedy przyjedzie. '.repeat(1 + (number % 4))}`
          const id = `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`
          await ask(id, 'channels.post_message', { channel: to, topic: about, text, mentions: [] })
        }
      }
      await Promise.all(Array.from({ length: 8 }, postOn))
      socket.close()
    },
    [channel, topic, count] as const,
  )
}

test('from nothing to a door that can be used, in two seconds', async () => {
  const times: number[] = []
  for (let i = 0; i < 5; ++i) {
    const page = await stage.browser.newPage({ viewport: { width: 1366, height: 768 } })
    await slowDown(page)
    const began = Date.now()
    await page.goto(stage.address(), { waitUntil: 'commit' })
    await page.getByRole('button', { name: 'Wejdź jako Hanna Bąk' }).waitFor()
    times.push(Date.now() - began)
    await page.close()
  }
  say('door, nothing kept', median(times), 'ms', 2_000)
  expect(median(times)).toBeLessThan(2_000)
})

test('from one channel to another in a fifth of a second', async () => {
  const page = await stage.person('hanna.bak')
  const menu = page.getByRole('navigation', { name: 'Menu' })
  for (const name of ['Na co dzień', 'Ogłoszenia']) {
    await menu.getByRole('link', { name }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.getByRole('article').first().waitFor()
  }
  await slowDown(page)
  const times: number[] = []
  for (let i = 0; i < 10; ++i) {
    const name = i % 2 ? 'Ogłoszenia' : 'Na co dzień'
    times.push(await page.evaluate(switchTo, name))
  }
  say('channel to channel', median(times), 'ms', 200)
  expect(median(times)).toBeLessThan(200)
})

/** Runs in the page: from the click until the other channel's messages stand there and were painted. */
async function switchTo(name: string): Promise<number> {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('nav a')]
  const link = links.find((one) => one.textContent?.includes(name))
  const began = performance.now()
  link?.click()
  const isThere = () =>
    document.querySelector('h1')?.textContent?.includes(name) && document.querySelector('[role=article], article')
  while (!isThere()) await new Promise((resolve) => requestAnimationFrame(resolve))
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  return performance.now() - began
}

test('ten thousand messages are scrolled through without a halt', async () => {
  const page = await stage.person('hanna.bak')
  await openTopic(page, 'Na co dzień', 'Przy kawie')
  const [, channel = '', topic = ''] = new URL(page.url()).pathname.match(/([0-9a-f-]{36})\/([0-9a-f-]{36})/) ?? []
  await post(page, channel, topic, Number(process.env.SPLOT_MESSAGES ?? 10_000))
  await page.goto(`/rozmowy/${channel}`)
  await message(page, 'Wiadomość numer').first().waitFor()
  const session = await slowDown(page)
  await page.evaluate(() => {
    const found: number[] = []
    Object.assign(globalThis, { halts: found })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) found.push(entry.duration)
    }).observe({ type: 'longtask' })
  })
  const log = page.getByRole('log')
  await log.hover()
  const look = () =>
    log.evaluate((one) => ({
      isBeginning: one.scrollTop === 0 && one.textContent?.includes('Początek tego, co widzisz.'),
      rows: one.querySelectorAll('article').length,
    }))
  const began = Date.now()
  let most = 0
  for (let turns = 0; ; ++turns) {
    if (turns > 5_000) throw new Error('the beginning of the talk never came')
    await page.mouse.wheel(0, -3_000)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    const { isBeginning, rows } = await look()
    most = Math.max(most, rows)
    if (isBeginning) break
  }
  const halts = await page.evaluate(() => (globalThis as unknown as { halts: number[] }).halts)
  console.log(`scrolled for ${((Date.now() - began) / 1000).toFixed(0)} s; at most ${most} messages in the page`)
  say('longest task while scrolling', Math.max(0, ...halts), 'ms', 100)
  await session.detach()
  expect(most).toBeLessThan(1_000)
  expect(Math.max(0, ...halts)).toBeLessThan(100)
})

test('a tab that is open all day does not grow', async () => {
  const hanna = await stage.person('hanna.bak')
  const nina = await stage.person('nina.gajda')
  const started = (await stage.call(nina, 'session.start', {})) as Started
  const daily = started.channels.find(({ channel }) => channel.name === 'Na co dzień')?.channel.id ?? ''
  await openTopic(nina, 'Na co dzień', 'Wspólne dojazdy')
  const topic = new URL(nina.url()).pathname.slice(-36)
  await nina.goto('/pomoc')
  const session = await hanna.context().newCDPSession(hanna)
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage')
    return (await session.send('Runtime.getHeapUsage')).usedSize / 1024 / 1024
  }
  const hour = async () => {
    for (const name of ['Na co dzień', 'Ogłoszenia', 'Tylko GOPS Zaborze', 'Na co dzień']) {
      await hanna.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name }).click()
      await field(hanna).or(hanna.getByRole('article').first()).first().waitFor()
    }
    await post(nina, daily, topic, 300)
    await message(hanna, 'Wiadomość numer 300.').last().waitFor()
  }
  const sizes: number[] = []
  for (let i = 0; i < 10; ++i) {
    await hour()
    sizes.push(await heap())
  }
  const [, , early = 0] = sizes
  const late = sizes.at(-1) ?? 0
  console.log(`heap after each hour: ${sizes.map((size) => size.toFixed(1)).join(' ')} MB`)
  say('growth from the third hour to the tenth', late / early, 'times', 1.1)
  expect(late / early).toBeLessThan(1.1)
})
