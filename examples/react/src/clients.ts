import { isUnauthorized, keepToken } from '@rolecast/client'
import { createClient as createVisitor } from './api/anon/index.js'
import { createClient } from './api/app_user/index.js'
import { currentSession, setSession } from './session.js'

const url = '/api'

/** What everybody may do: look at products, sign up, log in. */
export const visitor = createVisitor({ url })

/** What a customer may do. Calls wait together for a new token where theirs is about to expire. */
export const customer = createClient({
  url,
  user: () => currentSession()?.userId,
  token: keepToken(async () => {
    const session = currentSession()
    if (session === null || session.expires > Date.now() / 1000 + 60) return session?.token
    const { data, error } = await customer.with({ token: session.token }).rpc.refresh().result()
    // A session that has ended is none: the page asks to log in.
    if (error === null || isUnauthorized(error)) setSession(data)
    return data
  }),
})

export async function logOut(): Promise<void> {
  await customer.rpc.logout().result() // without an answer, the token is forgotten all the same
  customer.reset()
  setSession(null)
}
