import { useMemo, useState } from 'react'
import { signOut, useLive } from '../live'
import { Button, Dialog, Menu } from '../ui'
import { ChevronDown, Help, Keyboard, LogOut, Person, SearchIcon, Settings, Switch } from '../ui/icons'
import { actAs, type Place, placeOf, useActing } from './acting'
import { ConnectionState } from './ConnectionState'
import { showKeys, showPalette } from './open'
import { at, go, type Route, useRoute } from './route'
import { texts } from './texts.pl'

/** On whose behalf one acts here (T-08), search, whether the hub hears, and who one is. */
export function TopBar() {
  const [isLeaving, setLeaving] = useState(false)
  const name = useLive((state) => state.me?.person.name ?? '')
  const isDemonstration = useLive((state) => state.me?.demonstration ?? false)
  const act = (id: string) => {
    if (id === 'settings') go(at.settings)
    else if (id === 'help') go(at.help)
    else if (id === 'keys') showKeys()
    else if (isDemonstration) signOut()
    else setLeaving(true)
  }
  return (
    <header className="top-bar">
      <ActingAs />
      <div className="top-bar-end">
        <ConnectionState />
        <Button kind="quiet" small icon={<SearchIcon />} onPress={showPalette}>
          <span className="top-bar-words">
            {texts.search} <kbd>{texts.searchKeys}</kbd>
          </span>
          <span className="visually-hidden top-bar-short">{texts.search}</span>
        </Button>
        <Menu
          trigger={
            <Button kind="quiet" small aria-label={texts.meMenu(name)}>
              <span className="top-bar-me">
                <span className="top-bar-words">{name}</span>
                <span className="top-bar-person">
                  <Person />
                </span>
                <ChevronDown />
              </span>
            </Button>
          }
          label={texts.meMenu(name)}
          items={[
            { id: 'settings', label: texts.settings, icon: <Settings /> },
            { id: 'keys', label: texts.shortcuts, icon: <Keyboard /> },
            { id: 'help', label: texts.help, icon: <Help /> },
            isDemonstration
              ? { id: 'out', label: texts.someoneElse, icon: <Switch />, separated: true }
              : { id: 'out', label: texts.signOut, icon: <LogOut />, separated: true },
          ]}
          onAction={act}
        />
      </div>
      {isLeaving ? (
        <Dialog
          alert
          title={texts.signOutTitle}
          onClose={() => setLeaving(false)}
          actions={
            <>
              <Button onPress={() => setLeaving(false)}>{texts.stay}</Button>
              <Button kind="primary" onPress={() => signOut()}>
                {texts.signOut}
              </Button>
            </>
          }
        >
          <p>{texts.signOutWords}</p>
        </Dialog>
      ) : null}
    </header>
  )
}

/** The place of a page: that of the conversation, the team or the institution that is open. */
function usePlace(route: Route): Place | null {
  const [section, id] = route.parts
  const channel = useLive((state) =>
    section === 'rozmowy' ? [...state.channels.values()].find((entry) => entry.channel.id === id)?.channel : undefined,
  )
  const team = useLive((state) =>
    section === 'zespoly' ? [...state.teams.values()].find((one) => one.id === id)?.id : undefined,
  )
  const institution = useLive((state) =>
    section === 'instytucje' ? [...state.institutions.values()].find((one) => one.id === id)?.id : undefined,
  )
  return useMemo(
    () => (channel ? placeOf(channel) : team ? { team } : institution ? { institution } : null),
    [channel, team, institution],
  )
}

function ActingAs() {
  const place = usePlace(useRoute())
  const acting = useActing(place)
  const institutions = useLive((state) => state.institutions)
  const own = useLive((state) => {
    const mine = [...state.mandates.values()].filter((mandate) => mandate.person === state.me?.person.id)
    return [...new Set(mine.map((mandate) => mandate.institution))]
  })
  const names = (acting.mandate ? [acting.mandate.institution] : own).map(
    (id) => institutions.get(id)?.short_name ?? '',
  )
  if (names.length === 0) return <div className="acting" />
  return (
    <div className="acting">
      <span className="acting-label">{texts.actingAs}:</span>
      {acting.options.length > 1 && place ? (
        <Menu
          trigger={
            <Button kind="quiet" small>
              {names[0]}
              <ChevronDown />
            </Button>
          }
          label={texts.actingAsChoose}
          items={acting.options.map((mandate) => ({
            id: mandate.id,
            label: institutions.get(mandate.institution)?.name ?? '',
          }))}
          onAction={(id) => {
            const mandate = acting.options.find((option) => option.id === id)
            if (mandate) actAs(place, mandate.id)
          }}
        />
      ) : (
        <strong>{names.join(', ')}</strong>
      )}
    </div>
  )
}
