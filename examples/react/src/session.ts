import * as z from 'zod'

/** Who is logged in, by the claims of the token. `expires`: seconds since 1970. */
export interface Session {
  readonly token: string
  readonly userId: string
  readonly email: string
  readonly expires: number
}

const claims = z.object({ sub: z.string(), email: z.string(), exp: z.number() })
const listeners = new Set<() => void>()
let current = sessionOf(sessionStorage.getItem('token'))

/** Null: a visitor. */
export const currentSession = (): Session | null => current

/** Begins a session with the token of a login, goes on with a new token, or ends it with null. */
export function setSession(token: string | null): void {
  if (token === null) sessionStorage.removeItem('token')
  else sessionStorage.setItem('token', token)
  current = sessionOf(token)
  for (const tell of listeners) tell()
}

/** Calls back whenever the session changes, until the function that this returns is called. */
export function watchSession(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

function sessionOf(token: string | null): Session | null {
  if (token === null) return null
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
  const { sub, email, exp } = claims.parse(JSON.parse(atob(payload)))
  return { token, userId: sub, email, expires: exp }
}
