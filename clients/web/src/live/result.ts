import type { Code, WireError } from './protocol.gen'

/** Why the hub, or the network, did not do it. `message` is a Polish sentence for people. */
export interface Problem {
  readonly code: Code | 'offline'
  readonly message: string
  readonly rule?: string
  /** The field of a form, without the `params.` of the wire. */
  readonly field?: string
  readonly retryAfterMs?: number
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function refused<T = never>(problem: Problem): Result<T> {
  return { ok: false, problem }
}

export const offline: Problem = {
  code: 'offline',
  message: 'Nie ma połączenia ze Splotem. Spróbuj za chwilę.',
}

export const notUnderstood: Problem = {
  code: 'internal',
  message: 'Splot odpowiedział czymś, czego ta strona nie rozumie. Odśwież stronę.',
}

export function problemOf(error: WireError): Problem {
  const { code, rule, field, retry_after_ms: retryAfterMs } = error.data
  return { code: code as Code, message: error.message, rule, field: field?.replace(/^params\./, ''), retryAfterMs }
}

/** Will the same call do better in a while? */
export function isPassing(problem: Problem): boolean {
  return problem.code === 'unavailable' || problem.code === 'rate_limited' || problem.code === 'offline'
}
