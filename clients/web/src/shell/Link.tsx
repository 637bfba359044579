import type { MouseEvent, ReactNode } from 'react'
import { go } from './route'

type Props = {
  to: string
  children: ReactNode
  className?: string
  current?: boolean
  label?: string
  onFollow?: () => void
}

/** A link inside the application: a real one, so that it opens in a new card as any other. */
export function Link({ to, children, className, current, label, onFollow }: Props) {
  const follow = (event: MouseEvent) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    event.preventDefault()
    go(to)
    onFollow?.()
  }
  return (
    <a href={to} onClick={follow} className={className} aria-current={current ? 'page' : undefined} aria-label={label}>
      {children}
    </a>
  )
}
