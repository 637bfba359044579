import type { RequestId } from './protocol.gen'

/** Makes the ids of writing calls: UUIDv7 by the hub's clock, rising within one tab. */
export class RequestIds {
  private ahead = 0
  private last = 0

  /** `session.start` told the hub's time. */
  setClock(hubNow: string, now = Date.now()) {
    this.ahead = Date.parse(hubNow) - now
  }

  next(now = Date.now()): RequestId {
    this.last = Math.max(this.last, now + this.ahead)
    const bytes = crypto.getRandomValues(new Uint8Array(10))
    const random = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    const time = this.last.toString(16).padStart(12, '0')
    const variant = '89ab'[(bytes[9] ?? 0) & 3]
    const text = `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(3, 6)}-${random.slice(6, 18)}`
    return text as RequestId
  }
}
