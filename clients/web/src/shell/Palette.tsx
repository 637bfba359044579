import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { useLive } from '../live'
import { Dialog, SearchField } from '../ui'
import { compareWords, matches } from '../ui/words'
import { at, go } from './route'
import { texts } from './texts.pl'

type Found = { key: string; words: string; hint: string; kind: keyof typeof texts.paletteKinds; to: string }

/** One field for everything that has a name: pages, conversations, teams, institutions, people. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const id = useId()
  const all = useEverything()
  const hits = useMemo(
    () =>
      (query.trim()
        ? all.filter((one) => matches(`${one.words} ${one.hint}`, query))
        : all.filter((one) => one.kind === 'page' || one.kind === 'channel')
      ).slice(0, 12),
    [all, query],
  )
  const choose = (hit: Found | undefined) => {
    if (!hit) return
    onClose()
    go(hit.to)
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0))
    else if (event.key === 'Enter') choose(hits[active])
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={texts.paletteTitle} onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows of the field move in the list below it */}
      <div onKeyDown={keyDown} className="palette">
        <SearchField
          label={texts.paletteHint}
          placeholder={texts.paletteHint}
          value={query}
          onChange={(next) => {
            setQuery(next)
            setActive(0)
          }}
          autoFocus
          list={{ id, active: hits.length > 0 ? `${id}-${active}` : undefined }}
        />
        <div role="listbox" id={id} aria-label={texts.paletteTitle} className="palette-list" tabIndex={-1}>
          {hits.map((hit, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled around the field
            <div
              key={hit.key}
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === active}
              className={`mention-option${place === active ? ' is-active' : ''}`}
              onMouseEnter={() => setActive(place)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(hit)}
            >
              <span>
                {hit.words} <span className="meta">{hit.hint}</span>
              </span>
              <span className="meta">{texts.paletteKinds[hit.kind]}</span>
            </div>
          ))}
        </div>
        {hits.length === 0 ? <p className="muted">{texts.paletteEmpty}</p> : null}
      </div>
    </Dialog>
  )
}

function useEverything(): readonly Found[] {
  const channels = useLive((state) => state.channels)
  const teams = useLive((state) => state.teams)
  const institutions = useLive((state) => state.institutions)
  const people = useLive((state) => state.people)
  const mandates = useLive((state) => state.mandates)
  return useMemo(() => {
    const pages: Found[] = [
      { key: 'week', words: texts.week, hint: '', kind: 'page', to: at.week },
      { key: 'channels', words: texts.channels, hint: '', kind: 'page', to: at.channels },
      { key: 'teams', words: texts.teams, hint: '', kind: 'page', to: at.teams },
      { key: 'people', words: texts.people, hint: '', kind: 'page', to: at.people },
      { key: 'settings', words: texts.settings, hint: '', kind: 'page', to: at.settings },
      { key: 'help', words: texts.help, hint: '', kind: 'page', to: at.help },
    ]
    const found: Found[] = []
    for (const { channel } of channels.values()) {
      const place = channel.team
        ? teams.get(channel.team)?.name
        : channel.institution
          ? institutions.get(channel.institution)?.short_name
          : ''
      found.push({
        key: channel.id,
        words: channel.name,
        hint: place ?? '',
        kind: 'channel',
        to: at.channel(channel.id),
      })
    }
    for (const team of teams.values())
      found.push({ key: team.id, words: team.name, hint: '', kind: 'team', to: at.team(team.id) })
    for (const institution of institutions.values())
      found.push({
        key: institution.id,
        words: institution.short_name,
        hint: institution.name,
        kind: 'institution',
        to: at.institution(institution.id),
      })
    const places = new Map([...mandates.values()].map((mandate) => [mandate.person, mandate.institution]))
    for (const person of people.values()) {
      const place = places.get(person.id)
      const institution = place ? institutions.get(place) : undefined
      found.push({
        key: person.id,
        words: person.name,
        hint: [person.post, institution?.short_name].filter(Boolean).join(', '),
        kind: 'person',
        to: `${at.people}?kto=${person.id}`,
      })
    }
    return [...pages, ...found.sort((a, b) => compareWords(a.words, b.words))]
  }, [channels, teams, institutions, people, mandates])
}
