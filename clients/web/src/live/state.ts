import type { ChannelsState } from '../channels/state'
import type { TeamsState } from '../teams/state'
import type {
  ChannelId,
  DeviceId,
  Instant,
  MandateId,
  Methods,
  Person,
  PersonId,
  RequestId,
  TopicId,
} from './protocol.gen'
import type { Problem } from './result'

export interface Connection {
  /** `signed_out`: show the door. `starting`: nothing is here yet. `reconnecting`: what is here may be old. */
  readonly status: 'signed_out' | 'starting' | 'on' | 'reconnecting'
  /** By this machine's clock, in ms. */
  readonly since: number
  /** Of `signed_out`: nobody has signed in yet, somebody signed out, or the session ended by itself. */
  readonly reason?: 'door' | 'signed_out' | 'ended'
}

export interface Me {
  readonly person: Person
  readonly device: DeviceId
  readonly administrator: boolean
  readonly demonstration: boolean
}

export interface Typing {
  readonly person: PersonId
  readonly topic: TopicId | undefined
  /** By this machine's clock, in ms. */
  readonly until: number
}

/** Why a channel that a screen wants is not in `conversations`. */
export interface Opening {
  /** `gone`: not there, or not for this person (the hub does not tell which, A-62). */
  readonly status: 'loading' | 'failed' | 'gone'
  readonly problem?: Problem
}

/** A writing call whose event has not come yet. */
export type Pending = {
  [Name in keyof Methods]: {
    readonly id: RequestId
    readonly method: Name
    readonly params: Methods[Name]['params']
    readonly as?: MandateId
    /** By this machine's clock, in ms. */
    readonly at: number
    /** `waiting`: for a connection. `refused`: kept, so that its text is not lost; retryPending or discardPending. */
    readonly status: 'sending' | 'waiting' | 'answered' | 'refused'
    readonly problem?: Problem
  }
}[keyof Methods]

export interface State extends TeamsState, ChannelsState {
  readonly connection: Connection
  readonly me: Me | null
  /** By the hub's clock; unread numbers hold everything up to here. */
  readonly startedAt: Instant
  readonly actingAs: MandateId | undefined
  readonly openings: ReadonlyMap<ChannelId, Opening>
  readonly present: ReadonlySet<PersonId>
  readonly typing: ReadonlyMap<ChannelId, readonly Typing[]>
  readonly pending: ReadonlyMap<RequestId, Pending>
}

/** Nothing is known: before the first start, and after sign-out. */
export function emptyState(connection: Connection): State {
  return {
    connection,
    me: null,
    startedAt: '',
    actingAs: undefined,
    teams: new Map(),
    institutions: new Map(),
    memberships: [],
    mandates: new Map(),
    people: new Map(),
    channels: new Map(),
    conversations: new Map(),
    openings: new Map(),
    present: new Set(),
    typing: new Map(),
    pending: new Map(),
  }
}
