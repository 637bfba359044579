import { unreadAfter } from '../channels/state'
import { Backoff } from './backoff'
import { Commands, commandOf, isWriting } from './commands'
import { knock } from './door'
import { Drafts } from './drafts'
import { outbox } from './outbox'
import type {
  ChannelId,
  Event,
  MandateId,
  Methods,
  RequestId,
  ResumeAnswer,
  Routes,
  Started,
  StreamId,
  TeamId,
  TopicId,
} from './protocol.gen'
import { applyEvent, applyStarted, applyWhisper, fadeTyping, withRead } from './reduce'
import { RequestIds } from './requestId'
import { offline, type Problem, type Result, refused } from './result'
import { type Connection, emptyState } from './state'
import { Store } from './store'
import { type TabNote, Tabs } from './tabs'
import { streamOf, Talks } from './talks'
import { told } from './told'
import { type Notice, Wire } from './wire'

/** How long a reading call waits for a connection, in ms. */
const readingPatience = 15_000
/** Longest that a silent connection is trusted, in ms: a cable pulled out says nothing. */
const probeEvery = 30_000
const probePatience = 8_000

const unauthenticated: Problem = { code: 'unauthenticated', message: 'Zaloguj się.' }

export interface CallOptions {
  /** The mandate to act under; null leaves it out. */
  readonly as?: MandateId | null
}

/** This tab's connection to the hub, from the door to the last event. index.ts has the one of the application. */
export class Live {
  readonly store = new Store()
  readonly talks = new Talks(this)
  readonly drafts = new Drafts((channel) => this.isSecret(channel))
  readonly commands = new Commands(this.store, (channel) => this.isSecret(channel))
  /** Streams whose missing events are on their way: live ones will come again, after those. */
  readonly held = new Set<StreamId>()
  /** The connection, once it is authenticated. */
  wire: Wire | undefined

  private readonly ids = new RequestIds()
  private readonly backoff = new Backoff()
  private readonly tabs = new Tabs((note) => this.hearTab(note))
  /** Rises at the door: what was under way for the person before is of no interest any more. */
  private visit = 0
  private isConnecting = false
  private isStarting = false
  private mustStartAgain = false
  private retry: ReturnType<typeof setTimeout> | undefined
  private drainMs: number | undefined
  private readonly waitingForWire = new Set<(wire: Wire | undefined) => void>()
  private readonly marks = new Map<ChannelId, string>()
  private marking: ReturnType<typeof setTimeout> | undefined
  private counting: ReturnType<typeof setTimeout> | undefined
  private lastTyping = 0

  /** Once, when the page has loaded: takes up the session of the cookie, or goes to the door. */
  begin() {
    addEventListener('online', () => this.hurry())
    addEventListener('offline', () => this.probe())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.hurry())
    setInterval(() => this.probe(), probeEvery)
    setInterval(() => this.store.change((state) => fadeTyping(state, Date.now())), 2_000)
    void this.connect()
  }

  isSecret(channel: ChannelId): boolean {
    const { channels, conversations } = this.store.get()
    return (channels.get(channel)?.channel ?? conversations.get(channel)?.channel)?.sealed ?? true
  }

  // The door

  async enter<Route extends 'POST /session/sign-in' | 'POST /session/enter-as'>(
    route: Route,
    body: Routes[Route]['body'],
  ): Promise<Result<Routes[Route]['answer']>> {
    const result = await knock(route, body)
    if (!result.ok) return result
    this.tabs.tell({ kind: 'entered', person: result.value.person })
    this.restart()
    return result
  }

  async signOut(): Promise<Result<Record<never, never>>> {
    this.visit++ // the hub's own notice of the end comes first, and is no news
    const result = await knock('POST /session/sign-out', {})
    if (!result.ok) {
      const wire = this.wire
      this.lose()
      wire?.close()
      return result
    }
    this.tabs.tell({ kind: 'signed_out' })
    this.forgetPerson()
    return result
  }

  // Asking

  async call<Name extends keyof Methods>(
    method: Name,
    params: Methods[Name]['params'],
    options: CallOptions = {},
  ): Promise<Result<Methods[Name]['answer']>> {
    const as = options.as === null ? undefined : options.as
    if (isWriting(method))
      return this.command(method, params, options.as === undefined ? this.store.get().actingAs : as)
    const until = Date.now() + readingPatience
    for (;;) {
      const wire = await this.whenConnected(until - Date.now())
      if (!wire) return refused(this.store.get().connection.status === 'signed_out' ? unauthenticated : offline)
      const result = await wire.call(method, params, { as })
      if (result.ok || result.problem.code !== 'offline' || Date.now() >= until) return result
    }
  }

  retryPending(id: RequestId) {
    const command = this.store.get().pending.get(id)
    if (command?.status !== 'refused') return
    this.commands.discard(id)
    void this.command(command.method, command.params, command.as)
  }

  setActingAs(mandate: MandateId | undefined) {
    this.store.change((state) => ({ ...state, actingAs: mandate }))
  }

  /** The newest mark wins, and at most one a second is sent. */
  markRead(channel: ChannelId, cursor: string) {
    if (this.store.get().channels.get(channel)?.read === cursor) return
    this.setRead(channel, cursor)
    this.marks.set(channel, cursor)
    if (this.marking !== undefined) return
    const send = () => {
      this.marking = undefined
      if (this.marks.size === 0) return
      for (const [one, mark] of this.marks)
        void this.command('channels.mark_read', { channel: one, cursor: mark }, undefined)
      this.marks.clear()
      this.marking = setTimeout(send, 1_000)
    }
    send()
  }

  tellTyping(channel: ChannelId, topic: TopicId) {
    const now = Date.now()
    if (now - this.lastTyping < 3_000) return
    this.lastTyping = now
    void this.wire?.call('channels.typing', { channel, topic })
  }

  private command<Name extends keyof Methods>(
    method: Name,
    params: Methods[Name]['params'],
    as: MandateId | undefined,
  ): Promise<Result<Methods[Name]['answer']>> {
    if (!this.store.get().me) return Promise.resolve(refused(unauthenticated))
    return new Promise((resolve) => {
      this.commands.add(commandOf(this.ids.next(), method, params, as), (result) =>
        resolve(result as Result<Methods[Name]['answer']>),
      )
    })
  }

  private whenConnected(ms: number): Promise<Wire | undefined> {
    if (this.wire || this.store.get().connection.status === 'signed_out') return Promise.resolve(this.wire)
    return new Promise((resolve) => {
      const settle = (wire: Wire | undefined) => {
        clearTimeout(timer)
        this.waitingForWire.delete(settle)
        resolve(wire)
      }
      const timer = setTimeout(() => settle(undefined), Math.max(0, ms))
      this.waitingForWire.add(settle)
    })
  }

  // Connecting

  private async connect() {
    if (this.isConnecting || this.wire) return
    this.isConnecting = true
    clearTimeout(this.retry)
    const visit = this.visit
    const connected = await Wire.connect({
      hear: (notices) => this.visit === visit && this.hear(notices),
      lost: () => this.visit === visit && this.lose(),
    })
    this.isConnecting = false
    if (visit !== this.visit) {
      if (connected.ok) connected.value.close()
      if (this.store.get().connection.status !== 'signed_out') void this.connect()
    } else if (connected.ok) {
      this.wire = connected.value
      this.start()
    } else if (connected.problem.code === 'unauthenticated') {
      this.toDoor(this.store.get().me ? 'ended' : 'door')
    } else {
      this.later(connected.problem.retryAfterMs ?? this.backoff.next())
    }
  }

  private later(ms: number) {
    clearTimeout(this.retry)
    this.retry = setTimeout(() => void this.connect(), ms)
  }

  private lose() {
    this.wire = undefined
    this.commands.loseWire()
    this.held.clear()
    this.isStarting = false
    if (this.store.get().connection.status === 'signed_out') return
    this.store.change((state) =>
      state.connection.status === 'on'
        ? { ...state, connection: { status: 'reconnecting', since: Date.now() } }
        : state,
    )
    this.later(this.drainMs ?? this.backoff.next())
    this.drainMs = undefined
  }

  /** The machine woke up, or the network is back. */
  private hurry() {
    if (this.wire) this.probe()
    else if (this.store.get().connection.status !== 'signed_out') void this.connect()
  }

  private probe() {
    const wire = this.wire
    if (!wire) return
    const timer = setTimeout(() => wire.close(), probePatience)
    wire.ask('streams.sync', {}, {}, () => clearTimeout(timer))
  }

  // Starting: what there is, and what was missed

  /** Asks anew what there is; afterwards every open conversation gets what it missed. */
  private start() {
    const wire = this.wire
    if (!wire) return
    if (this.isStarting) {
      this.mustStartAgain = true
      return
    }
    this.isStarting = true
    this.mustStartAgain = false
    wire.ask('session.start', {}, {}, (answer) => {
      if (this.wire !== wire) return
      this.isStarting = false
      if (answer.ok) this.started(answer.value, wire)
      else setTimeout(() => this.wire === wire && this.start(), answer.problem.retryAfterMs ?? this.backoff.next())
    })
  }

  private started(started: Started, wire: Wire) {
    this.backoff.reset()
    this.ids.setClock(started.now)
    const isFirst = this.store.get().me === null
    this.store.change((state) => applyStarted(state, started, Date.now()))
    const isReadable = (channel: ChannelId) => this.store.get().channels.has(channel)
    if (isFirst) this.drafts.belongTo(started.person.id)
    this.drafts.keepOnly(isReadable)
    outbox.keepOnly(({ person, params }) => person === started.person.id && isReadable(params.channel))
    this.commands.restore(started.person.id)
    this.catchUp(wire)
    this.talks.openWanted()
    this.commands.sendAll(wire)
    for (const settle of [...this.waitingForWire]) settle(wire)
    if (this.mustStartAgain) this.start()
  }

  private catchUp(wire: Wire) {
    const { conversations, channels } = this.store.get()
    const behind = [...conversations].filter(
      ([id, talk]) => talk.channel.sealed || talk.cursor !== channels.get(id)?.cursor,
    )
    for (const [id, { cursor }] of behind) if (cursor === undefined) this.talks.open(id)
    const streams = behind.flatMap(([id, { cursor }]) =>
      cursor === undefined ? [] : [{ stream: streamOf(id), cursor }],
    )
    if (streams.length === 0) return
    for (const { stream } of streams) this.held.add(stream)
    wire.ask('streams.resume', { streams }, {}, (answer) => {
      if (this.wire !== wire) return
      for (const { stream } of streams) this.held.delete(stream)
      if (answer.ok) this.resumed(answer.value)
      else setTimeout(() => this.wire === wire && this.start(), answer.problem.retryAfterMs ?? this.backoff.next())
    })
  }

  private resumed({ streams }: ResumeAnswer) {
    for (const { stream, opened, code } of streams) {
      const channel = stream as string as ChannelId
      if (opened) this.tell(opened.events, { channel, cursor: opened.cursor })
      else if (code === 'not_found') this.wipe(stream, false)
      else this.talks.open(channel)
    }
  }

  // Hearing

  private hear(notices: readonly Notice[]) {
    let events: Event[] = []
    const flush = () => {
      if (events.length > 0) this.tell(events)
      events = []
    }
    for (const notice of notices) {
      if (notice.method === 'streams.event') {
        if (!this.held.has(notice.params.stream)) events.push(notice.params)
        continue
      }
      flush()
      this.hearOther(notice)
    }
    flush()
  }

  private hearOther(notice: Exclude<Notice, { method: 'streams.event' }>) {
    switch (notice.method) {
      case 'streams.whisper':
        this.store.change((state) => applyWhisper(state, notice.params, Date.now()))
        if (notice.params.kind === 'read') this.countAgain(notice.params.stream as string as ChannelId)
        return
      case 'streams.wipe':
        this.tabs.tell({ kind: 'wipe', stream: notice.params.stream })
        this.wipe(notice.params.stream, notice.params.reopen)
        return this.start()
      case 'streams.widened':
        this.reopen(notice.params.streams)
        return this.start()
      case 'streams.resync':
        return this.start()
      case 'session.drain':
        this.drainMs = notice.params.retry_after_ms
        return
      case 'session.ended':
        return this.toDoor('ended')
    }
  }

  /** Another tab read on, and what still waits cannot be told from here: the hub counts. */
  private countAgain(channel: ChannelId) {
    const { channels, conversations, me } = this.store.get()
    const entry = channels.get(channel)
    if (!entry?.read || unreadAfter(entry, conversations.get(channel), entry.read, me?.person.id)) return
    clearTimeout(this.counting)
    this.counting = setTimeout(() => this.start(), 2_000)
  }

  private tell(events: readonly Event[], upTo?: { readonly channel: ChannelId; readonly cursor: string }) {
    this.store.change((state) => {
      const next = events.reduce((one, event) => applyEvent(one, told(event)), state)
      const talk = upTo && next.conversations.get(upTo.channel)
      if (!talk) return next
      const conversations = new Map(next.conversations).set(upTo.channel, { ...talk, cursor: upTo.cursor })
      return { ...next, conversations }
    })
    if (events.some(({ kind }) => kind === 'channel_created')) this.start()
  }

  /** More of them may be read than before: their windows are fetched anew at the start that follows. */
  private reopen(streams: readonly StreamId[]) {
    this.store.change((state) => {
      const conversations = new Map(state.conversations)
      for (const stream of streams) {
        const talk = conversations.get(stream as string as ChannelId)
        if (talk) conversations.set(talk.channel.id, { ...talk, cursor: undefined })
      }
      return { ...state, conversations }
    })
  }

  /** The right to a channel, a team or an institution ended or narrowed: nothing of it stays. */
  private wipe(stream: StreamId, mayReopen: boolean) {
    const isOf = (id: string | undefined) => id === stream
    const { channels } = this.store.get()
    const lost = [...channels.values()].filter(({ channel }) =>
      [channel.id, channel.team, channel.institution].some(isOf),
    )
    for (const { channel } of lost) {
      this.commands.forget((call) => 'channel' in call.params && call.params.channel === channel.id, {
        code: 'not_found',
        message: 'Nie ma już dostępu do tego miejsca.',
      })
      this.talks.lose(channel.id)
    }
    if (mayReopen && lost.length === 1) return
    this.store.change((state) => {
      const left = new Map(state.channels)
      for (const { channel } of lost) left.delete(channel.id)
      const teams = new Map(state.teams)
      teams.delete(stream as string as TeamId)
      return { ...state, channels: left, teams, memberships: state.memberships.filter(({ team }) => !isOf(team)) }
    })
    this.drafts.keepOnly((channel) => this.store.get().channels.has(channel))
  }

  private setRead(channel: ChannelId, cursor: string) {
    this.store.change((state) => withRead(state, channel, cursor))
  }

  private hearTab(note: TabNote) {
    switch (note.kind) {
      case 'entered':
        return this.restart()
      case 'signed_out':
        return this.forgetPerson()
      case 'wipe':
        this.wipe(note.stream, true)
        return this.start()
    }
  }

  // Ends

  /** Somebody is signed in now, perhaps somebody else: from nothing. */
  private restart() {
    this.leave({ status: 'starting', since: Date.now() })
    void this.connect()
  }

  private forgetPerson() {
    this.drafts.forgetAll()
    outbox.forgetAll()
    this.toDoor('signed_out')
  }

  private toDoor(reason: Connection['reason']) {
    this.leave({ status: 'signed_out', since: Date.now(), reason })
  }

  private leave(connection: Connection) {
    this.visit++
    clearTimeout(this.retry)
    this.marks.clear()
    const wire = this.wire
    this.wire = undefined
    this.commands.loseWire()
    this.held.clear()
    this.isStarting = false
    wire?.close()
    this.store.change(() => emptyState(connection))
    this.commands.abandon(unauthenticated)
    for (const settle of [...this.waitingForWire]) settle(undefined)
  }
}
