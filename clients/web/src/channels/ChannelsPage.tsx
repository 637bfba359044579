import { useState } from 'react'
import { type ChannelEntry, useLive } from '../live'
import { Link } from '../shell/Link'
import { at, go } from '../shell/route'
import { useTitle } from '../shell/title'
import { Button, Chip, Count, EmptyState, Page, PageHead, Skeleton } from '../ui'
import { Hash, Lock, Megaphone, Plus } from '../ui/icons'
import { CreateChannelDialog } from './CreateChannelDialog'
import { useCreatePlaces } from './createPlaces'
import { useChannelGroups } from './groups'
import { texts } from './texts.pl'
import './channels.css'

/** All conversations, by team and institution. */
export function ChannelsPage() {
  const groups = useChannelGroups()
  const isStarted = useLive((state) => state.me !== null)
  const places = useCreatePlaces()
  const [isCreating, setCreating] = useState(false)
  useTitle(texts.title)
  return (
    <Page>
      <PageHead
        title={texts.title}
        actions={
          places.length > 0 ? (
            <Button icon={<Plus />} onPress={() => setCreating(true)}>
              {texts.create}
            </Button>
          ) : null
        }
      />
      {!isStarted ? <Skeleton rows={6} /> : null}
      {isStarted && groups.length === 0 ? (
        <EmptyState title={texts.noChannels}>{texts.noChannelsWords}</EmptyState>
      ) : null}
      <div className="channel-groups">
        {groups.map((group) => (
          <section key={group.id} aria-label={group.name} className="form">
            <h2>{group.name}</h2>
            <ul className="channel-rows rows">
              {group.channels.map((entry) => (
                <li key={entry.channel.id}>
                  <ChannelRow entry={entry} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {isCreating ? (
        <CreateChannelDialog places={places} onClose={() => setCreating(false)} onMade={(id) => go(at.channel(id))} />
      ) : null}
    </Page>
  )
}

/** A conversation in a list: what it is, for whom, and what waits. */
export function ChannelRow({ entry, withPlace }: { entry: ChannelEntry; withPlace?: boolean }) {
  const { channel, unread, mentions } = entry
  const place = useLive((state) =>
    channel.team
      ? state.teams.get(channel.team)?.name
      : channel.institution
        ? state.institutions.get(channel.institution)?.name
        : undefined,
  )
  const Sign = channel.sealed ? Lock : channel.lane === 'announcements' ? Megaphone : Hash
  return (
    <Link to={at.channel(channel.id)} className="channel-row">
      <Sign />
      <span className="channel-row-words">
        <span className="channel-row-name">
          {channel.name} <Chip>{texts.lane[channel.lane]}</Chip>
        </span>
        <span className="channel-row-purpose">{withPlace ? place : channel.purpose}</span>
      </span>
      {mentions > 0 ? <Chip tone="brand">{texts.mentioned(mentions)}</Chip> : null}
      <Count number={unread} label={texts.unread(unread)} strong={mentions > 0} />
    </Link>
  )
}
