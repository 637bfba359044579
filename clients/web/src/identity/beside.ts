/**
 * Each person of the demonstration has a local host name (ewa.localhost), so that two of them can be open side by side
 * in one browser without sharing a session (D-39). The address carries the login; the page there enters by itself.
 */
const parameter = 'wejdz'

export function besideAddress(login: string, from: Location = window.location): string {
  const name = login.split('.')[0] ?? login
  return `${from.protocol}//${name}.localhost${from.port ? `:${from.port}` : ''}/?${parameter}=${encodeURIComponent(login)}`
}

/** Whom this address wants to enter as; taken out of the address, so that a reload does not enter again. */
export function takeBeside(): string | null {
  const address = new URL(window.location.href)
  const login = address.searchParams.get(parameter)
  if (!login) return null
  address.searchParams.delete(parameter)
  window.history.replaceState(null, '', address.pathname + address.search)
  return address.hostname.endsWith('.localhost') ? login : null
}
