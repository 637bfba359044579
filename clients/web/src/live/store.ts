import { emptyState, type State } from './state'

/** Holds the one state of this tab. Only `live` changes it. */
export class Store {
  private state: State
  private readonly listeners = new Set<() => void>()

  constructor(now = Date.now()) {
    this.state = emptyState({ status: 'starting', since: now })
  }

  readonly get = () => this.state

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  change(make: (state: State) => State) {
    const next = make(this.state)
    if (next === this.state) return
    this.state = next
    for (const listener of [...this.listeners]) listener()
  }
}
