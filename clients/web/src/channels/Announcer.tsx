import { useEffect, useRef, useState } from 'react'
import type { Message } from '../live'
import { markSeen } from '../shell/tourSteps'
import type { Book } from './book'
import { texts } from './texts.pl'

const pause = 5_000

/** Tells a screen reader of new messages: politely, once in five seconds, without taking the cursor. */
export function Announcer({ messages, book }: { messages: readonly Message[]; book: Book }) {
  const [words, setWords] = useState('')
  const last = useRef<string | undefined>(undefined)
  const collected = useRef<Message[]>([])
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  useEffect(() => {
    const newest = messages.at(-1)
    const before = messages.findIndex((message) => message.id === last.current)
    if (last.current !== undefined && before >= 0)
      collected.current.push(...messages.slice(before + 1).filter((message) => message.author.person !== book.me))
    last.current = newest?.id
    if (collected.current.length === 0 || timer.current !== undefined) return
    const speak = () => {
      const first = collected.current[0]
      if (first) {
        const count = collected.current.length
        markSeen('live')
        setWords(count === 1 ? texts.arrived(book.person(first.author.person)) : texts.arrivedMany(count))
        collected.current = []
        timer.current = setTimeout(speak, pause)
      } else timer.current = undefined
    }
    speak()
  }, [messages, book])
  useEffect(() => () => clearTimeout(timer.current), [])

  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {words}
    </div>
  )
}
