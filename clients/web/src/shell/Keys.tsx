import { lazy, Suspense, useEffect, useRef } from 'react'
import { useSettings } from '../settings/state'
import { Dialog } from '../ui'
import { showKeys, showNothing, showPalette, useOpen } from './open'
import { at, go } from './route'
import { texts } from './texts.pl'

const Palette = lazy(async () => ({ default: (await import('./Palette')).Palette }))

const places: Record<string, string> = { t: at.week, r: at.channels, z: at.teams, u: at.settings }
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** Keys that work everywhere, and what they open. */
export function Keys() {
  const { singleKeys } = useSettings()
  const open = useOpen()
  const wasG = useRef(0)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        return showPalette()
      }
      if (!singleKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]')) return
      const place = places[event.key]
      if (event.key === '?') showKeys()
      else if (event.key === 'g') wasG.current = Date.now()
      else if (place && Date.now() - wasG.current < 1500) go(place)
      else return
      if (event.key !== 'g') wasG.current = 0
      event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [singleKeys])

  if (open === 'palette')
    return (
      <Suspense fallback={null}>
        <Palette onClose={showNothing} />
      </Suspense>
    )
  if (open === 'keys')
    return (
      <Dialog title={texts.shortcuts} onClose={showNothing} isText>
        <p className="muted">{texts.shortcutsLead}</p>
        <dl className="keys">
          {texts.shortcutList.map(([keys, words]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    )
  return null
}
