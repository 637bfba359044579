import { connect, createServer, type Server, type Socket } from 'node:net'

/** One direction of a connection: what comes in leaves later, in its order, and no faster than the line allows. */
class Direction {
  private free = 0

  constructor(
    private readonly line: SlowLine,
    from: Socket,
    private readonly to: Socket,
  ) {
    from.on('data', (bytes) => this.pass(bytes))
  }

  private pass(bytes: Buffer) {
    if (this.line.isFrozen) return
    const now = Date.now()
    this.free = Math.max(this.free, now) + (bytes.length * 1000) / this.line.bytesPerSecond
    setTimeout(() => this.line.isFrozen || this.to.write(bytes), this.free - now + this.line.delayMs)
  }
}

/** A bad network between a browser and a hub: far away, narrow, and able to fall silent without saying so. */
export class SlowLine {
  isFrozen = false
  private readonly sockets = new Set<Socket>()

  private constructor(
    private readonly server: Server,
    readonly address: string,
    readonly delayMs: number,
    readonly bytesPerSecond: number,
  ) {}

  /** `delayMs` is for each direction. */
  static async begin(
    port: number,
    target: number,
    wishes: { readonly delayMs: number; readonly bytesPerSecond: number },
  ): Promise<SlowLine> {
    const server = createServer()
    const line = new SlowLine(server, `http://localhost:${port}`, wishes.delayMs, wishes.bytesPerSecond)
    server.on('connection', (near) => {
      const far = connect(target, '127.0.0.1')
      new Direction(line, near, far)
      new Direction(line, far, near)
      line.join(near, far)
    })
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return line
  }

  /** Nothing passes any more, in connections old and new, and nobody is told. */
  freeze() {
    this.isFrozen = true
  }

  /** New connections pass again; what was open before is dead for good. */
  mend() {
    for (const socket of this.sockets) socket.destroy()
    this.isFrozen = false
  }

  async end() {
    for (const socket of this.sockets) socket.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private join(near: Socket, far: Socket) {
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        this.sockets.delete(one)
        setTimeout(() => other.destroy(), this.delayMs + 1_000)
      })
    }
  }
}
