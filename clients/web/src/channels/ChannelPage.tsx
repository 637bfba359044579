import { useCallback, useMemo, useState } from 'react'
import { WhoDialog, WhyDialog } from '../access/ExplainDialog'
import { texts as access } from '../access/texts.pl'
import { type Channel, type ChannelId, type Message, type TopicId, useConversation, useLive } from '../live'
import { useSettings } from '../settings/state'
import { placeOf, useActing, useRoles } from '../shell/acting'
import { Link } from '../shell/Link'
import { useNarrowScreen } from '../shell/narrowScreen'
import { at, go } from '../shell/route'
import { useTitle } from '../shell/title'
import { Button, Chip, EmptyState, ErrorState, IconButton, Menu, Select, Skeleton, tell } from '../ui'
import { ChevronLeft, Hash, Info, Lock, Megaphone, More, Plus, Shield, Users } from '../ui/icons'
import { useBook } from './book'
import { ChannelInfo } from './ChannelInfo'
import { Composer } from './Composer'
import { CreateTopicDialog, EditMessageDialog, HistoryDialog, RemoveMessageDialog } from './dialogs'
import { MessageList } from './MessageList'
import type { MessageAction } from './MessageRow'
import { useNamedReaders } from './namedReaders'
import { useReading } from './reading'
import { mayModerateIn, mayWriteIn } from './rights'
import { TopicColumn } from './TopicColumn'
import { TypingLine } from './TypingLine'
import { texts } from './texts.pl'
import './channels.css'

type Props = { id: ChannelId; topic: TopicId | undefined; marked: string | null }

/** One conversation. A sealed one is opened by a press, because each opening is recorded. */
export function ChannelPage({ id, topic, marked }: Props) {
  const channel = useLive((state) => state.channels.get(id)?.channel)
  const isStarted = useLive((state) => state.me !== null)
  const [opened, setOpened] = useState<ChannelId | null>(null)
  if (!channel && isStarted) return <Gone />
  if (channel?.sealed && opened !== id) return <Sealed channel={channel} onOpen={() => setOpened(id)} />
  return <Talk key={`${id}/${topic ?? ''}`} id={id} topic={topic} marked={marked} />
}

export function Gone() {
  return (
    <div className="channel-state">
      <EmptyState title={texts.goneTitle} action={<Link to={at.channels}>{texts.back}</Link>}>
        {texts.goneWords}
      </EmptyState>
    </div>
  )
}

function Sealed({ channel, onOpen }: { channel: Channel; onOpen: () => void }) {
  return (
    <div className="channel">
      <Head channel={channel} />
      <div className="channel-state">
        <EmptyState
          title={texts.sealedTitle}
          action={
            <Button kind="primary" icon={<Lock />} onPress={onOpen}>
              {texts.openSealed}
            </Button>
          }
        >
          {texts.sealedWords}
        </EmptyState>
      </div>
    </div>
  )
}

type Open =
  | { what: 'edit' | 'remove' | 'history' | 'why' | 'who'; message: Message }
  | { what: 'why' | 'who' | 'info' | 'topic'; message?: undefined }

function Talk({ id, topic, marked }: Props) {
  const talk = useConversation(id, topic)
  const entry = useLive((state) => state.channels.get(id))
  const channel = entry?.channel ?? talk.channel
  const place = useMemo(() => (channel ? placeOf(channel) : null), [channel])
  const roles = useRoles(place)
  const acting = useActing(place)
  const book = useBook()
  const settings = useSettings()
  const isNarrow = useNarrowScreen()
  const [open, setOpen] = useState<Open | null>(null)
  const [answering, setAnswering] = useState<Message | null>(null)
  const readers = useNamedReaders(open?.what === 'edit' ? open.message.id : null)

  const topicName = useCallback(
    (one: string) => talk.topics.find((known) => known.id === one)?.name ?? '',
    [talk.topics],
  )
  const onAction = useCallback(
    (action: MessageAction, message: Message) => act(action, message, setAnswering, setOpen),
    [],
  )
  const whole = useLive((state) => state.conversations.get(id)?.windows.get('all')?.messages) ?? talk.messages
  const onRead = useReading(id, whole, book.me)
  const withNew = useTopicsWithNew(talk.messages, talk.readAt, book.me)
  const onTopic = useCallback((one: string) => go(at.channel(id, one)), [id])

  if (talk.status === 'gone') return <Gone />
  if (!channel)
    return (
      <div className="channel-state">{talk.status === 'failed' ? <Failed talk={talk} /> : <Skeleton rows={6} />}</div>
    )
  const mayWrite = mayWriteIn(channel, roles)
  return (
    <div className="channel">
      <Head channel={channel} onOpen={(what) => setOpen({ what })} mayWrite={mayWrite} />
      <div className="channel-parts">
        {isNarrow ? null : (
          <TopicColumn
            channel={id}
            topics={talk.topics}
            topic={topic}
            withNew={withNew}
            mayWrite={mayWrite}
            onNew={() => setOpen({ what: 'topic' })}
          />
        )}
        <div className="talk">
          {isNarrow && talk.topics.length > 0 ? (
            <div className="talk-topic-select">
              <Select<string>
                label={texts.topic}
                hideLabel
                value={topic ?? 'wszystkie'}
                options={[
                  { value: 'wszystkie', label: texts.allTopics },
                  ...talk.topics.map((one) => ({ value: one.id as string, label: one.name })),
                ]}
                onChange={(one) => go(at.channel(id, one === 'wszystkie' ? undefined : one), { replace: true })}
              />
            </div>
          ) : null}
          {talk.status === 'loading' && talk.messages.length === 0 ? (
            <div className="talk-state">
              <Skeleton rows={6} />
            </div>
          ) : talk.status === 'failed' ? (
            <div className="talk-state">
              <Failed talk={talk} />
            </div>
          ) : talk.messages.length === 0 && talk.pending.length === 0 ? (
            <div className="talk-state">
              <Empty
                hasTopics={talk.topics.length > 0}
                mayWrite={mayWrite}
                onNewTopic={() => setOpen({ what: 'topic' })}
              />
            </div>
          ) : (
            <MessageList
              channel={id}
              talk={talk}
              book={book}
              showsTopics={!topic}
              topicName={topicName}
              onTopic={onTopic}
              mayWrite={mayWrite}
              mayModerate={mayModerateIn(channel, roles)}
              onAction={onAction}
              marked={marked}
              onRead={onRead}
              singleKeys={settings.singleKeys}
            />
          )}
          <TypingLine channel={id} topic={topic} book={book} />
          {mayWrite && talk.topics.length > 0 ? (
            <Composer
              channel={channel}
              topics={talk.topics}
              topic={topic}
              book={book}
              own={acting.mandate?.institution}
              as={acting.as}
              messageOf={(one) => talk.messages.find((message) => message.id === one)}
              answering={answering}
              onAnsweringTaken={() => setAnswering(null)}
              onSent={() => talk.hasNewer && talk.showNewest()}
            />
          ) : mayWrite ? null : (
            <p className="talk-read-only">
              {channel.lane === 'announcements' ? texts.cannotWriteAnnouncements : texts.cannotWrite}
            </p>
          )}
        </div>
      </div>
      <Dialogs
        open={open}
        channel={channel}
        book={book}
        readers={readers}
        listed={talk.listed}
        onClose={() => setOpen(null)}
      />
    </div>
  )
}

function act(action: MessageAction, message: Message, answer: (message: Message) => void, open: (what: Open) => void) {
  switch (action) {
    case 'reply':
      return answer(message)
    case 'link': {
      const address = window.location.origin + at.message(message.channel, message.id)
      navigator.clipboard.writeText(address).then(
        () => tell(texts.linkCopied),
        () => {
          go(at.message(message.channel, message.id), { replace: true })
          tell(texts.copyFailed)
        },
      )
      return
    }
    default:
      return open({ what: action, message })
  }
}

type HeadProps = { channel: Channel; onOpen?: (what: 'why' | 'who' | 'info' | 'topic') => void; mayWrite?: boolean }

function Head({ channel, onOpen, mayWrite }: HeadProps) {
  const place = useLive((state) =>
    channel.team
      ? state.teams.get(channel.team)?.name
      : channel.institution
        ? state.institutions.get(channel.institution)?.name
        : undefined,
  )
  useTitle(texts.title)
  const Sign = channel.sealed ? Lock : channel.lane === 'announcements' ? Megaphone : Hash
  return (
    <header className="channel-head">
      <Link to={at.channels} className="channel-back" label={texts.back}>
        <ChevronLeft />
      </Link>
      <div className="channel-head-words">
        <div className="channel-head-title">
          <Sign />
          <h1>{channel.name}</h1>
          <Chip>{texts.lane[channel.lane]}</Chip>
          {channel.sealed ? (
            <Chip tone="restricted" icon={<Lock />}>
              {texts.sealed}
            </Chip>
          ) : null}
        </div>
        <p className="channel-purpose">
          <span>{place}</span>
          {channel.purpose ? ` · ${channel.purpose}` : ''}
        </p>
      </div>
      {onOpen ? (
        <div className="channel-head-actions">
          <IconButton label={access.who} icon={<Users />} onPress={() => onOpen('who')} />
          <Menu
            trigger={<IconButton label={texts.more} icon={<More />} />}
            label={texts.more}
            items={[
              { id: 'info', label: texts.openInfo, icon: <Info /> },
              { id: 'why', label: access.why, icon: <Shield /> },
              ...(mayWrite ? [{ id: 'topic', label: texts.newTopic, icon: <Plus /> }] : []),
            ]}
            onAction={(what) => onOpen(what as 'why' | 'info' | 'topic')}
          />
        </div>
      ) : null}
    </header>
  )
}

function Failed({ talk }: { talk: ReturnType<typeof useConversation> }) {
  return (
    <ErrorState title={texts.failedTitle} onRetry={talk.retry}>
      {talk.problem?.message ?? ''}
    </ErrorState>
  )
}

function Empty({ hasTopics, mayWrite, onNewTopic }: { hasTopics: boolean; mayWrite: boolean; onNewTopic: () => void }) {
  if (!mayWrite) return <EmptyState title={texts.emptyTitle}>{texts.emptyRead}</EmptyState>
  if (hasTopics) return <EmptyState title={texts.emptyTitle}>{texts.emptyWords}</EmptyState>
  return (
    <EmptyState
      title={texts.noTopics}
      action={
        <Button kind="primary" icon={<Plus />} onPress={onNewTopic}>
          {texts.newTopic}
        </Button>
      }
    >
      {texts.noTopicsWords}
    </EmptyState>
  )
}

type DialogsProps = {
  open: Open | null
  channel: Channel
  book: ReturnType<typeof useBook>
  readers: ReturnType<typeof useNamedReaders>
  listed: ReturnType<typeof useConversation>['listed']
  onClose: () => void
}

function Dialogs({ open, channel, book, readers, listed, onClose }: DialogsProps) {
  if (!open) return null
  const { message } = open
  switch (open.what) {
    case 'info':
      return <ChannelInfo channel={channel} listed={listed} onClose={onClose} />
    case 'topic':
      return (
        <CreateTopicDialog channel={channel.id} onClose={onClose} onMade={(made) => go(at.channel(channel.id, made))} />
      )
    case 'why':
      return message ? (
        <WhyDialog title={access.whyMessage} asked={{ message: message.id }} onClose={onClose} />
      ) : (
        <WhyDialog title={access.whyChannel} asked={{ channel: channel.id }} onClose={onClose} />
      )
    case 'who':
      return message ? (
        <WhoDialog title={access.whoMessage} asked={{ message: message.id }} onClose={onClose} />
      ) : (
        <WhoDialog title={access.whoChannel} asked={{ channel: channel.id }} onClose={onClose} />
      )
    case 'edit':
      return <EditMessageDialog message={open.message} book={book} people={readers} onClose={onClose} />
    case 'remove':
      return <RemoveMessageDialog message={open.message} book={book} onClose={onClose} />
    case 'history':
      return <HistoryDialog message={open.message} book={book} onClose={onClose} />
  }
}

/** Topics in which something came after what was read. */
function useTopicsWithNew(
  messages: readonly Message[],
  readAt: string | undefined,
  me: string | undefined,
): ReadonlySet<string> {
  return useMemo(() => {
    const read = messages.findIndex((message) => message.cursor === readAt)
    if (read < 0) return new Set<string>()
    const after = messages
      .slice(read + 1)
      .filter((message) => (message.author.entered_by ?? message.author.person) !== me)
    return new Set<string>(after.map((message) => message.topic))
  }, [messages, readAt, me])
}
