import { useSyncExternalStore } from 'react'
import { Button, IconButton } from './Button'
import { X } from './icons'
import { texts } from './texts.pl'
import './toast.css'

export type Toast = { id: number; words: string; action?: { label: string; run: () => void } }

let toasts: readonly Toast[] = []
let next = 1
const listeners = new Set<() => void>()

function change(to: readonly Toast[]) {
  toasts = to
  for (const listener of listeners) listener()
}
function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Says that something happened, for ten seconds, with at most one thing to do about it. Never the only place. */
export function tell(words: string, action?: Toast['action']) {
  const toast = { id: next++, words, action }
  change([...toasts.slice(-2), toast])
  setTimeout(() => dismiss(toast.id), 10_000)
}

function dismiss(id: number) {
  change(toasts.filter((toast) => toast.id !== id))
}

/** Where toasts appear; read out politely. */
export function ToastRegion() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <section className="toasts" aria-label={texts.notices} aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} className="toast">
          <span className="toast-words">{toast.words}</span>
          {toast.action ? (
            <Button
              kind="quiet"
              small
              onPress={() => {
                toast.action?.run()
                dismiss(toast.id)
              }}
            >
              {toast.action.label}
            </Button>
          ) : null}
          <IconButton label={texts.close} icon={<X />} onPress={() => dismiss(toast.id)} />
        </div>
      ))}
    </section>
  )
}
