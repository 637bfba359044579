import type { Event, Events } from './protocol.gen'

/** One event, its payload typed by its kind. */
export type Told<Kind extends keyof Events = keyof Events> = {
  [K in Kind]: { readonly kind: K; readonly payload: Events[K]; readonly event: Event }
}[Kind]

/** What came over the wire; a kind that a newer hub tells passes through and is ignored by the reducers. */
export function told(event: Event): Told {
  return { kind: event.kind, payload: event.event, event } as Told
}
