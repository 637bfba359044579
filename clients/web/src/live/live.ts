import { Commands, commandOf, isWriting } from './commands'
import { Connector } from './connector'
import { knock } from './door'
import { Drafts } from './drafts'
import { Marks } from './marks'
import { outbox } from './outbox'
import type {
  ChannelId,
  Event,
  MandateId,
  Methods,
  RequestId,
  ResumeAnswer,
  Routes,
  SignedIn,
  SignInAnswer,
  Started,
  StreamId,
  TeamId,
} from './protocol.gen'
import { applyEvent, applyStarted, applyWhisper, fadeTyping } from './reduce'
import { RequestIds } from './requestId'
import { offline, type Problem, type Result, refused } from './result'
import { type Connection, emptyState } from './state'
import { Store } from './store'
import { type TabNote, Tabs } from './tabs'
import { streamOf, Talks } from './talks'
import { told } from './told'
import type { Notice, Wire } from './wire'

/** How long a reading call waits for a connection, in ms. */
const readingPatience = 15_000

const unauthenticated: Problem = { code: 'unauthenticated', message: 'Zaloguj się.' }
const noAccess: Problem = { code: 'not_found', message: 'Nie ma już dostępu do tego miejsca.' }

export interface CallOptions {
  /** The mandate to act under; null leaves it out. */
  readonly as?: MandateId | null
}

/** This tab's view of the hub, from the door to the last event. index.ts has the one of the application. */
export class Live {
  readonly store = new Store()
  readonly talks = new Talks(this)
  readonly marks = new Marks(this)
  readonly drafts = new Drafts((channel) => this.isSecret(channel))
  readonly commands = new Commands(this.store, (channel) => this.isSecret(channel))
  /** Streams whose missing events are on their way: live ones will come again, after those. */
  readonly held = new Set<StreamId>()

  private readonly ids = new RequestIds()
  private readonly tabs = new Tabs((note) => this.hearTab(note))
  private readonly connector = new Connector({
    opened: () => this.start(),
    hear: (notices) => this.hear(notices),
    lost: () => this.lose(),
    unauthenticated: () => this.toDoor(this.store.get().me ? 'ended' : 'door'),
  })
  private isStarting = false
  private mustStartAgain = false
  private readonly waitingForWire = new Set<(wire: Wire | undefined) => void>()

  /** Once, when the page has loaded: takes up the session of the cookie, or goes to the door. */
  begin() {
    setInterval(() => this.store.change((state) => fadeTyping(state, Date.now())), 2_000)
    this.connector.begin()
  }

  /** The connection, once it is authenticated. */
  get wire(): Wire | undefined {
    return this.connector.wire
  }

  isSecret(channel: ChannelId): boolean {
    const { channels, conversations } = this.store.get()
    return (channels.get(channel)?.channel ?? conversations.get(channel)?.channel)?.sealed ?? true
  }

  // The door

  async enter<Route extends 'POST /session/second-factor' | 'POST /session/enter-as'>(
    route: Route,
    body: Routes[Route]['body'],
  ): Promise<Result<Routes[Route]['answer']>> {
    const result = await knock(route, body)
    if (result.ok) this.entered(result.value)
    return result
  }

  /** Login and password: a session, or the question for a second factor. */
  async signIn(body: Routes['POST /session/sign-in']['body']): Promise<Result<SignInAnswer>> {
    const result = await knock('POST /session/sign-in', body)
    if (result.ok && result.value.session) this.entered(result.value.session)
    return result
  }

  private entered(session: SignedIn) {
    this.tabs.tell({ kind: 'entered', person: session.person })
    this.restart()
  }

  /** Nothing changes where the hub cannot be told. */
  async signOut(): Promise<Result<Record<never, never>>> {
    this.connector.leave() // the hub's own notice of the end comes first, and is no news
    const result = await knock('POST /session/sign-out', {})
    if (!result.ok) {
      this.lose()
      this.connector.connect()
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
    { as }: CallOptions = {},
  ): Promise<Result<Methods[Name]['answer']>> {
    if (isWriting(method)) return this.command(method, params, as === undefined ? this.store.get().actingAs : as)
    const until = Date.now() + readingPatience
    for (;;) {
      const wire = await this.whenConnected(until - Date.now())
      if (!wire) return refused(this.store.get().connection.status === 'signed_out' ? unauthenticated : offline)
      const result = await wire.call(method, params, { as: as ?? undefined })
      if (result.ok || result.problem.code !== 'offline' || Date.now() >= until) return result
    }
  }

  retryPending(id: RequestId) {
    const command = this.store.get().pending.get(id)
    if (command?.status !== 'refused') return
    this.commands.discard(id)
    void this.command(command.method, command.params, command.as ?? null)
  }

  setActingAs(mandate: MandateId | undefined) {
    this.store.change((state) => ({ ...state, actingAs: mandate }))
  }

  private command<Name extends keyof Methods>(
    method: Name,
    params: Methods[Name]['params'],
    as: MandateId | null | undefined,
  ): Promise<Result<Methods[Name]['answer']>> {
    if (!this.store.get().me) return Promise.resolve(refused(unauthenticated))
    return new Promise((resolve) => {
      this.commands.add(commandOf(this.ids.next(), method, params, as ?? undefined), (result) =>
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

  // Starting: what there is, and what was missed

  /** Asks anew what there is; afterwards every open conversation gets what it missed. */
  start() {
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
      else this.startLater(wire, answer.problem)
    })
  }

  private startLater(wire: Wire, { retryAfterMs }: Problem) {
    setTimeout(() => this.wire === wire && this.start(), retryAfterMs ?? this.connector.backoff.next())
  }

  private started(started: Started, wire: Wire) {
    this.connector.backoff.reset()
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
    const streams: { stream: StreamId; cursor: string }[] = []
    for (const [id, { cursor }] of behind)
      if (cursor === undefined) this.talks.open(id)
      else streams.push({ stream: streamOf(id), cursor })
    if (streams.length === 0) return
    for (const { stream } of streams) this.held.add(stream)
    wire.ask('streams.resume', { streams }, {}, (answer) => {
      if (this.wire !== wire) return
      for (const { stream } of streams) this.held.delete(stream)
      if (answer.ok) this.resumed(answer.value)
      else this.startLater(wire, answer.problem)
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
        if (notice.params.kind === 'read') this.marks.countAgain(notice.params.stream as string as ChannelId)
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
        return this.connector.comeBackAfter(notice.params.retry_after_ms)
      case 'session.ended':
        return this.toDoor('ended')
    }
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
      this.talks.lose(channel.id, mayReopen ? 'loading' : 'gone')
    }
    if (mayReopen && channels.has(stream as string as ChannelId)) return
    for (const { channel } of lost)
      this.commands.forget((call) => 'channel' in call.params && call.params.channel === channel.id, noAccess)
    this.store.change((state) => {
      const left = new Map(state.channels)
      for (const { channel } of lost) left.delete(channel.id)
      const teams = new Map(state.teams)
      teams.delete(stream as string as TeamId)
      return { ...state, channels: left, teams, memberships: state.memberships.filter(({ team }) => !isOf(team)) }
    })
    this.drafts.keepOnly((channel) => this.store.get().channels.has(channel))
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

  private lose() {
    this.commands.loseWire()
    this.held.clear()
    this.isStarting = false
    this.store.change((state) =>
      state.connection.status === 'on'
        ? { ...state, connection: { status: 'reconnecting', since: Date.now() } }
        : state,
    )
  }

  /** Somebody is signed in now, perhaps somebody else: from nothing. */
  private restart() {
    this.leave({ status: 'starting', since: Date.now() })
    this.connector.connect()
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
    this.connector.leave()
    this.lose()
    this.marks.forget()
    this.store.change(() => emptyState(connection))
    this.commands.abandon(unauthenticated)
    for (const settle of [...this.waitingForWire]) settle(undefined)
  }
}
