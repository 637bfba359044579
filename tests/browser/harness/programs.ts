import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** What tests/browser/run says: where the programs were built, and a PostgreSQL in which databases may be made. */
export const build = wanted('SPLOT_BUILD')
const postgres = wanted('SPLOT_TEST_POSTGRES')

function wanted(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; start the tests with tests/browser/run`)
  return value
}

/** One statement, as the superuser, outside a transaction. */
export function sql(statement: string): string {
  return execFileSync('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-d', postgres, '-c', statement], { encoding: 'utf8' })
}

export function conninfoOf(database: string): string {
  return postgres.replace(/dbname=\S+/, `dbname=${database}`)
}

/** Below the range that the kernel gives to those who connect. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 30_000)
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer()
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    })
    if (isFree) return port
  }
}

/** A program of ours as a process of its own. It is told to stop when the test dies, however that happens. */
export class Program {
  private constructor(
    private readonly child: ChildProcess,
    private readonly gone: Promise<void>,
  ) {}

  /** Answers when a line with this beginning has come; its standard error goes to the log. */
  static async start(words: readonly string[], log: string, beginning: string): Promise<Program> {
    const errors = openSync(log, 'a')
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', ...words], { stdio: ['ignore', 'pipe', errors] })
    closeSync(errors)
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
        if (line.startsWith(beginning)) resolve()
      })
      child.once('error', reject)
      void gone.then(() => reject(new Error(`${words[0]} ended: ${readFileSync(log, 'utf8').slice(-2000)}`)))
    })
    return new Program(child, gone)
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM') {
    this.child.kill(signal)
    await this.gone
  }

  signal(signal: NodeJS.Signals) {
    this.child.kill(signal)
  }
}

export function startKeys(folder: string): Promise<Program> {
  const words = [
    join(build, 'storage/splot-keys'),
    '--store',
    join(folder, 'keys'),
    '--socket',
    join(folder, 'keys.sock'),
  ]
  return Program.start(words, join(folder, 'keys.log'), 'splot-keys: ready')
}

export interface HubPlace {
  readonly folder: string
  readonly name: string
  readonly database: string
  readonly port: number
  readonly plainPort: number
  /** Of a bad line to the plain port, from which browsers may come too. */
  readonly linePort: number
}

export async function placeOf(folder: string, name: string, database: string): Promise<HubPlace> {
  const [port, plainPort, linePort] = [await freePort(), await freePort(), await freePort()]
  return { folder, name, database, port, plainPort, linePort }
}

export function startHub(place: HubPlace): Promise<Program> {
  const state = join(place.folder, place.name)
  mkdirSync(state, { recursive: true })
  const settings = join(place.folder, `${place.name}.toml`)
  const text = (value: string) => JSON.stringify(value)
  writeFileSync(
    settings,
    `[listen]\nport = ${place.port}\nplain_port = ${place.plainPort}
origins = ["http://localhost:${place.linePort}"]
[postgres]\nconninfo = ${text(conninfoOf(place.database))}
[keys]\nsocket = ${text(join(place.folder, 'keys.sock'))}
[hub]\nshards = 2\ndemonstration = true\nstate = ${text(state)}\nweb_root = ${text(join(build, 'web'))}
[limits]\npoll_every_ms = 500\nrate_factor = ${process.env.SPLOT_FIGURES ? 10_000 : 1}.0
`,
  )
  return Program.start(
    [join(build, 'hub/splotd'), '--config', settings],
    join(place.folder, `${place.name}.log`),
    'ready',
  )
}
