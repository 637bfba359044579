/** How long to wait before the next attempt: half a second doubling up to 15 s, each drawn between its half and its
 * whole, so that an office does not come back all at once. */
export class Backoff {
  private attempt = 0

  constructor(private readonly random: () => number = Math.random) {}

  next(): number {
    const whole = Math.min(15_000, 500 * 2 ** Math.min(this.attempt++, 10))
    return whole / 2 + (this.random() * whole) / 2
  }

  reset() {
    this.attempt = 0
  }
}
