import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, firefox, type Page } from 'playwright-core'
import { inject } from 'vitest'
import { type HubPlace, type Program, placeOf, sql, startHub, startKeys } from './programs'
import { SlowLine } from './slowLine'

/** Old office PC, telephone, and the colours of somebody who sees little. */
export const shapes = {
  desk: { viewport: { width: 1366, height: 768 } },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  contrast: { viewport: { width: 1366, height: 768 }, forcedColors: 'active' },
} as const satisfies Record<string, BrowserContextOptions>

export type Shape = keyof typeof shapes

/** What may stand in a browser's console without being a fault: what the browser itself says of a lost connection. */
const harmless = [
  /ERR_CONNECTION_REFUSED/,
  /ERR_EMPTY_RESPONSE/,
  /WebSocket connection to .* failed/,
  /status of 401/,
  /status of 503/,
]

let count = 0

/** A key holder, hubs on one database with the demonstration's people, and a browser. Gone with `end`. */
export class Stage {
  private readonly complaints: string[] = []

  private constructor(
    private readonly folder: string,
    private readonly database: string,
    private readonly keys: Program,
    private readonly places: readonly HubPlace[],
    private readonly hubs: (Program | undefined)[],
    readonly browser: Browser,
  ) {}

  static async begin(wishes: { readonly hubs?: number; readonly browser?: 'firefox' } = {}): Promise<Stage> {
    const template = inject('template')
    const folder = mkdtempSync(join(tmpdir(), 'splot-browser-'))
    cpSync(join(template.folder, 'keys'), join(folder, 'keys'), { recursive: true })
    const database = `${template.database}_${process.pid}_${++count}`
    sql(`CREATE DATABASE ${database} TEMPLATE ${template.database}`)
    const keys = await startKeys(folder)
    const places: HubPlace[] = []
    for (let i = 0; i < (wishes.hubs ?? 1); ++i) places.push(await placeOf(folder, `hub${i}`, database))
    const [hubs, browser] = await Promise.all([
      Promise.all(places.map(startHub)),
      wishes.browser ? startFirefox() : startChromium(),
    ])
    return new Stage(folder, database, keys, places, hubs, browser)
  }

  address(hub = 0): string {
    return `http://localhost:${this.places[hub]?.plainPort}`
  }

  /** A bad line to a hub; people come over it with its address. */
  line(wishes: { readonly delayMs: number; readonly bytesPerSecond: number }, hub = 0): Promise<SlowLine> {
    const { plainPort, linePort } = this.places[hub] as HubPlace
    return SlowLine.begin(linePort, plainPort, wishes)
  }

  async stopHub(hub = 0, signal: NodeJS.Signals = 'SIGTERM') {
    await this.hubs[hub]?.stop(signal)
    this.hubs[hub] = undefined
  }

  /** On the same ports as before. */
  async startHub(hub = 0) {
    this.hubs[hub] = await startHub(this.places[hub] as HubPlace)
  }

  /** A browser of its own, with nobody signed in. `at`: the number of a hub, or the address of a line to one. */
  async visitor(shape: Shape = 'desk', at: number | string = 0): Promise<Page> {
    const context = await this.browser.newContext({
      ...shapes[shape],
      locale: 'pl-PL',
      timezoneId: 'Europe/Warsaw',
      reducedMotion: 'reduce',
      baseURL: typeof at === 'string' ? at : this.address(at),
    })
    context.setDefaultTimeout(60_000)
    context.on('page', (page) => this.listen(page))
    const page = await context.newPage()
    await page.goto('/')
    return page
  }

  /** Somebody of the demonstration in a browser of their own, entered by its door: person('hanna.bak'). */
  async person(login: string, shape: Shape = 'desk', at: number | string = 0): Promise<Page> {
    const page = await this.visitor(shape, at)
    const status = await page.evaluate(async (who) => {
      const headers = { 'content-type': 'application/json', 'x-splot': '1' }
      const body = JSON.stringify({ login: who, device: 'próba' })
      return (await fetch('/session/enter-as', { method: 'POST', headers, body })).status
    }, login)
    if (status !== 200) throw new Error(`${login} was not let in: ${status}`)
    await page.reload()
    return page
  }

  /** One call of the protocol as whoever is signed in on this page, over a socket of its own: for what no screen does
   * yet, and for what somebody elsewhere does meanwhile. */
  async call(page: Page, method: string, params: object): Promise<unknown> {
    const [answer, problem] = await page.evaluate(callFromPage, [method, params] as const)
    if (problem) throw new Error(`${method}: ${problem}`)
    return answer
  }

  /** Everything that a page complained of: exceptions, refused by the policy, errors in the console. */
  get complained(): readonly string[] {
    return this.complaints
  }

  async end() {
    await this.browser.close()
    await Promise.all(this.hubs.map((hub) => hub?.stop()))
    await this.keys.stop()
    sql(`DROP DATABASE ${this.database} WITH (FORCE)`)
    rmSync(this.folder, { recursive: true, force: true })
  }

  private listen(page: Page) {
    page.on('pageerror', (error) => this.complaints.push(`${error.name}: ${error.message}`))
    page.on('console', (message) => {
      const text = message.text()
      if (message.type() === 'error' && !harmless.some((one) => one.test(text))) this.complaints.push(text)
    })
  }
}

/** Runs in the page. */
async function callFromPage([method, params]: readonly [string, object]): Promise<readonly [unknown, string?]> {
  const headers = { 'content-type': 'application/json', 'x-splot': '1' }
  const ticket = await (await fetch('/session/ticket', { method: 'POST', headers, body: '{}' })).json()
  const socket = new WebSocket(`ws://${location.host}/ws`, 'splot.v1')
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  const ask = (id: string, name: string, content: object) =>
    new Promise<readonly [unknown, string?]>((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        for (const item of JSON.parse(data)) if (item.id === id) resolve([item.result, item.error?.message])
      })
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, method: name, params: content }))
    })
  await ask('first', 'session.authenticate', ticket)
  const random = crypto.randomUUID()
  const time = Date.now().toString(16).padStart(12, '0')
  const answer = await ask(`${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`, method, params)
  socket.close()
  return answer
}

/** The other engine, as Debian's Firefox ESR has it. */
function startFirefox(): Promise<Browser> {
  return firefox.launch({
    channel: 'moz-firefox',
    executablePath: process.env.SPLOT_FIREFOX ?? '/usr/bin/firefox-esr',
  })
}

function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.SPLOT_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
