import { useLive } from '../live'
import { Count } from '../ui'
import { MenuLines, Talk, Users, Week } from '../ui/icons'
import { Link } from './Link'
import { at, isAt, useRoute } from './route'
import { texts } from './texts.pl'

/** The sections at the thumb. A conversation that is open has the whole height. */
export function PhoneBar() {
  const route = useRoute()
  const unread = useLive((state) => [...state.channels.values()].reduce((sum, entry) => sum + entry.unread, 0))
  if (route.parts[0] === 'rozmowy' && route.parts[1]) return null
  return (
    <nav className="phone-bar" aria-label={texts.menu}>
      <Link to={at.week} current={isAt(route, at.week)}>
        <Week />
        <span>{texts.weekShort}</span>
      </Link>
      <Link to={at.channels} current={isAt(route, at.channels)}>
        <Talk />
        <span>{texts.channels}</span>
        <Count number={unread} label={texts.unread(unread)} strong />
      </Link>
      <Link to={at.teams} current={isAt(route, at.teams) || isAt(route, '/instytucje')}>
        <Users />
        <span>{texts.teams}</span>
      </Link>
      <Link to={at.settings} current={isAt(route, at.settings)}>
        <MenuLines />
        <span>{texts.more}</span>
      </Link>
    </nav>
  )
}
