import { type FormEvent, useEffect, useState } from 'react'
import { type ChannelId, call, type Message, type MessageRevision, type Problem, type TopicId } from '../live'
import { useNow } from '../shell/now'
import { Banner, Button, Dialog, ErrorState, Form, LongText, Skeleton, Submit, TextField } from '../ui'
import { when } from '../ui/dates'
import type { Book } from './book'
import { Words } from './markup'
import { mentioned, type Named } from './mention'
import { texts } from './texts.pl'

type MessageDialog = { message: Message; book: Book; onClose: () => void }

/** A new wording of one's own message; the old one stays in its history. */
export function EditMessageDialog({ message, people, onClose }: MessageDialog & { people: readonly Named[] }) {
  const [text, setText] = useState(message.text)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isPending, setPending] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!text.trim()) return
    if (text.trim() === message.text) return onClose()
    setPending(true)
    const result = await call('channels.edit_message', {
      message: message.id,
      revision: message.revision,
      text: text.trim(),
      mentions: mentioned(text, people).map((person) => person.id as Message['author']['person']),
    })
    setPending(false)
    if (result.ok) onClose()
    else setProblem(result.problem)
  }
  return (
    <Dialog title={texts.edit} onClose={onClose} wide>
      {problem ? <Banner tone="danger">{problem.message}</Banner> : null}
      <Form onSubmit={save}>
        <LongText label={texts.editLabel} rows={6} value={text} onChange={setText} autoFocus />
        <div className="form-actions">
          <Submit isPending={isPending} isDisabled={!text.trim()}>
            {texts.save}
          </Submit>
          <Button onPress={onClose}>{texts.cancel}</Button>
        </div>
      </Form>
    </Dialog>
  )
}

/** Takes a message away from everybody; a trace stays. */
export function RemoveMessageDialog({ message, book, onClose }: MessageDialog) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isPending, setPending] = useState(false)
  const isOthers = (message.author.entered_by ?? message.author.person) !== book.me
  const remove = async () => {
    setPending(true)
    const result = await call('channels.delete_message', { message: message.id })
    setPending(false)
    if (result.ok) onClose()
    else setProblem(result.problem)
  }
  return (
    <Dialog
      alert
      title={texts.removeTitle}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{texts.keep}</Button>
          <Button kind="danger" isPending={isPending} onPress={remove}>
            {texts.remove}
          </Button>
        </>
      }
    >
      {isOthers ? <p>{texts.removeOther}</p> : null}
      <p>{texts.removeWords}</p>
      <blockquote className="words-quote">
        <Words text={message.text} names={[]} />
      </blockquote>
      {problem ? <Banner tone="danger">{problem.message}</Banner> : null}
    </Dialog>
  )
}

/** All wordings of a message, the newest first. */
export function HistoryDialog({ message, onClose }: MessageDialog) {
  const now = useNow()
  const [revisions, setRevisions] = useState<readonly MessageRevision[] | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    let isWanted = true
    call('channels.list_revisions', { message: message.id }).then((result) => {
      if (!isWanted) return
      if (result.ok) setRevisions([...result.value.revisions].reverse())
      else setProblem(result.problem)
    })
    return () => {
      isWanted = false
    }
  }, [message.id])
  return (
    <Dialog title={texts.historyTitle} onClose={onClose} wide>
      {!revisions && !problem ? <Skeleton rows={2} /> : null}
      {problem ? <ErrorState>{problem.message}</ErrorState> : null}
      <ol className="revisions">
        {(revisions ?? []).map((revision) => (
          <li key={revision.revision}>
            <h3>{texts.version(revision.revision, when(revision.at, now))}</h3>
            <Words text={revision.text} names={[]} />
          </li>
        ))}
      </ol>
    </Dialog>
  )
}

/** A new topic in a conversation. */
export function CreateTopicDialog({
  channel,
  onClose,
  onMade,
}: {
  channel: ChannelId
  onClose: () => void
  onMade: (topic: TopicId) => void
}) {
  const [name, setName] = useState('')
  const [error, setError] = useState<string | undefined>()
  const [isPending, setPending] = useState(false)
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return setError(texts.topicMissing)
    setPending(true)
    const result = await call('channels.create_topic', { channel, name: name.trim() })
    setPending(false)
    if (!result.ok) return setError(result.problem.message)
    const made = result.value.made[0]
    if (made) onMade(made as TopicId)
    onClose()
  }
  return (
    <Dialog title={texts.newTopic} onClose={onClose}>
      <Form onSubmit={add}>
        <TextField
          label={texts.topicName}
          hint={texts.newTopicLead}
          value={name}
          onChange={setName}
          error={error}
          maxLength={100}
          autoFocus
        />
        <div className="form-actions">
          <Submit isPending={isPending}>{texts.add}</Submit>
          <Button onPress={onClose}>{texts.cancel}</Button>
        </div>
      </Form>
    </Dialog>
  )
}
