import { Backoff } from './backoff'
import { type Notice, Wire } from './wire'

/** Longest that a silent connection is trusted, in ms: a cable pulled out says nothing. */
const probeEvery = 30_000
const probePatience = 8_000

interface Listener {
  opened(wire: Wire): void
  hear(notices: readonly Notice[]): void
  lost(): void
  /** There is no session any more. */
  unauthenticated(): void
}

/** Keeps one authenticated connection, and comes back after every loss, with pauses that grow. */
export class Connector {
  wire: Wire | undefined
  readonly backoff = new Backoff()

  /** Rises when the person leaves: what was under way for them is of no interest any more. */
  private visit = 0
  private isConnecting = false
  private isWanted = false
  private retry: ReturnType<typeof setTimeout> | undefined
  private drainMs: number | undefined

  constructor(private readonly listener: Listener) {}

  /** Once, when the page has loaded. */
  begin() {
    addEventListener('online', () => this.hurry())
    addEventListener('offline', () => this.probe())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.hurry())
    setInterval(() => this.probe(), probeEvery)
    this.connect()
  }

  connect() {
    this.isWanted = true
    if (!this.isConnecting && !this.wire) void this.tryToConnect()
  }

  /** The person goes: nothing more is heard, and nothing comes back by itself. */
  leave() {
    this.visit++
    this.isWanted = false
    clearTimeout(this.retry)
    const wire = this.wire
    this.wire = undefined
    wire?.close()
  }

  /** The hub restarts, and says when to come back. */
  comeBackAfter(ms: number) {
    this.drainMs = ms
  }

  private async tryToConnect() {
    this.isConnecting = true
    clearTimeout(this.retry)
    const visit = this.visit
    const isSame = () => this.visit === visit
    const connected = await Wire.connect({
      hear: (notices) => isSame() && this.listener.hear(notices),
      lost: () => isSame() && this.lose(),
    })
    this.isConnecting = false
    if (!isSame()) {
      if (connected.ok) connected.value.close()
      if (this.isWanted) this.connect()
    } else if (connected.ok) {
      this.wire = connected.value
      this.listener.opened(connected.value)
    } else if (connected.problem.code === 'unauthenticated') {
      this.listener.unauthenticated()
    } else {
      this.later(connected.problem.retryAfterMs ?? this.backoff.next())
    }
  }

  private lose() {
    this.wire = undefined
    this.listener.lost()
    this.later(this.drainMs ?? this.backoff.next())
    this.drainMs = undefined
  }

  private later(ms: number) {
    clearTimeout(this.retry)
    this.retry = setTimeout(() => this.isWanted && this.connect(), ms)
  }

  /** The machine woke up, or the network is back. */
  private hurry() {
    if (this.wire) this.probe()
    else if (this.isWanted) this.connect()
  }

  private probe() {
    const wire = this.wire
    if (!wire) return
    const timer = setTimeout(() => wire.close(), probePatience)
    wire.ask('streams.sync', {}, {}, () => clearTimeout(timer))
  }
}
