import { type ChannelId, type TopicId, useLive } from '../live'
import { listed } from '../ui/words'
import type { Book } from './book'
import { texts } from './texts.pl'

/** Who is writing now. Its place is always there, so that nothing jumps. */
export function TypingLine({ channel, topic, book }: { channel: ChannelId; topic: TopicId | undefined; book: Book }) {
  const typing = useLive((state) => state.typing.get(channel))
  const names = (typing ?? []).filter((one) => !topic || one.topic === topic).map((one) => book.person(one.person))
  return (
    <p className="talk-typing" aria-hidden={names.length === 0}>
      {names.length === 0 ? '\u00a0' : names.length > 3 ? texts.typingMany : texts.typing(listed(names))}
    </p>
  )
}
