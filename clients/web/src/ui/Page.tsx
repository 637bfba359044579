import type { ReactNode } from 'react'
import { Button } from './Button'
import { AlertTriangle, CheckCircle, Info, RefreshCw } from './icons'
import { texts } from './texts.pl'
import './page.css'

/** The title of a page, what it is about in a line, and at most a few things to do. */
export function PageHead({
  title,
  lead,
  tags,
  actions,
  before,
}: {
  title: string
  lead?: ReactNode
  tags?: ReactNode
  actions?: ReactNode
  before?: ReactNode
}) {
  return (
    <header className="page-head">
      {before}
      <div className="page-head-words">
        <div className="page-head-title">
          <h1>{title}</h1>
          {tags}
        </div>
        {lead ? <p className="muted">{lead}</p> : null}
      </div>
      {actions ? <div className="page-head-actions">{actions}</div> : null}
    </header>
  )
}

/** A page with a title and parts below each other. */
export function Page({ children, narrow }: { children: ReactNode; narrow?: boolean }) {
  return <div className={`page${narrow ? ' page-narrow' : ''}`}>{children}</div>
}

/** A part of a page on paper. */
export function Card({
  title,
  actions,
  children,
  id,
}: {
  title?: string
  actions?: ReactNode
  children: ReactNode
  id?: string
}) {
  return (
    <section className="card" id={id} aria-label={title}>
      {title ? (
        <header className="card-head">
          <h2>{title}</h2>
          {actions}
        </header>
      ) : null}
      {children}
    </section>
  )
}

type Tone = 'info' | 'ok' | 'warn' | 'danger'
const marks = { info: Info, ok: CheckCircle, warn: AlertTriangle, danger: AlertTriangle }

/** Something to know on this page: a sign, words, and what to do. */
export function Banner({
  tone = 'info',
  title,
  children,
  action,
}: {
  tone?: Tone
  title?: string
  children?: ReactNode
  action?: ReactNode
}) {
  const Mark = marks[tone]
  return (
    <div className={`banner banner-${tone}`} role={tone === 'danger' ? 'alert' : undefined}>
      <Mark />
      <div className="banner-words">
        {title ? <strong>{title}</strong> : null}
        {children ? <div>{children}</div> : null}
      </div>
      {action}
    </div>
  )
}

/** Nothing here: what will be here, and the one next step. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children ? <p className="muted">{children}</p> : null}
      {action}
    </div>
  )
}

/** It did not work: what happened, what stays safe, what to do. */
export function ErrorState({
  title = texts.errorTitle,
  children,
  onRetry,
  code,
}: {
  title?: string
  children: ReactNode
  onRetry?: () => void
  code?: string
}) {
  return (
    <div className="state" role="alert">
      <h2>{title}</h2>
      <p>{children}</p>
      {onRetry ? (
        <Button icon={<RefreshCw />} onPress={onRetry}>
          {texts.tryAgain}
        </Button>
      ) : null}
      {code ? <p className="meta">{texts.supportCode(code)}</p> : null}
    </div>
  )
}

/** The shape of what is coming; it shows itself only after a moment. */
export function Skeleton({ rows = 4, label = texts.loading }: { rows?: number; label?: string }) {
  return (
    <div className="skeleton" role="status" aria-busy="true">
      <span className="visually-hidden">{label}</span>
      {[...Array(rows).keys()].map((row) => (
        <div key={row} className="skeleton-row" aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </div>
  )
}

/** A word in a frame: a state, a role, an institution. */
export function Chip({
  tone = 'plain',
  icon,
  children,
}: {
  tone?: 'plain' | 'brand' | 'ok' | 'warn' | 'danger' | 'restricted'
  icon?: ReactNode
  children: ReactNode
}) {
  return (
    <span className={`chip chip-${tone}`}>
      {icon}
      {children}
    </span>
  )
}

/** A person: name, and the institution they act for. No pictures. */
export function NameTag({ name, institution, note }: { name: string; institution?: string; note?: string }) {
  return (
    <span className="name-tag">
      <span className="name-tag-name">{name}</span>
      {institution ? <span className="name-tag-institution">{institution}</span> : null}
      {note ? <span className="meta">{note}</span> : null}
    </span>
  )
}

/** How many wait, with words for those who cannot see the frame. */
export function Count({ number, label, strong }: { number: number; label: string; strong?: boolean }) {
  if (number === 0) return null
  return (
    <span className={`count${strong ? ' count-strong' : ''}`}>
      <span aria-hidden="true">{number > 99 ? '99+' : number}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  )
}
