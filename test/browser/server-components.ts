import { AsyncLocalStorage } from 'node:async_hooks'
import { createContext, runInContext } from 'node:vm'
import { testToken } from '@rolecast/client/testing'
import { expect, test } from 'vitest'
import { secret, startDatabase } from '../client/database.js'
import { webGlobals } from './bare.js'
import { bundle } from './bundle.js'

/**
 * What an app of server components does: one client for all requests, the token of the request under way by the framework's
 * own storage (`cookies()` of Next.js is one), components that load beside each other, and a query that is passed on. Next's
 * `fetch` is patched: it reads the request's options by `cache` and keeps answers by what it is given.
 */
const page = `
  import { createClient } from '../client/generated/clerk/index.js'

  export function site(url, cookies, fetch) {
    const db = createClient({ url, fetch, token: async () => (await cookies()).get('token'), cache: 'no-store' })
    const Number = async ({ id }) => (await db.orders.select('number').where({ id }).one()).number
    const Count = async () => db.orders.select('id').count()
    const Own = async () => (await db.with({ token: null }).orders.select('id').result()).error?.code ?? 'none'
    return async () => Promise.all([Number({ id: 1 }), Count(), Number({ id: 2 }), Own()])
  }
`

test('server components and edge: one client, the token of each request', async () => {
  await using database = await startDatabase()
  const port = await (await database.serve('visitor')).listen(0, '127.0.0.1')
  const requests = new AsyncLocalStorage<Map<string, string>>()
  const cookies = async () => requests.getStore() ?? new Map<string, string>()
  const seen: { user: string | undefined; sent: string | null; cache: unknown }[] = []
  const patched = (input: Request, init?: RequestInit) => {
    const user = requests.getStore()?.get('user')
    seen.push({ user, sent: new Request(input, init).headers.get('authorization'), cache: input.cache })
    return fetch(input, init)
  }
  const context = createContext(Object.fromEntries(webGlobals.map((name) => [name, globalThis[name]])))
  runInContext(await bundle(page), context)
  const site: (...args: unknown[]) => () => Promise<unknown[]> = runInContext('app.site', context)
  const render = site(`http://127.0.0.1:${port}`, cookies, patched)
  const tokens = await Promise.all(['clerk', 'visitor'].map((role) => testToken(secret, { role })))
  const asUser = (user: string, token: string) =>
    requests.run(new Map(Object.entries({ user, token })), () => render().catch((error) => error.code))
  const pages = await Promise.all([
    asUser('ada', tokens[0] ?? ''),
    asUser('bob', tokens[1] ?? ''),
    asUser('eve', tokens[0] ?? ''),
  ])
  const clerks = ['A-1', 4, 'A-2', '42501']
  expect(pages).toEqual([clerks, '42501', clerks])
  for (const { user, sent, cache } of seen.filter(({ sent }) => sent !== null)) {
    expect({ user, sent, cache }).toEqual({ user, sent: `Bearer ${tokens[user === 'bob' ? 1 : 0]}`, cache: 'no-store' })
  }
  expect(new Set(seen.flatMap(({ user, sent }) => (sent ? user : [])))).toEqual(new Set(['ada', 'bob', 'eve']))
})
