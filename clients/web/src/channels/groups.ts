import { useMemo } from 'react'
import { type ChannelEntry, useLive } from '../live'
import { compareWords } from '../ui/words'

/** Channels of one team or institution, in the order in which people look for them. */
export type ChannelGroup = {
  id: string
  name: string
  shortName: string
  kind: 'team' | 'institution'
  channels: readonly ChannelEntry[]
}

const order: Record<ChannelEntry['channel']['lane'], number> = {
  announcements: 0,
  all: 1,
  institution: 2,
  heads: 3,
  animators: 4,
  listed: 5,
}

export function useChannelGroups(): readonly ChannelGroup[] {
  const channels = useLive((state) => state.channels)
  const teams = useLive((state) => state.teams)
  const institutions = useLive((state) => state.institutions)
  return useMemo(() => {
    const groups = new Map<string, { group: Omit<ChannelGroup, 'channels'>; channels: ChannelEntry[] }>()
    for (const entry of channels.values()) {
      const { team, institution } = entry.channel
      const id = team ?? institution ?? ''
      const known = groups.get(id)
      if (known) {
        known.channels.push(entry)
        continue
      }
      const place = team ? teams.get(team) : institution ? institutions.get(institution) : undefined
      const name = place?.name ?? ''
      const shortName = place && 'short_name' in place ? place.short_name : name
      groups.set(id, { group: { id, name, shortName, kind: team ? 'team' : 'institution' }, channels: [entry] })
    }
    return [...groups.values()]
      .map(({ group, channels }) => ({
        ...group,
        channels: channels.sort(
          (a, b) => order[a.channel.lane] - order[b.channel.lane] || compareWords(a.channel.name, b.channel.name),
        ),
      }))
      .sort((a, b) => (a.kind === b.kind ? compareWords(a.name, b.name) : a.kind === 'team' ? -1 : 1))
  }, [channels, teams, institutions])
}
