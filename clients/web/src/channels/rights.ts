import type { Channel, Mandate } from '../live'

/** Whether to offer a composer: the hub's table of roles in short. Observers read; announcements are the animators'. */
export function mayWriteIn(channel: Channel, roles: ReadonlySet<Mandate['role']>): boolean {
  if (channel.lane === 'announcements') return roles.has('animator')
  return [...roles].some((role) => role !== 'observer')
}

/** Whether to offer to remove other people's messages, and to keep the list of a channel. */
export function mayModerateIn(channel: Channel, roles: ReadonlySet<Mandate['role']>): boolean {
  return channel.team !== undefined && roles.has('animator')
}
