import { Backoff } from './backoff'
import { outbox } from './outbox'
import { type ChannelId, effects, type MandateId, type Methods, type PersonId, type RequestId } from './protocol.gen'
import { isPassing, type Problem, type Result, refused } from './result'
import type { Pending } from './state'
import type { Store } from './store'
import type { Wire } from './wire'

type Settle = (result: Result<unknown>) => void

interface Command {
  readonly call: Pending
  readonly settle: Settle
}

/** Writing calls: each stands under its request id until the hub has answered, over any number of connections. */
export class Commands {
  private readonly unanswered = new Map<RequestId, Command>()
  private readonly backoff = new Backoff()
  private wire: Wire | undefined

  constructor(
    private readonly store: Store,
    private readonly isSecret: (channel: ChannelId) => boolean,
  ) {}

  /** Takes the call in; `settle` is told once, when the hub has answered. */
  add(call: Pending, settle: Settle) {
    this.unanswered.set(call.id, { call, settle })
    const person = this.store.get().me?.person.id
    if (call.method === 'channels.post_message' && person && !this.isSecret(call.params.channel)) {
      const { id, params, as, at } = call
      outbox.add({ id, person, params, as, at })
    }
    this.show(call)
    this.transmit(call.id)
  }

  /** What a reload cut off is sent again. */
  restore(person: PersonId) {
    for (const { id, params, as, at } of outbox.of(person)) {
      if (this.unanswered.has(id)) continue
      const call: Pending = { id, method: 'channels.post_message', params, as, at, status: 'waiting' }
      this.unanswered.set(id, { call, settle: () => {} })
      this.show(call)
    }
  }

  /** A connection stands: everything without an answer is sent, in its order. */
  sendAll(wire: Wire) {
    this.wire = wire
    for (const id of this.unanswered.keys()) this.transmit(id)
  }

  loseWire() {
    this.wire = undefined
  }

  discard(id: RequestId) {
    outbox.remove(id)
    this.unanswered.delete(id)
    this.hide(id)
  }

  /** Commands for which `isLost` holds go without a trace. */
  forget(isLost: (call: Pending) => boolean, problem: Problem) {
    for (const call of this.store.get().pending.values()) if (isLost(call)) this.hide(call.id)
    for (const { call, settle } of [...this.unanswered.values()])
      if (isLost(call)) {
        this.discard(call.id)
        settle(refused(problem))
      }
  }

  /** The person left: nobody waits any more. What is in the outbox is sent when the same person comes back. */
  abandon(problem: Problem) {
    const left = [...this.unanswered.values()]
    this.unanswered.clear()
    for (const { settle } of left) settle(refused(problem))
  }

  private transmit(id: RequestId) {
    const command = this.unanswered.get(id)
    const wire = this.wire
    if (!command || !wire) return
    const { method, params, as } = command.call
    this.mark(id, { status: 'sending' })
    wire.ask(method, params, { id, as }, (result) => {
      if (result.ok) this.answered(command, wire, result)
      else if (isPassing(result.problem)) this.wait(id, wire, result.problem)
      else this.refuse(command, result.problem)
    })
  }

  /** A message is shown as pending until its event has come; the fence tells when it must have come. */
  private answered({ call }: Command, wire: Wire, result: Result<unknown>) {
    this.backoff.reset()
    if (call.method === 'channels.post_message' && this.store.get().pending.has(call.id)) {
      this.mark(call.id, { status: 'answered' })
      wire.ask('streams.sync', {}, {}, () => this.hide(call.id))
    } else {
      this.hide(call.id)
    }
    this.finish(call.id, result)
  }

  private wait(id: RequestId, wire: Wire, problem: Problem) {
    this.mark(id, { status: 'waiting' })
    if (problem.code === 'offline') return // the next connection sends it
    setTimeout(() => {
      if (this.wire === wire) this.transmit(id)
    }, problem.retryAfterMs ?? this.backoff.next())
  }

  /** A refused message stays, so that its text can be mended. */
  private refuse({ call }: Command, problem: Problem) {
    if (call.method === 'channels.post_message') this.mark(call.id, { status: 'refused', problem })
    else this.hide(call.id)
    this.finish(call.id, refused(problem))
  }

  private finish(id: RequestId, result: Result<unknown>) {
    const command = this.unanswered.get(id)
    this.unanswered.delete(id)
    outbox.remove(id)
    command?.settle(result)
  }

  private show(call: Pending) {
    if (call.method === 'channels.mark_read') return // nobody waits for it
    this.store.change((state) => ({ ...state, pending: new Map(state.pending).set(call.id, call) }))
  }

  private mark(id: RequestId, change: Pick<Pending, 'status' | 'problem'>) {
    this.store.change((state) => {
      const call = state.pending.get(id)
      if (!call || call.status === change.status) return state
      return { ...state, pending: new Map(state.pending).set(id, { ...call, ...change }) }
    })
  }

  private hide(id: RequestId) {
    this.store.change((state) => {
      if (!state.pending.has(id)) return state
      const pending = new Map(state.pending)
      pending.delete(id)
      return { ...state, pending }
    })
  }
}

/** Does this method change something, and so need a request id? */
export function isWriting(method: keyof Methods): boolean {
  return effects[method] === 'writes' || effects[method] === 'appends'
}

/** A writing call before it is sent. */
export function commandOf<Name extends keyof Methods>(
  id: RequestId,
  method: Name,
  params: Methods[Name]['params'],
  as: MandateId | undefined,
  at = Date.now(),
): Pending {
  return { id, method, params, as, at, status: 'waiting' } as Pending
}
