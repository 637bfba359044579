import { knock } from './door'
import type { Methods, Notices } from './protocol.gen'
import { isPassing, notUnderstood, offline, problemOf, type Result, refused } from './result'

export type Notice = {
  [Name in keyof Notices]: { readonly method: Name; readonly params: Notices[Name] }
}[keyof Notices]

interface Incoming {
  readonly id?: string
  readonly method?: string
  readonly result?: unknown
  readonly params?: unknown
  readonly error?: Parameters<typeof problemOf>[0]
}

interface Listener {
  /** All notices of one frame, so that what came together is shown together. */
  hear(notices: readonly Notice[]): void
  /** The socket is gone; every call under way was answered `offline`. */
  lost(): void
}

/** Longest that an answer may take before the connection counts as dead. */
const patience = 20_000

/** One authenticated WebSocket, from the ticket to its end. It never comes back: the next one is another Wire. */
export class Wire {
  private readonly waiting = new Map<string, (result: Result<unknown>) => void>()
  private open = true
  private isEstablished = false
  private count = 0

  private constructor(
    private readonly socket: WebSocket,
    private readonly listener: Listener,
  ) {
    socket.onmessage = (event) => this.take(String(event.data))
    socket.onclose = () => this.end()
  }

  /** Problems: unauthenticated (there is no session any more), offline and what else passes. */
  static async connect(listener: Listener): Promise<Result<Wire>> {
    const ticket = await knock('POST /session/ticket', {})
    if (!ticket.ok) return ticket
    const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`
    const socket = new WebSocket(address, 'splot.v1')
    const opened = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), patience)
      socket.onopen = () => resolve(true)
      socket.onerror = () => resolve(false)
      socket.onclose = () => resolve(false)
      socket.addEventListener('open', () => clearTimeout(timer))
    })
    if (!opened) {
      socket.close()
      return refused(offline)
    }
    const wire = new Wire(socket, listener)
    const authenticated = await wire.call('session.authenticate', ticket.value)
    if (authenticated.ok) {
      wire.isEstablished = true
      return { ok: true, value: wire }
    }
    wire.close()
    // A ticket that came too late is no reason to send anybody to the door: the next attempt fetches another.
    return refused(isPassing(authenticated.problem) ? authenticated.problem : offline)
  }

  /** `settle` is called before anything is heard that the hub said after its answer. */
  ask<Name extends keyof Methods>(
    method: Name,
    params: Methods[Name]['params'],
    options: { readonly as?: string; readonly id?: string },
    settle: (result: Result<Methods[Name]['answer']>) => void,
  ) {
    if (!this.open) return settle(refused(offline))
    const id = options.id ?? `r${++this.count}`
    const all = options.as ? { ...params, as: options.as } : params
    const timer = setTimeout(() => this.close(), patience)
    this.waiting.set(id, (result) => {
      clearTimeout(timer)
      settle(result as Result<Methods[Name]['answer']>)
    })
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params: all }))
  }

  call<Name extends keyof Methods>(
    method: Name,
    params: Methods[Name]['params'],
    options: { readonly as?: string; readonly id?: string } = {},
  ): Promise<Result<Methods[Name]['answer']>> {
    return new Promise((resolve) => this.ask(method, params, options, resolve))
  }

  close() {
    this.socket.close()
    this.end()
  }

  private end() {
    if (!this.open) return
    this.open = false
    for (const settle of this.waiting.values()) settle(refused(offline))
    this.waiting.clear()
    if (this.isEstablished) this.listener.lost()
  }

  private take(frame: string) {
    if (!this.open) return
    let items: readonly Incoming[]
    try {
      items = JSON.parse(frame) as readonly Incoming[]
    } catch {
      return this.close()
    }
    const notices: Notice[] = []
    for (const item of items) {
      if (item.method) {
        notices.push({ method: item.method, params: item.params } as Notice)
        continue
      }
      this.flush(notices)
      this.settle(item)
    }
    this.flush(notices)
  }

  private flush(notices: Notice[]) {
    if (notices.length > 0) this.listener.hear(notices.splice(0))
  }

  private settle(item: Incoming) {
    const settle = item.id === undefined ? undefined : this.waiting.get(item.id)
    if (!settle || item.id === undefined) return
    this.waiting.delete(item.id)
    if (item.error) settle(refused(problemOf(item.error)))
    else settle(item.result === undefined ? refused(notUnderstood) : { ok: true, value: item.result })
  }
}
