import type { ReactNode } from 'react'
import { type ChannelGroup, useChannelGroups } from '../channels/groups'
import { texts as talk } from '../channels/texts.pl'
import { Mark } from '../identity/Brand'
import { type ChannelEntry, useLive } from '../live'
import { Count } from '../ui'
import { Hash, Help, Lock, Megaphone, Settings, Talk, Users, Week, Wrench } from '../ui/icons'
import { Link } from './Link'
import { at, isAt, useRoute } from './route'
import { texts } from './texts.pl'

/** The binder's spine: sections above, conversations below, each with what waits in it. */
export function Rail() {
  const route = useRoute()
  const groups = useChannelGroups()
  const isAdministrator = useLive((state) => state.me?.administrator ?? false)
  return (
    <nav className="rail" aria-label={texts.menu}>
      <div className="rail-brand">
        <Mark />
        <span>{texts.name}</span>
      </div>
      <div className="rail-scroll">
        <ul>
          <RailLink to={at.week} current={isAt(route, at.week)} icon={<Week />} words={texts.week} />
          <RailLink
            to={at.teams}
            current={isAt(route, at.teams) || isAt(route, '/instytucje')}
            icon={<Users />}
            words={texts.teams}
          />
          <RailLink to={at.channels} current={route.path === at.channels} icon={<Talk />} words={texts.channels} />
        </ul>
        {groups.map((group) => (
          <RailGroup key={group.id} group={group} open={route.parts[1]} />
        ))}
      </div>
      <ul className="rail-end">
        {isAdministrator ? (
          <RailLink
            to={at.administration}
            current={isAt(route, at.administration)}
            icon={<Wrench />}
            words={texts.administration}
          />
        ) : null}
        <RailLink to={at.settings} current={isAt(route, at.settings)} icon={<Settings />} words={texts.settings} />
        <RailLink to={at.help} current={isAt(route, at.help)} icon={<Help />} words={texts.help} />
      </ul>
    </nav>
  )
}

function RailLink({ to, current, icon, words }: { to: string; current: boolean; icon: ReactNode; words: string }) {
  return (
    <li>
      <Link to={to} current={current} className="rail-link">
        {icon}
        <span>{words}</span>
      </Link>
    </li>
  )
}

function RailGroup({ group, open }: { group: ChannelGroup; open: string | undefined }) {
  return (
    <section aria-label={group.name} className="rail-group">
      <h2 title={group.name}>{group.shortName}</h2>
      <ul>
        {group.channels.map((entry) => (
          <li key={entry.channel.id}>
            <RailChannel entry={entry} current={entry.channel.id === open} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function RailChannel({ entry, current }: { entry: ChannelEntry; current: boolean }) {
  const { channel, unread, mentions } = entry
  const Sign = channel.sealed ? Lock : channel.lane === 'announcements' ? Megaphone : Hash
  return (
    <Link
      to={at.channel(channel.id)}
      current={current}
      className={`rail-link rail-channel${unread > 0 ? ' has-new' : ''}`}
    >
      <Sign />
      <span className="rail-name">{channel.name}</span>
      <Count
        number={unread}
        label={mentions > 0 ? `${talk.unread(unread)}, ${talk.mentioned(mentions)}` : talk.unread(unread)}
        strong={mentions > 0}
      />
    </Link>
  )
}
