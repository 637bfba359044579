import { useCallback, useLayoutEffect, useRef, useState } from 'react'

type Options = {
  /** Changes whenever lines change. */
  version: unknown
  /** Changes when something is added at the end. */
  newest: string
  hasNewer: boolean
  onTop: () => void
  onBottom: () => void
  /** Where to begin: at the mark of what is new, or at the end. */
  startAt: 'new' | 'end'
}

const near = 48
/** How far before an end what lies beyond it is fetched. */
const early = 400

/**
 * Keeps what is read where it is while lines come and go around it: who is at the end stays at the end, who reads
 * further up keeps the same line at the same height.
 */
export function useStickyScroll({ version, newest, hasNewer, onTop, onBottom, startAt }: Options) {
  const ref = useRef<HTMLDivElement>(null)
  const anchor = useRef<{ row: Element; top: number } | null>(null)
  const started = useRef(false)
  const wasAtEnd = useRef(true)
  const lastNewest = useRef(newest)
  const [isAtEnd, setAtEnd] = useState(true)
  const [arrivedBelow, setArrivedBelow] = useState(0)

  const remember = useCallback(() => {
    const box = ref.current
    if (!box) return
    const top = box.getBoundingClientRect().top
    // Messages stay; the lines of days and topics between them come and go with what stands above.
    const row = [...box.querySelectorAll('.talk-list > li.talk-item')].find(
      (item) => item.getBoundingClientRect().bottom > top,
    )
    anchor.current = row ? { row, top: row.getBoundingClientRect().top } : null
  }, [])

  const toEnd = useCallback(() => {
    const box = ref.current
    if (!box) return
    box.scrollTop = box.scrollHeight
    wasAtEnd.current = true
    setAtEnd(true)
    setArrivedBelow(0)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: this runs exactly when lines changed
  useLayoutEffect(() => {
    const box = ref.current
    if (!box) return
    if (!started.current) {
      if (!box.querySelector('.talk-list > li')) return
      started.current = true
      const mark = startAt === 'new' ? box.querySelector('[data-new]') : null
      if (mark) mark.scrollIntoView({ block: 'center' })
      else box.scrollTop = box.scrollHeight
    } else if (wasAtEnd.current && !hasNewer) {
      box.scrollTop = box.scrollHeight
    } else if (anchor.current?.row.isConnected) {
      box.scrollTop += anchor.current.row.getBoundingClientRect().top - anchor.current.top
      if (lastNewest.current !== newest) setArrivedBelow((count) => count + 1)
    }
    lastNewest.current = newest
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < near
    wasAtEnd.current = atEnd
    setAtEnd(atEnd)
    remember()
  }, [version, newest, hasNewer])

  // A window that grows or shrinks, and a composer that grows under the list, leave the end in sight.
  useLayoutEffect(() => {
    const box = ref.current
    if (!box) return
    const observer = new ResizeObserver(() => {
      if (wasAtEnd.current) box.scrollTop = box.scrollHeight
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [])

  const onScroll = useCallback(() => {
    const box = ref.current
    if (!box) return
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < near
    wasAtEnd.current = atEnd
    setAtEnd(atEnd)
    if (atEnd) setArrivedBelow(0)
    remember()
    if (box.scrollTop < early) onTop()
    if (box.scrollHeight - box.scrollTop - box.clientHeight < early) onBottom()
  }, [remember, onTop, onBottom])

  return { ref, onScroll, isAtEnd, arrivedBelow, toEnd }
}
