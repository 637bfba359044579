import { Component, lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import type { ChannelId, InstitutionId, TeamId, TopicId } from '../live'
import { Button, EmptyState, ErrorState, Page, Skeleton } from '../ui'
import { Link } from './Link'
import { at, type Route, useRoute } from './route'
import { texts } from './texts.pl'

const WeekPage = lazy(async () => ({ default: (await import('../week/WeekPage')).WeekPage }))
const ChannelsPage = lazy(async () => ({ default: (await import('../channels/ChannelsPage')).ChannelsPage }))
const ChannelPage = lazy(async () => ({ default: (await import('../channels/ChannelPage')).ChannelPage }))
const TeamsPage = lazy(async () => ({ default: (await import('../teams/TeamsPage')).TeamsPage }))
const TeamPage = lazy(async () => ({ default: (await import('../teams/TeamPage')).TeamPage }))
const InstitutionPage = lazy(async () => ({ default: (await import('../teams/InstitutionPage')).InstitutionPage }))
const PeoplePage = lazy(async () => ({ default: (await import('../teams/PeoplePage')).PeoplePage }))
const SettingsPage = lazy(async () => ({ default: (await import('../settings/SettingsPage')).SettingsPage }))
const ConnectionPage = lazy(async () => ({ default: (await import('../settings/ConnectionPage')).ConnectionPage }))
const AdministrationPage = lazy(async () => ({
  default: (await import('../settings/AdministrationPage')).AdministrationPage,
}))
const HelpPage = lazy(async () => ({ default: (await import('../help/HelpPage')).HelpPage }))

function pageOf(route: Route): ReactNode {
  const [section, id, part] = route.parts
  switch (section) {
    case undefined:
      return <WeekPage />
    case 'rozmowy':
      return id ? (
        <ChannelPage id={id as ChannelId} topic={part as TopicId | undefined} marked={route.query.get('wiadomosc')} />
      ) : (
        <ChannelsPage />
      )
    case 'zespoly':
      return id ? <TeamPage key={id} id={id as TeamId} /> : <TeamsPage />
    case 'instytucje':
      return id ? <InstitutionPage key={id} id={id as InstitutionId} /> : <NotFound />
    case 'osoby':
      return <PeoplePage />
    case 'ustawienia':
      return id === 'polaczenie' ? <ConnectionPage /> : <SettingsPage />
    case 'administracja':
      return <AdministrationPage />
    case 'pomoc':
      return <HelpPage />
    default:
      return <NotFound />
  }
}

/** The page that the address names. Its parts are fetched when it is first opened. */
export function Pages() {
  const route = useRoute()
  const section = `${route.parts[0] ?? ''}/${route.parts[1] ?? ''}`
  useFocusOnChange(section)
  return (
    <Mended key={section}>
      <Suspense
        fallback={
          <Page>
            <Skeleton rows={6} />
          </Page>
        }
      >
        {pageOf(route)}
      </Suspense>
    </Mended>
  )
}

/** A reader that follows a link hears the new page from its beginning. */
function useFocusOnChange(section: string) {
  const last = useRef(section)
  useEffect(() => {
    if (last.current === section) return
    last.current = section
    document.getElementById('tresc')?.focus({ preventScroll: true })
  }, [section])
}

function NotFound() {
  return (
    <Page>
      <EmptyState title={texts.notFoundTitle} action={<Link to={at.week}>{texts.toWeek}</Link>}>
        {texts.notFound}
      </EmptyState>
    </Page>
  )
}

/** One page that breaks leaves the rest of the window standing. */
class Mended extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }
  static getDerivedStateFromError() {
    return { isBroken: true }
  }
  override render() {
    if (!this.state.isBroken) return this.props.children
    return (
      <Page>
        <ErrorState title={texts.brokenTitle}>{texts.broken}</ErrorState>
        <div className="form-actions">
          <Button onPress={() => window.location.reload()}>{texts.reload}</Button>
        </div>
      </Page>
    )
  }
}
