// Generated from openrpc.json by tools/generate; do not edit.

type Id<Of extends string> = string & { readonly of: Of }
export type Uuid = string
/** ISO 8601 with offset. */
export type Instant = string
/** A day: 2026-11-24. */
export type CalendarDate = string
export type ChannelId = Id<'ChannelId'>
export type DeviceId = Id<'DeviceId'>
export type InstitutionId = Id<'InstitutionId'>
export type InvitationId = Id<'InvitationId'>
export type MandateId = Id<'MandateId'>
export type MessageId = Id<'MessageId'>
export type PasskeyId = Id<'PasskeyId'>
export type PersonId = Id<'PersonId'>
export type RecoveryId = Id<'RecoveryId'>
export type RememberedId = Id<'RememberedId'>
export type RequestId = Id<'RequestId'>
export type StreamId = Id<'StreamId'>
export type TeamId = Id<'TeamId'>
export type TopicId = Id<'TopicId'>

export type AcceptInvitation = {
  readonly token: string
  readonly login?: string
  readonly password?: string
  readonly passkey?: NewPasskey
  readonly device: string
}

export type Account = {
  readonly person: Person
  readonly institution?: InstitutionId
  readonly login?: string
  readonly administrator: boolean
  readonly second_factor: boolean
  readonly last_used_at?: Instant
  readonly closed_at?: Instant
}

export type Accounts = {
  readonly accounts: readonly Account[]
}

export type AskPasskeyChallenge = {
  readonly purpose: ChallengeFor
}

export type Audience = {
  readonly institutions: readonly InstitutionId[]
  readonly persons: readonly PersonId[]
}

export type Author = {
  readonly person: PersonId
  readonly mandate: MandateId
  readonly institution: InstitutionId
  readonly entered_by?: PersonId
  readonly way?: Way
}

export type Card = {
  readonly login: string
  readonly name: string
  readonly post: string
  readonly institution: string
  readonly sentence: string
}

export type ChallengeFor = 'sign_in' | 'step_up'

export type Channel = {
  readonly id: ChannelId
  readonly name: string
  readonly purpose: string
  readonly lane: Lane
  readonly team?: TeamId
  readonly institution?: InstitutionId
  readonly sealed: boolean
}

export type ChannelCreated = {
  readonly channel: Channel
}

export type ChannelKeyDestroyed = {
  readonly channel: ChannelId
}

export type ChannelMemberAdded = {
  readonly channel: ChannelId
  readonly person: PersonId
}

export type ChannelMemberRemoved = {
  readonly channel: ChannelId
  readonly person: PersonId
}

export type ChannelSnapshot = {
  readonly channel: Channel
  readonly topics: readonly Topic[]
  readonly listed: readonly PersonId[]
  readonly messages: readonly Message[]
  readonly has_older: boolean
}

export type ChannelState = {
  readonly channel: Channel
  readonly cursor: string
  readonly read?: string
  readonly unread: number
  readonly mentions: number
}

export type CodeSheet = {
  readonly codes: readonly string[]
}

export type ConfirmFactor = {
  readonly way: Factor
  readonly code: string
}

export type Device = {
  readonly id: DeviceId
  readonly name: string
  readonly signed_in_at: Instant
  readonly last_used_at: Instant
  readonly current: boolean
  readonly level: SessionLevel
  readonly locked: boolean
  readonly remembered: boolean
}

export type Devices = {
  readonly devices: readonly Device[]
  readonly remembered: readonly RememberedDevice[]
}

export type Doors = {
  readonly demonstration: boolean
  readonly cards: readonly Card[]
}

export type Drain = {
  readonly retry_after_ms: number
}

export type Ended = {
  readonly locked: boolean
}

export type EnterAs = {
  readonly login: string
  readonly device: string
}

export type ErrorData = {
  readonly code: string
  readonly rule?: string
  readonly field?: string
  readonly expected?: string
  readonly retry_after_ms?: number
}

export type Event = {
  readonly stream: StreamId
  readonly cursor: string
  readonly kind: string
  readonly author: Author
  readonly at: Instant
  readonly request?: RequestId
  readonly event: unknown
}

export type Explanation = {
  readonly readable: boolean
  readonly reasons: readonly Reason[]
  readonly readers: readonly Reader[]
  readonly institutions: number
}

export type Factor = 'password' | 'totp' | 'code_card' | 'recovery_code' | 'passkey' | 'pin'

export type Institution = {
  readonly id: InstitutionId
  readonly name: string
  readonly short_name: string
  readonly kind: InstitutionKind
  readonly town: string
}

export type InstitutionAdmitted = {
  readonly institution: Institution
  readonly membership: Membership
}

export type InstitutionKind = 'welfare_centre' | 'family_centre' | 'labour_office' | 'ngo' | 'regional_centre' | 'regional_labour_office' | 'social_services_centre' | 'integration_centre' | 'counselling_centre' | 'police' | 'probation_service' | 'school' | 'health' | 'authority' | 'commission' | 'workshop' | 'other'

export type InstitutionList = {
  readonly institutions: readonly Institution[]
}

export type Invitation = {
  readonly id: InvitationId
  readonly purpose: InvitationPurpose
  readonly person: Person
  readonly made_by: PersonId
  readonly made_at: Instant
  readonly until: Instant
  readonly used_at?: Instant
  readonly revoked_at?: Instant
}

export type InvitationPurpose = 'invitation' | 'recovery'

export type InvitationShown = {
  readonly purpose: InvitationPurpose
  readonly name: string
  readonly institution: string
  readonly login?: string
  readonly until: Instant
  readonly second_factor_required: boolean
  readonly passkey: PasskeyOffer
}

export type InvitationToken = {
  readonly token: string
}

export type Invitations = {
  readonly invitations: readonly Invitation[]
}

export type Lane = 'all' | 'announcements' | 'heads' | 'animators' | 'listed' | 'institution'

export type Link = {
  readonly token: string
  readonly path: string
  readonly until: Instant
}

export type Locked = {
  readonly locked: boolean
}

export type Made = {
  readonly made: readonly Uuid[]
  readonly cursor?: string
}

export type Mandate = {
  readonly id: MandateId
  readonly person: PersonId
  readonly institution: InstitutionId
  readonly team?: TeamId
  readonly role: Role
  readonly decision_maker: boolean
  readonly from: Instant
  readonly until?: Instant
}

export type MandateEnded = {
  readonly mandate: Mandate
}

export type MandateGiven = {
  readonly person: Person
  readonly mandate: Mandate
}

export type Membership = {
  readonly team: TeamId
  readonly institution: InstitutionId
  readonly mode: MembershipMode
  readonly from: Instant
  readonly until?: Instant
}

export type MembershipMode = 'active' | 'supporting' | 'suspended' | 'guest'

export type Message = {
  readonly id: MessageId
  readonly channel: ChannelId
  readonly topic: TopicId
  readonly cursor: string
  readonly author: Author
  readonly at: Instant
  readonly audience: Audience
  readonly text: string
  readonly mentions: readonly PersonId[]
  readonly reply_to?: MessageId
  readonly revision: number
  readonly edited_at?: Instant
  readonly deleted_at?: Instant
  readonly unreadable: boolean
}

export type MessageDeleted = {
  readonly message: Message
}

export type MessageEdited = {
  readonly message: Message
}

export type MessagePosted = {
  readonly message: Message
}

export type MessageRevision = {
  readonly revision: number
  readonly text: string
  readonly at: Instant
  readonly author: Author
}

export type MyFactors = {
  readonly person: Person
  readonly login: string
  readonly level: SessionLevel
  readonly second_factor_required: boolean
  readonly fresh_until?: Instant
  readonly password: boolean
  readonly totp: boolean
  readonly code_card: number
  readonly recovery_codes: number
  readonly passkeys: readonly Passkey[]
  readonly pin: boolean
}

export type NewPasskey = {
  readonly client_data: string
  readonly authenticator_data: string
  readonly name: string
}

export type Nothing = Record<never, never>

export type Opened = {
  readonly stream: StreamId
  readonly cursor: string
  readonly snapshot?: Snapshot
  readonly events: readonly Event[]
}

export type Page = {
  readonly messages: readonly Message[]
  readonly has_older: boolean
}

export type Passkey = {
  readonly id: PasskeyId
  readonly name: string
  readonly made_at: Instant
  readonly last_used_at?: Instant
}

export type PasskeyAnswer = {
  readonly credential: string
  readonly client_data: string
  readonly authenticator_data: string
  readonly signature: string
}

export type PasskeyChallenge = {
  readonly challenge: string
  readonly rp_id: string
  readonly allow: readonly string[]
  readonly timeout_ms: number
}

export type PasskeyOffer = {
  readonly challenge: string
  readonly rp_id: string
  readonly rp_name: string
  readonly user_id: string
  readonly user_name: string
  readonly user_display_name: string
  readonly exclude: readonly string[]
  readonly algorithms: readonly number[]
  readonly timeout_ms: number
}

export type PasskeySignIn = {
  readonly passkey: PasskeyAnswer
  readonly device: string
}

export type PeopleList = {
  readonly people: readonly Person[]
}

export type Person = {
  readonly id: PersonId
  readonly name: string
  readonly post: string
}

export type Reader = {
  readonly person: PersonId
  readonly institution: InstitutionId
}

export type Reason = {
  readonly gate: string
  readonly holds: boolean
  readonly mandate?: MandateId
  readonly institution?: InstitutionId
  readonly from?: Instant
  readonly until?: Instant
  readonly sentence: string
}

export type Recoveries = {
  readonly recoveries: readonly Recovery[]
}

export type Recovery = {
  readonly id: RecoveryId
  readonly person: Person
  readonly started_by: PersonId
  readonly started_at: Instant
  readonly reason: string
  readonly until: Instant
}

export type RememberedDevice = {
  readonly id: RememberedId
  readonly name: string
  readonly made_at: Instant
  readonly last_used_at: Instant
  readonly until: Instant
  readonly current: boolean
}

export type ResumeAnswer = {
  readonly streams: readonly Resumed[]
}

export type Resumed = {
  readonly stream: StreamId
  readonly opened?: Opened
  readonly code?: string
}

export type Resync = {
  readonly streams: readonly StreamId[]
}

export type Revisions = {
  readonly revisions: readonly MessageRevision[]
}

export type Role = 'head' | 'animator' | 'member' | 'contact_person' | 'councillor' | 'authority' | 'regional_adviser' | 'supervisor' | 'observer' | 'guest'

export type RoleRow = {
  readonly role: Role
  readonly may: readonly string[]
}

export type RoleTable = {
  readonly roles: readonly RoleRow[]
}

export type SecondFactor = {
  readonly attempt: string
  readonly way: Factor
  readonly code: string
  readonly remember: boolean
}

export type SecondStep = {
  readonly attempt: string
  readonly until: Instant
  readonly ways: readonly Factor[]
}

export type SessionLevel = 'first' | 'full'

export type SessionState = {
  readonly signed_in: boolean
  readonly locked: boolean
  readonly level?: SessionLevel
  readonly name?: string
  readonly fresh_until?: Instant
  readonly second_factor_required: boolean
  readonly remembered: boolean
}

export type Setup = {
  readonly code: string
  readonly administrator_name: string
  readonly administrator_login: string
  readonly administrator_password: string
  readonly institution_name: string
  readonly institution_short_name: string
  readonly institution_kind: string
  readonly institution_town: string
  readonly head_name: string
  readonly head_login: string
  readonly head_password: string
}

export type SignIn = {
  readonly login: string
  readonly password: string
  readonly device: string
}

export type SignInAnswer = {
  readonly session?: SignedIn
  readonly second_step?: SecondStep
}

export type SignedIn = {
  readonly person: PersonId
  readonly device: DeviceId
  readonly until: Instant
  readonly level: SessionLevel
}

export type Snapshot = {
  readonly channel?: ChannelSnapshot
  readonly team?: TeamSnapshot
}

export type Started = {
  readonly now: Instant
  readonly person: Person
  readonly device: DeviceId
  readonly administrator: boolean
  readonly demonstration: boolean
  readonly mandates: readonly Mandate[]
  readonly institutions: readonly Institution[]
  readonly teams: readonly Team[]
  readonly memberships: readonly Membership[]
  readonly colleagues: readonly Mandate[]
  readonly people: readonly Person[]
  readonly channels: readonly ChannelState[]
  readonly streams: readonly StreamHead[]
  readonly present: readonly PersonId[]
}

export type StepUp = {
  readonly way: Factor
  readonly code?: string
  readonly passkey?: PasskeyAnswer
}

export type StreamHead = {
  readonly stream: StreamId
  readonly cursor: string
}

export type StreamPosition = {
  readonly stream: StreamId
  readonly cursor?: string
}

export type Team = {
  readonly id: TeamId
  readonly name: string
  readonly kind: TeamKind
  readonly variant: Variant
  readonly purpose: string
  readonly lead: InstitutionId
  readonly parent?: TeamId
}

export type TeamKind = 'partnership' | 'case_team' | 'regional' | 'steering' | 'working'

export type TeamSnapshot = {
  readonly team?: Team
  readonly institutions: readonly Institution[]
  readonly memberships: readonly Membership[]
  readonly mandates: readonly Mandate[]
  readonly people: readonly Person[]
  readonly channels: readonly Channel[]
}

export type Ticket = {
  readonly ticket: string
}

export type Topic = {
  readonly id: TopicId
  readonly channel: ChannelId
  readonly name: string
}

export type TopicCreated = {
  readonly topic: Topic
}

export type TotpOffer = {
  readonly secret: string
  readonly uri: string
  readonly until: Instant
}

export type Unlock = {
  readonly pin: string
}

export type Variant = 'rural' | 'urban_rural' | 'urban' | 'service_partnership'

export type Way = 'telephone' | 'paper' | 'in_person'

export type Whisper = {
  readonly stream: StreamId
  readonly kind: string
  readonly person: PersonId
  readonly topic?: TopicId
  readonly cursor?: string
}

export type Widened = {
  readonly streams: readonly StreamId[]
}

export type Wipe = {
  readonly stream: StreamId
  readonly reopen: boolean
}

export type WireError = {
  readonly code: number
  readonly message: string
  readonly data: ErrorData
}

/** Stable codes of problems. */
export type Code = 'bad_request' | 'conflict' | 'enrolment_required' | 'gate_closed' | 'internal' | 'invalid' | 'locked' | 'not_found' | 'parse_error' | 'rate_limited' | 'step_up_required' | 'too_large' | 'unauthenticated' | 'unavailable' | 'unknown_method'

/** What may be called. */
export interface Methods {
  /** Caller: the holder of a ticket. */
  'session.authenticate': { params: {
    readonly ticket: string
  }; answer: Nothing }
  /** Caller: anybody signed in. */
  'session.start': { params: Record<never, never>; answer: Started }
  /** Caller: an administrator; the head of the institution that the person will act for (T-10). */
  'identity.create_person': { params: {
    readonly institution: InstitutionId
    readonly name: string
    readonly post: string
    readonly login?: string
    readonly password?: string
  }; answer: Made }
  /** Caller: the person themselves. */
  'identity.change_password': { params: {
    readonly old_password?: string
    readonly new_password: string
  }; answer: Made }
  /** Caller: the person themselves. */
  'identity.list_devices': { params: Record<never, never>; answer: Devices }
  /** Caller: the person themselves. */
  'identity.sign_out_device': { params: {
    readonly device: DeviceId
  }; answer: Made }
  /** Caller: the person themselves. */
  'identity.sign_out_others': { params: Record<never, never>; answer: Made }
  /** Caller: the person themselves. */
  'identity.forget_device': { params: {
    readonly remembered: RememberedId
  }; answer: Made }
  /** Caller: the person themselves. */
  'identity.list_factors': { params: Record<never, never>; answer: MyFactors }
  /** Caller: the person themselves. */
  'identity.remove_factor': { params: {
    readonly way: Factor
    readonly passkey?: PasskeyId
  }; answer: Made }
  /** Caller: the person themselves. */
  'identity.set_pin': { params: {
    readonly pin?: string
  }; answer: Made }
  /** Caller: anybody signed in. */
  'session.touch': { params: Record<never, never>; answer: Nothing }
  /** Caller: an administrator; the head of the person's institution or one with its power of attorney (T-10). */
  'identity.invite_person': { params: {
    readonly person?: PersonId
    readonly institution?: InstitutionId
    readonly name?: string
    readonly post: string
  }; answer: Made }
  /** Caller: an administrator; whoever enters people of the institution. */
  'identity.list_invitations': { params: {
    readonly institution?: InstitutionId
  }; answer: Invitations }
  /** Caller: whoever made the invitation. */
  'identity.show_link': { params: {
    readonly invitation: InvitationId
  }; answer: Link }
  /** Caller: an administrator; whoever enters people of the institution. */
  'identity.revoke_invitation': { params: {
    readonly invitation: InvitationId
  }; answer: Made }
  /** Caller: whoever enters people of the person's institution; an administrator. */
  'identity.start_recovery': { params: {
    readonly person: PersonId
    readonly reason: string
  }; answer: Made }
  /** Caller: somebody else who enters people of the institution, its contact person, or an administrator. */
  'identity.confirm_recovery': { params: {
    readonly recovery: RecoveryId
  }; answer: Made }
  /** Caller: whoever may confirm in the institution; an administrator. */
  'identity.list_recoveries': { params: {
    readonly institution?: InstitutionId
  }; answer: Recoveries }
  /** Caller: an administrator; whoever enters people of the institution. */
  'identity.list_accounts': { params: {
    readonly institution?: InstitutionId
  }; answer: Accounts }
  /** Caller: an administrator; whoever enters people of the institution. */
  'identity.close_account': { params: {
    readonly person: PersonId
  }; answer: Made }
  /** Caller: an administrator; whoever enters people of the institution. */
  'identity.reopen_account': { params: {
    readonly person: PersonId
  }; answer: Made }
  /** Caller: an administrator. */
  'identity.make_administrator': { params: {
    readonly person: PersonId
  }; answer: Made }
  /** Caller: an administrator. */
  'identity.remove_administrator': { params: {
    readonly person: PersonId
  }; answer: Made }
  /** Caller: an administrator. */
  'teams.create_institution': { params: {
    readonly name: string
    readonly short_name: string
    readonly kind: InstitutionKind
    readonly town: string
    readonly head_name: string
    readonly head_post: string
    readonly head_login: string
    readonly head_password?: string
  }; answer: Made }
  /** Caller: the head of the lead institution. */
  'teams.create_team': { params: {
    readonly lead: InstitutionId
    readonly name: string
    readonly kind: TeamKind
    readonly variant: Variant
    readonly purpose: string
    readonly parent?: TeamId
  }; answer: Made }
  /** Caller: the team's animator. */
  'teams.admit_institution': { params: {
    readonly team: TeamId
    readonly institution: InstitutionId
    readonly mode: MembershipMode
  }; answer: Made }
  /** Caller: the institution's head or one with its power of attorney (T-10). */
  'teams.give_mandate': { params: {
    readonly person: PersonId
    readonly institution: InstitutionId
    readonly team?: TeamId
    readonly role: Role
    readonly decision_maker: boolean
    readonly act: string
    readonly from?: Instant
    readonly until?: Instant
  }; answer: Made }
  /** Caller: the institution's head or one with its power of attorney (T-10). */
  'teams.end_mandate': { params: {
    readonly mandate: MandateId
  }; answer: Made }
  /** Caller: a member of the team. */
  'teams.show_team': { params: {
    readonly team: TeamId
  }; answer: TeamSnapshot }
  /** Caller: an administrator; a head; a team's animator. */
  'teams.list_institutions': { params: Record<never, never>; answer: InstitutionList }
  /** Caller: an administrator; whoever acts for the institution. */
  'teams.list_people': { params: {
    readonly institution: InstitutionId
  }; answer: PeopleList }
  /** Caller: anybody signed in. */
  'teams.show_roles': { params: Record<never, never>; answer: RoleTable }
  /** Caller: the team's animator; the head of the institution for its own channels. */
  'channels.create_channel': { params: {
    readonly team?: TeamId
    readonly institution?: InstitutionId
    readonly name: string
    readonly purpose: string
    readonly lane: Lane
    readonly sealed: boolean
    readonly listed: readonly PersonId[]
  }; answer: Made }
  /** Caller: the team's animator who reads the channel; a listed member's own animator. */
  'channels.add_member': { params: {
    readonly channel: ChannelId
    readonly person: PersonId
  }; answer: Made }
  /** Caller: the team's animator who reads the channel; the member themselves. */
  'channels.remove_member': { params: {
    readonly channel: ChannelId
    readonly person: PersonId
  }; answer: Made }
  /** Caller: whoever may post here. */
  'channels.create_topic': { params: {
    readonly channel: ChannelId
    readonly name: string
  }; answer: Made }
  /** Caller: whoever may post here. */
  'channels.post_message': { params: {
    readonly channel: ChannelId
    readonly topic: TopicId
    readonly text: string
    readonly mentions: readonly PersonId[]
    readonly reply_to?: MessageId
    readonly audience?: Audience
    readonly on_behalf_of?: PersonId
    readonly way?: Way
  }; answer: Made }
  /** Caller: its author. */
  'channels.edit_message': { params: {
    readonly message: MessageId
    readonly revision: number
    readonly text: string
    readonly mentions: readonly PersonId[]
  }; answer: Made }
  /** Caller: its author; the team's animator. */
  'channels.delete_message': { params: {
    readonly message: MessageId
  }; answer: Made }
  /** Caller: whoever may read the channel. */
  'channels.list_messages': { params: {
    readonly channel: ChannelId
    readonly topic?: TopicId
    readonly before?: string
    readonly limit?: number
  }; answer: Page }
  /** Caller: whoever may read the message. */
  'channels.list_revisions': { params: {
    readonly message: MessageId
  }; answer: Revisions }
  /** Caller: whoever may read the channel. */
  'channels.mark_read': { params: {
    readonly channel: ChannelId
    readonly cursor: string
  }; answer: Made }
  /** Caller: whoever may post here. */
  'channels.typing': { params: {
    readonly channel: ChannelId
    readonly topic: TopicId
  }; answer: Nothing }
  /** Caller: the head of the lead institution, of the institution for its own channel. */
  'channels.destroy_key': { params: {
    readonly channel: ChannelId
  }; answer: Made }
  /** Caller: whoever may read the stream now. */
  'streams.open': { params: {
    readonly stream: StreamId
    readonly cursor?: string
  }; answer: Opened }
  /** Caller: whoever may read each stream now. */
  'streams.resume': { params: {
    readonly streams: readonly StreamPosition[]
  }; answer: ResumeAnswer }
  /** Caller: anybody signed in. */
  'streams.close': { params: {
    readonly stream: StreamId
  }; answer: Nothing }
  /** Caller: anybody signed in. */
  'streams.sync': { params: Record<never, never>; answer: Nothing }
  /** Caller: whoever may read the object. */
  'access.explain': { params: {
    readonly channel?: ChannelId
    readonly message?: MessageId
    readonly team?: TeamId
    readonly audience?: Audience
  }; answer: Explanation }
}

/** How a call must be treated: what writes and appends is repeated under its id until it is answered. */
export const effects = {
  'session.authenticate': 'live',
  'session.start': 'reads',
  'identity.create_person': 'writes',
  'identity.change_password': 'writes',
  'identity.list_devices': 'reads',
  'identity.sign_out_device': 'writes',
  'identity.sign_out_others': 'writes',
  'identity.forget_device': 'writes',
  'identity.list_factors': 'reads',
  'identity.remove_factor': 'writes',
  'identity.set_pin': 'writes',
  'session.touch': 'live',
  'identity.invite_person': 'writes',
  'identity.list_invitations': 'reads',
  'identity.show_link': 'reads',
  'identity.revoke_invitation': 'writes',
  'identity.start_recovery': 'writes',
  'identity.confirm_recovery': 'writes',
  'identity.list_recoveries': 'reads',
  'identity.list_accounts': 'reads',
  'identity.close_account': 'writes',
  'identity.reopen_account': 'writes',
  'identity.make_administrator': 'writes',
  'identity.remove_administrator': 'writes',
  'teams.create_institution': 'writes',
  'teams.create_team': 'writes',
  'teams.admit_institution': 'writes',
  'teams.give_mandate': 'writes',
  'teams.end_mandate': 'writes',
  'teams.show_team': 'reads',
  'teams.list_institutions': 'reads',
  'teams.list_people': 'reads',
  'teams.show_roles': 'reads',
  'channels.create_channel': 'writes',
  'channels.add_member': 'writes',
  'channels.remove_member': 'writes',
  'channels.create_topic': 'writes',
  'channels.post_message': 'appends',
  'channels.edit_message': 'writes',
  'channels.delete_message': 'writes',
  'channels.list_messages': 'looks',
  'channels.list_revisions': 'looks',
  'channels.mark_read': 'writes',
  'channels.typing': 'live',
  'channels.destroy_key': 'writes',
  'streams.open': 'looks',
  'streams.resume': 'looks',
  'streams.close': 'live',
  'streams.sync': 'live',
  'access.explain': 'reads',
} as const satisfies Record<keyof Methods, string>

/** What streams tell: by `Event.kind`. */
export interface Events {
  topic_created: TopicCreated
  message_posted: MessagePosted
  message_edited: MessageEdited
  message_deleted: MessageDeleted
  channel_member_added: ChannelMemberAdded
  channel_member_removed: ChannelMemberRemoved
  channel_key_destroyed: ChannelKeyDestroyed
  institution_admitted: InstitutionAdmitted
  mandate_given: MandateGiven
  mandate_ended: MandateEnded
  channel_created: ChannelCreated
}

/** What the hub says without being asked. */
export interface Notices {
  'streams.event': Event
  'streams.whisper': Whisper
  'streams.wipe': Wipe
  'streams.widened': Widened
  'streams.resync': Resync
  'session.drain': Drain
  'session.ended': Ended
}

/** What goes over HTTP before a socket exists. */
export interface Routes {
  'POST /session/sign-in': { body: SignIn; answer: SignInAnswer }
  'POST /session/second-factor': { body: SecondFactor; answer: SignedIn }
  'POST /session/passkey-challenge': { body: AskPasskeyChallenge; answer: PasskeyChallenge }
  'POST /session/passkey': { body: PasskeySignIn; answer: SignedIn }
  'POST /session/open-invitation': { body: InvitationToken; answer: InvitationShown }
  'POST /session/accept-invitation': { body: AcceptInvitation; answer: SignedIn }
  'GET /session/state': { body: Nothing; answer: SessionState }
  'POST /session/step-up': { body: StepUp; answer: SignedIn }
  'POST /session/lock': { body: Nothing; answer: Locked }
  'POST /session/unlock': { body: Unlock; answer: SignedIn }
  'POST /session/offer-totp': { body: Nothing; answer: TotpOffer }
  'POST /session/offer-code-card': { body: Nothing; answer: CodeSheet }
  'POST /session/confirm-factor': { body: ConfirmFactor; answer: SignedIn }
  'POST /session/offer-passkey': { body: Nothing; answer: PasskeyOffer }
  'POST /session/add-passkey': { body: NewPasskey; answer: SignedIn }
  'POST /session/make-recovery-codes': { body: Nothing; answer: CodeSheet }
  'POST /session/enter-as': { body: EnterAs; answer: SignedIn }
  'POST /session/ticket': { body: Nothing; answer: Ticket }
  'POST /session/sign-out': { body: Nothing; answer: Nothing }
  'POST /session/setup': { body: Setup; answer: Nothing }
  'POST /session/start-anew': { body: Nothing; answer: Nothing }
  'GET /session/doors': { body: Nothing; answer: Doors }
}
