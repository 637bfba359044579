import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useExplanation } from '../access/readers'
import {
  type Channel,
  type InstitutionId,
  type MandateId,
  type Message,
  type PersonId,
  postMessage,
  type Topic,
  type TopicId,
  tellTyping,
  useDraft,
  useLive,
} from '../live'
import { type Settings, useSettings } from '../settings/state'
import { markSeen } from '../shell/tourSteps'
import { Button, IconButton, Menu, Select } from '../ui'
import { At, More, Phone, Reply, Send, X } from '../ui/icons'
import { byName } from '../ui/words'
import { AudienceStrip } from './AudienceStrip'
import { BehalfDialog } from './BehalfDialog'
import { type Book, isNarrow } from './book'
import { useIntent } from './intent'
import { MentionBox } from './MentionBox'
import { found, mentionAt, mentioned, type Named } from './mention'
import { NarrowDialog } from './NarrowDialog'
import { texts } from './texts.pl'

const longest = 10_000

type Props = {
  channel: Channel
  topics: readonly Topic[]
  topic: TopicId | undefined
  book: Book
  own: InstitutionId | undefined
  as: MandateId | null
  messageOf: (id: string) => Message | undefined
  /** A message somebody asked to answer; taken once. */
  answering: Message | null
  onAnsweringTaken: () => void
  onSent: () => void
}

/** Where one writes. The strip above says who will read it; nothing typed here is ever lost. */
export function Composer({
  channel,
  topics,
  topic,
  book,
  own,
  as,
  messageOf,
  answering,
  onAnsweringTaken,
  onSent,
}: Props) {
  const settings = useSettings()
  const key = `${channel.id}/${topic ?? 'wszystkie'}`
  const [text, setText, clearText] = useDraft(key, { channel: channel.id })
  const [intent, changeIntent, clearIntent] = useIntent(key, channel.id)
  const [chosenTopic, setChosenTopic] = useState<TopicId | null>(null)
  const [isNarrowing, setNarrowing] = useState(false)
  const [isBehalf, setBehalf] = useState(false)
  const [isTopicMissing, setTopicMissing] = useState(false)
  const isOn = useLive((state) => state.connection.status === 'on')
  const field = useRef<HTMLTextAreaElement>(null)
  const hintId = useId()

  const answered = intent.replyTo ? messageOf(intent.replyTo) : undefined
  const base = answered && isNarrow(answered.audience) ? answered.audience : undefined
  const reading = useExplanation({ channel: channel.id, audience: intent.audience ?? base })
  const widest = useExplanation(isNarrowing ? { channel: channel.id, audience: base } : null)
  const readers = useReaders(reading.explanation?.readers)
  const mention = useMention(text, setText, readers, field)
  const target = topic ?? answered?.topic ?? chosenTopic ?? undefined
  const over = [...text].length - longest

  useEffect(() => {
    if (!answering) return
    changeIntent({ replyTo: answering.id, audience: undefined })
    field.current?.focus()
    onAnsweringTaken()
  }, [answering, changeIntent, onAnsweringTaken])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the field is as high as its text
  useLayoutEffect(() => {
    const box = field.current
    if (!box) return
    box.style.height = 'auto'
    box.style.height = `${Math.min(box.scrollHeight + 2, 240)}px`
  }, [text])

  const send = () => {
    const words = text.trim()
    if (!words || over > 0) return
    if (!target) return setTopicMissing(true)
    postMessage(
      {
        channel: channel.id,
        topic: target,
        text: words,
        mentions: mentioned(words, readers).map((person) => person.id as PersonId),
        reply_to: intent.replyTo,
        audience: intent.audience,
        on_behalf_of: intent.behalf?.person,
        way: intent.behalf?.way,
      },
      { as },
    )
    if (intent.audience) markSeen('narrow')
    clearText()
    clearIntent()
    setTopicMissing(false)
    onSent()
    field.current?.focus()
  }
  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || mention.keyDown(event)) return
    if (event.key === 'Enter') {
      const withCtrl = event.ctrlKey || event.metaKey
      if (withCtrl || (settings.send === 'enter' && !event.shiftKey)) {
        event.preventDefault()
        send()
      }
    } else if (event.key === 'Escape' && intent.replyTo) changeIntent({ replyTo: undefined, audience: undefined })
  }
  const colleagues = useColleagues(own, book.me)
  return (
    <section className={`composer${intent.audience || base ? ' composer-narrow' : ''}`} aria-label={texts.composer}>
      {mention.list ? <MentionBox {...mention.list} /> : null}
      <AudienceStrip
        answer={reading}
        audience={intent.audience ?? base}
        book={book}
        onNarrow={() => setNarrowing(true)}
        onWiden={intent.audience ? () => changeIntent({ audience: undefined }) : undefined}
      />
      {answered || intent.replyTo ? (
        <div className="composer-line">
          <Reply />
          <p>
            <strong>{texts.replyingTo(answered ? book.person(answered.author.person) : '…')}</strong>
            <span className="composer-quote">{answered?.text}</span>
          </p>
          <IconButton
            label={texts.stopReplying}
            icon={<X />}
            onPress={() => changeIntent({ replyTo: undefined, audience: undefined })}
          />
        </div>
      ) : null}
      {intent.behalf ? (
        <div className="composer-line">
          <Phone />
          <p>
            <strong>{texts.behalfLine(book.person(intent.behalf.person), texts.way[intent.behalf.way])}</strong>
          </p>
          <IconButton label={texts.behalfStop} icon={<X />} onPress={() => changeIntent({ behalf: undefined })} />
        </div>
      ) : null}
      <div className="composer-field">
        <textarea
          ref={field}
          className="composer-text"
          rows={1}
          value={text}
          aria-label={answered ? texts.replyPlaceholder : texts.write}
          aria-describedby={hintId}
          aria-autocomplete="list"
          aria-controls={mention.list?.id}
          aria-activedescendant={
            mention.list && mention.list.people.length > 0 ? `${mention.list.id}-${mention.list.active}` : undefined
          }
          placeholder={answered ? texts.replyPlaceholder : texts.writePlaceholder(channel.name)}
          onChange={(event) => {
            setText(event.target.value)
            mention.look(event.target)
            if (target) tellTyping(channel.id, target)
          }}
          onKeyDown={keyDown}
          onClick={(event) => mention.look(event.currentTarget)}
          onBlur={mention.close}
        />
      </div>
      <div className="composer-actions">
        {!topic && !answered ? (
          <div className="composer-topic">
            <Select<TopicId>
              label={texts.topic}
              hideLabel
              placeholder={texts.chooseTopic}
              options={topics.map((one) => ({ value: one.id, label: one.name }))}
              value={chosenTopic}
              onChange={(next) => {
                setChosenTopic(next)
                setTopicMissing(false)
              }}
              error={isTopicMissing ? texts.chooseTopic : undefined}
            />
          </div>
        ) : null}
        <IconButton label={texts.mention} icon={<At />} onPress={mention.begin} />
        {colleagues.length > 0 ? (
          <Menu
            trigger={<IconButton label={texts.more} icon={<More />} />}
            label={texts.more}
            items={[{ id: 'behalf', label: texts.behalf, icon: <Phone /> }]}
            onAction={() => setBehalf(true)}
          />
        ) : null}
        <p
          className={`composer-hint${over > 0 ? ' field-error' : ''}`}
          id={hintId}
          role={over > 0 ? 'alert' : undefined}
        >
          {hintOf(over, isOn, settings.send, channel.sealed)}
        </p>
        <Button kind="primary" icon={<Send />} isDisabled={!text.trim() || over > 0} onPress={send}>
          {texts.send}
        </Button>
      </div>
      {isNarrowing && widest.explanation ? (
        <NarrowDialog
          channel={channel.id}
          widest={widest.explanation}
          isReply={base !== undefined}
          base={base}
          audience={intent.audience}
          own={own}
          onChoose={(audience) => changeIntent({ audience })}
          onClose={() => setNarrowing(false)}
        />
      ) : null}
      {isBehalf ? (
        <BehalfDialog
          people={colleagues}
          onChoose={(behalf) => changeIntent({ behalf })}
          onClose={() => setBehalf(false)}
        />
      ) : null}
    </section>
  )
}

function hintOf(over: number, isOn: boolean, send: Settings['send'], isSealed: boolean): string {
  if (over > 0) return texts.tooLong(over)
  if (!isOn) return texts.offlineHint
  if (isSealed) return texts.sealedDraft
  return send === 'enter' ? texts.sendHintEnter : texts.sendHintCtrl
}

function useReaders(readers: readonly { person: PersonId; institution: InstitutionId }[] | undefined): Named[] {
  const people = useLive((state) => state.people)
  const institutions = useLive((state) => state.institutions)
  const me = useLive((state) => state.me?.person.id)
  return useMemo(
    () =>
      (readers ?? [])
        .filter((reader) => reader.person !== me)
        .map((reader) => ({
          id: reader.person,
          name: people.get(reader.person)?.name ?? '',
          where: institutions.get(reader.institution)?.short_name ?? '',
        })),
    [readers, people, institutions, me],
  )
}

/** People whose answers one may take down: those who act for the same institution. */
function useColleagues(own: InstitutionId | undefined, me: PersonId | undefined) {
  const mandates = useLive((state) => state.mandates)
  const people = useLive((state) => state.people)
  return useMemo(() => {
    const ids = new Set(
      [...mandates.values()].filter((mandate) => mandate.institution === own).map((mandate) => mandate.person),
    )
    return [...ids].flatMap((id) => (id === me ? [] : (people.get(id) ?? []))).sort(byName)
  }, [mandates, people, own, me])
}

type Field = { current: HTMLTextAreaElement | null }

/** The list of people under "@": opened by typing it or by the button, moved through by arrows. */
function useMention(text: string, setText: (text: string) => void, people: readonly Named[], field: Field) {
  const [open, setOpen] = useState<{ from: number; query: string } | null>(null)
  const [active, setActive] = useState(0)
  const id = useId()
  const hits = open ? found(people, open.query) : []
  const look = (box: HTMLTextAreaElement) => {
    setOpen(mentionAt(box.value, box.selectionStart))
    setActive(0)
  }
  const put = (words: string, from: number, to: number) => {
    setText(text.slice(0, from) + words + text.slice(to))
    const cursor = from + words.length
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(cursor, cursor)
    })
  }
  const choose = (person: Named) => {
    if (!open) return
    put(`@${person.name} `, open.from, open.from + 1 + open.query.length)
    setOpen(null)
  }
  const begin = () => {
    const cursor = field.current?.selectionStart ?? text.length
    const mark = cursor > 0 && !/\s/.test(text.charAt(cursor - 1)) ? ' @' : '@'
    put(mark, cursor, cursor)
    setOpen({ from: cursor + mark.length - 1, query: '' })
    setActive(0)
  }
  const keyDown = (event: KeyboardEvent): boolean => {
    if (!open) return false
    const person = hits[active]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : hits.length - 1
      setActive((active + step) % Math.max(hits.length, 1))
    } else if ((event.key === 'Enter' || event.key === 'Tab') && person && !event.ctrlKey && !event.metaKey)
      choose(person)
    else if (event.key === 'Escape') setOpen(null)
    else return false
    event.preventDefault()
    return true
  }
  const list =
    open && (hits.length > 0 || open.query.length < 3)
      ? { id, people: hits, active, onChoose: choose, onPoint: setActive }
      : null
  return { list, look, begin, keyDown, close: () => setOpen(null) }
}
