import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../connect.js'
import { keepToken } from '../keep-token.js'
import type { SchemaMeta } from '../metadata.js'
import type { ConnectOptions, TokenSource } from '../options.js'
import { rpc } from '../routine.js'
import type { Call } from '../types/call.js'
import { WritableRelation } from '../writable-relation.js'

const schemas: readonly SchemaMeta[] = [
  { name: 'api', relations: { t: [['id']] }, functions: { f: { returns: 'value' } } },
]

interface Db {
  with(options: object): Db
  readonly t: { select(): Call<unknown>; insert(row: object): Call<unknown> }
  readonly rpc: { f(): Call<unknown> }
}

/** Answers after a moment, with whose call it took it for; every fifth time it calls a token expired that is not new. */
let requests = 0
const server = createServer((request, response) => {
  request.resume()
  const token = request.headers.authorization?.replace('Bearer ', '') ?? 'nobody'
  const isExpired = ++requests % 5 === 0 && /^\w+\.old$/.test(token)
  setTimeout(
    () => {
      response.writeHead(isExpired ? 401 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isExpired ? { code: 'PGRST303', message: 'JWT expired' } : [token.split('.')[0]]))
    },
    (requests % 4) * 2,
  )
})
let url: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const client = (options: Partial<ConnectOptions>) =>
  connect('r', schemas, { url, ...options }, { writes: WritableRelation, rpc }) as unknown as Db
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The user of the request that a server is answering. */
const store = new AsyncLocalStorage<string>()
const mine = () => store.getStore()
const tokenOf = (reason: string) => {
  const user = mine()
  if (user?.startsWith('failing')) throw new Error('no session')
  return user?.startsWith('anonymous') ? null : `${user}.${reason === 'expired' ? 'new' : 'old'}`
}
const later = async (reason: string) => {
  await pause(Math.random() * 6)
  const user = mine()
  if (user?.startsWith('slow')) await pause(10)
  return tokenOf(reason)
}
const promised = (reason: string) => Promise.resolve().then(() => tokenOf(reason))
const thenable = (reason: string): PromiseLike<string | null> => {
  const answer = promised(reason)
  // biome-ignore lint/suspicious/noThenProperty: a source may give any kind of promise
  return { then: (done, failed) => answer.then(done, failed) }
}

const users = Array.from({ length: 40 }, (_, index) => {
  const kind = index % 8 === 0 ? 'failing' : index % 8 === 1 ? 'anonymous' : index % 8 === 2 ? 'slow' : 'user'
  return `${kind}${index}`
})

/** What each user's calls came back as; all of them share one client. */
async function callsOf(db: Db): Promise<(readonly [user: string, outcomes: readonly string[]])[]> {
  const outcome = async (call: Call<unknown>) => {
    const { data, error } = await call.result()
    return error ? error.name : JSON.stringify(data)
  }
  return Promise.all(
    users.map((user) =>
      store.run(user, async () => {
        const outcomes: string[] = []
        for (let round = 0; round < 4; round++) {
          if (round % 2) await pause(Math.random() * 5)
          const calls = [db.t.select(), db.rpc.f(), db.with({ headers: { x: '1' } }).t.select()]
          outcomes.push(...(await Promise.all(calls.map(outcome))))
          outcomes.push(
            JSON.stringify(
              await db.t.select().then(
                (data) => data,
                (error) => error.name,
              ),
            ),
          )
        }
        return [user, outcomes] as const
      }),
    ),
  )
}

describe('40 users share one client of a server', () => {
  const sources: Record<string, Exclude<TokenSource, string>> = { direct: tokenOf, later, promised, thenable }
  const cases = Object.entries(sources).flatMap(([name, token]) => [
    [`${name}, users unknown`, { token }] as const,
    [`${name}, kept, users unknown`, { token: keepToken(token) }] as const,
    [`${name}, kept, users named`, { token: keepToken(token), user: mine }] as const,
  ])
  test.each(cases)('%s', async (_, options) => {
    for (const [user, outcomes] of await callsOf(client({ ...(options as ConnectOptions), timeout: false }))) {
      const name = user.startsWith('anonymous') ? 'nobody' : user
      const own = user.startsWith('failing') ? ['TokenError', '"TokenError"'] : [`["${name}"]`]
      expect([user, outcomes.filter((outcome) => !own.includes(outcome))]).toEqual([user, []])
      expect(outcomes).toHaveLength(16)
    }
  })

  test('a write bears its own user as well', async () => {
    const seen: unknown[] = []
    const fetch = async (input: unknown) => {
      seen.push((input as Request).headers.get('authorization'))
      return new Response(null, { status: 201 })
    }
    for (const token of [tokenOf, later]) {
      const db = client({ token, fetch })
      await Promise.all(
        ['alice', 'bob', 'anonymous'].map((user) => store.run(user, async () => db.t.insert({ id: 1 }))),
      )
    }
    expect(seen.map(String).sort()).toEqual([
      'Bearer alice.old',
      'Bearer alice.old',
      'Bearer bob.old',
      'Bearer bob.old',
      'null',
      'null',
    ])
  })
})

describe('a named user', () => {
  const jwt = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`
  const now = () => Date.now() / 1000

  /** How often the source is asked by three calls, one after the other, when it gives such tokens. */
  async function asked(claims: unknown): Promise<number> {
    let count = 0
    const token = async () => {
      count++
      return jwt(claims)
    }
    const db = client({ user: 'alice', token: keepToken(token) })
    for (let call = 0; call < 3; call++) await db.t.select()
    return count
  }

  test('a wrong clock of the device does not matter where a token says when it was issued', async () => {
    const fast = now() - 3600
    const slow = now() + 3600
    for (const issued of [fast, slow, now()]) expect(await asked({ iat: issued, exp: issued + 900 })).toBe(1)
    expect(await asked({ iat: now(), exp: now() + 5 })).toBe(3)
  })

  test.each([[null], [5], ['x'], [{}], [{ exp: 'soon' }], [{ exp: 1 }]])(
    'an odd payload wedges nothing: %j',
    async (claims) => {
      expect(await asked(claims)).toBe(1)
    },
  )

  test('what fails for one user is asked again by the next call, and nobody else sees it', async () => {
    let count = 0
    const token = async () => {
      await pause(1)
      if (++count === 1) throw new Error('offline')
      return `token${count}`
    }
    const db = client({ token: keepToken(token) })
    const [first, other] = await Promise.all([
      db.with({ user: 'alice' }).t.select().result(),
      db.with({ user: 'bob' }).t.select().result(),
    ])
    expect([first.error?.name, other.data]).toEqual(['TokenError', ['token2']])
    expect(await db.with({ user: 'alice' }).t.select()).toEqual(['token3'])
  })

  test('forgets at once, also what is still on its way', async () => {
    let count = 0
    const token = keepToken(async () => {
      const name = `token${++count}`
      await pause(5)
      return name
    })
    const db = client({ user: 'alice', token })
    const first = db.t.select().result()
    await pause(1)
    token.forget()
    expect(await db.t.select()).toEqual(['token2'])
    expect((await first).data).toEqual(['token1'])
    expect(await db.t.select()).toEqual(['token2'])
  })

  test('a source that hangs does not hold up later calls', async () => {
    let count = 0
    const token = () => (++count === 1 ? new Promise<string>(() => {}) : Promise.resolve('token'))
    const db = client({ user: 'alice', token: keepToken(token, 20), timeout: 30 })
    const both = await Promise.all([db.t.select().result(), db.t.select().result()])
    expect(both.map(({ error }) => error?.name)).toEqual(['TokenError', 'TokenError'])
    expect(await db.t.select()).toEqual(['token'])
  })
})
