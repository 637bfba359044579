import type { Routes, WireError } from './protocol.gen'
import { notUnderstood, offline, problemOf, type Result, refused } from './result'

type Body<Route extends keyof Routes> = Routes[Route]['body']
type Answer<Route extends keyof Routes> = Routes[Route]['answer']

function isWireError(value: unknown): value is WireError {
  const error = value as Partial<WireError> | null
  return typeof error?.message === 'string' && typeof error.data?.code === 'string'
}

/** One call of the door. The cookie is the browser's business. */
export async function knock<Route extends keyof Routes>(
  route: Route,
  body: Body<Route>,
): Promise<Result<Answer<Route>>> {
  const [method, path] = route.split(' ') as [string, string]
  const headers = { 'content-type': 'application/json', 'x-splot': '1' }
  let response: Response
  let value: unknown
  try {
    response = await fetch(path, method === 'GET' ? {} : { method, headers, body: JSON.stringify(body) })
    value = await response.json()
  } catch {
    return refused(offline) // no network, or a proxy's own page instead of an answer
  }
  if (response.ok) return { ok: true, value: value as Answer<Route> }
  return refused(isWireError(value) ? problemOf(value) : notUnderstood)
}
