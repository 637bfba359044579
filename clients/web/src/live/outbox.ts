import type { MandateId, Methods, PersonId, RequestId } from './protocol.gen'

export interface Unsent {
  readonly id: RequestId
  readonly person: PersonId
  readonly params: Methods['channels.post_message']['params']
  readonly as?: MandateId
  readonly at: number
}

const place = 'splot.outbox'

function read(): readonly Unsent[] {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '[]') as Unsent[]
  } catch {
    return []
  }
}

function write(all: readonly Unsent[]) {
  if (all.length > 0) sessionStorage.setItem(place, JSON.stringify(all))
  else sessionStorage.removeItem(place)
}

/** Messages without an answer, so that a reload does not lose them: sent again under their ids, the hub knows them. */
export const outbox = {
  add: (unsent: Unsent) => write([...read(), unsent]),
  remove: (id: RequestId) => write(read().filter((one) => one.id !== id)),
  of: (person: PersonId) => read().filter((one) => one.person === person),
  keepOnly: (isWanted: (unsent: Unsent) => boolean) => write(read().filter(isWanted)),
  forgetAll: () => write([]),
}
