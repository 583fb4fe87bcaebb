import { decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testedVersions } from '../tested-versions.js'
import { denied, people, person, type Query, type Shop, secret, startShop } from './shop.js'

const key = new TextEncoder().encode(secret)

async function login(query: Query, email: string | null, pass: string | null): Promise<string> {
  const [row] = await query<{ token: string }>('SELECT v2.login($1, $2) AS token', [email, pass])
  return row?.token ?? ''
}

describe.each(testedVersions)('user management on PostgreSQL %i', (version) => {
  let shop: Shop
  beforeAll(async () => {
    shop = await startShop(version)
  })
  afterAll(() => shop[Symbol.asyncDispose]())

  /** A session that stays, as a request that commits would leave it. */
  const committedLogin = async (name: string): Promise<Record<string, unknown>> => {
    await shop.query('SET ROLE anon')
    try {
      return decodeJwt(await login(shop.query, `${name}@example.com`, `${name}-likes-coffee`))
    } finally {
      await shop.query('RESET ROLE')
    }
  }
  const before = 'SELECT hooks.before_request()'

  test('login gives a token that the server\u2019s secret verifies', async () => {
    const token = await shop.as('anon', {}, (query) => login(query, 'Ada@Example.com', 'ada-likes-coffee'))
    const { payload, protectedHeader } = await jwtVerify(token, key, { algorithms: ['HS256'] })
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' })
    expect(payload).toMatchObject({
      sub: people.ada.sub,
      role: 'app_user',
      email: 'ada@example.com',
      tenant_id: 'acme',
      sid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600)
    expect(Math.abs((payload.iat ?? 0) - Date.now() / 1000)).toBeLessThan(60)
  })

  test.each([
    ['mona', 'manager'],
    ['olga', 'tenant_admin'],
    ['chloe', 'app_user'],
  ])('%s logs in as %s', async (name, role) => {
    const token = await shop.as('anon', {}, (query) => login(query, `${name}@example.com`, `${name}-likes-coffee`))
    expect((await jwtVerify(token, key)).payload.role).toBe(role)
  })

  test('a wrong password, an unknown user and a blocked one get the same answer', async () => {
    const refused = async (email: string | null, pass: string | null) => {
      const error = await shop.as('anon', {}, (query) => login(query, email, pass)).catch((e: unknown) => e)
      expect(error).toBeInstanceOf(Error)
      const { code, message, detail, hint } = error as Record<string, unknown>
      return { code, message, detail, hint }
    }
    const wrong = await refused('ada@example.com', 'nonsense')
    expect(wrong).toMatchObject({ code: '28P01', message: 'invalid user or password' })
    expect(await refused('nobody@example.com', 'nonsense')).toEqual(wrong)
    expect(await refused('nobody@example.com', null)).toEqual(wrong)
    expect(await refused('ada@example.com', null)).toEqual(wrong)
    expect(await refused(null, null)).toEqual(wrong)
    await shop.query("UPDATE auth.users SET blocked_at = now() WHERE email = 'wim@example.com'")
    expect(await refused('wim@example.com', 'wim-likes-coffee')).toEqual(wrong)
  })

  test('signup makes a customer with a profile, logged in', async () => {
    await shop.as('anon', {}, async (query) => {
      const [row] = await query<{ token: string }>(
        "SELECT v2.signup('New@Example.com', 'correct horse', 'Newt') AS token",
      )
      const { payload } = await jwtVerify(row?.token ?? '', key)
      expect(payload).toMatchObject({ role: 'app_user', email: 'new@example.com' })
      await query("SELECT set_config('role', 'app_user', true), set_config('request.jwt.claims', $1, true)", [
        JSON.stringify(payload),
      ])
      await query(before)
      expect(await query('SELECT name FROM v2.profiles WHERE id = $1', [payload.sub])).toEqual([{ name: 'Newt' }])
    })
    const signup = (email: string, pass: string) =>
      shop.as('anon', {}, (query) => query("SELECT v2.signup($1, $2, 'X')", [email, pass]))
    await expect(signup('ada@example.com', 'long enough')).rejects.toMatchObject({ code: '23505' })
    await expect(signup('x@example.com', 'short')).rejects.toMatchObject({ code: '22023' })
    await expect(signup('x@example.com', 'x'.repeat(73))).rejects.toMatchObject({ code: '22023' })
    await expect(signup('not an address', 'long enough')).rejects.toMatchObject({ code: '23514' })
  })

  test('the hook lets visitors and live sessions pass, and ends with the session', async () => {
    await shop.as('anon', {}, (query) => query(before))
    const claims = await committedLogin('ben')
    await shop.as('app_user', claims, (query) => query(before))
    const refreshed = await shop.as('app_user', claims, async (query) => {
      const [row] = await query<{ token: string }>('SELECT v2.refresh() AS token')
      return (await jwtVerify(row?.token ?? '', key)).payload
    })
    expect(refreshed).toMatchObject({ sid: claims.sid, sub: people.ben.sub })

    const ended = { code: 'PT401' }
    await expect(shop.as('manager', claims, (query) => query(before))).rejects.toMatchObject(ended)
    await expect(shop.as('app_user', { ...claims, sub: person(1) }, (query) => query(before))).rejects.toMatchObject(
      ended,
    )
    await expect(shop.as('app_user', people.ben, (query) => query(before))).rejects.toMatchObject(ended)
    await shop.as('app_user', claims, async (query) => {
      await query('SELECT v2.logout()')
      await expect(query(before)).rejects.toMatchObject(ended)
    })
    await shop.query('UPDATE auth.users SET blocked_at = now() WHERE id = $1', [people.ben.sub])
    await expect(shop.as('app_user', claims, (query) => query(before))).rejects.toMatchObject(ended)
    await expect(shop.as('app_user', claims, (query) => query('SELECT v2.refresh()'))).rejects.toMatchObject(ended)
    await shop.query('UPDATE auth.users SET blocked_at = NULL WHERE id = $1', [people.ben.sub])
  })

  test('who leaves a business account is out at once, and back with a new token', async () => {
    const claims = await committedLogin('vera')
    expect(claims).toMatchObject({ tenant_id: 'corvo' })
    await shop.as('app_user', claims, (query) => query(before))
    await shop.query('UPDATE v2.tasks SET assignee = NULL WHERE assignee = $1', [claims.sub])
    await shop.query('DELETE FROM v2.members WHERE user_id = $1', [claims.sub])
    await expect(shop.as('app_user', claims, (query) => query(before))).rejects.toMatchObject({ code: 'PT401' })
    const renewed = await committedLogin('vera')
    expect(renewed).not.toHaveProperty('tenant_id')
    await shop.as('app_user', renewed, (query) => query(before))
  })

  test('nobody logs out another', async () => {
    const claims = await committedLogin('chloe')
    await shop.as('app_user', { ...people.ada, sid: claims.sid }, async (query) => {
      await query('SELECT v2.logout()')
    })
    await shop.as('app_user', claims, (query) => query(before))
  })

  test.each(['shop_owner', 'postgres', 'authenticator', 'no such role', 'pg_read_all_data'])(
    'a user cannot be %s',
    async (role) => {
      const change = shop.query('UPDATE auth.users SET role = $1 WHERE id = $2', [role, people.ada.sub])
      await expect(change).rejects.toMatchObject({ code: '23503' })
    },
  )

  test('a password cannot be stored as it was typed, nor a short secret', async () => {
    const plain = shop.query("UPDATE auth.users SET password_hash = 'ada-likes-coffee' WHERE id = $1", [people.ada.sub])
    await expect(plain).rejects.toMatchObject({ code: '23514' })
    await expect(shop.query("SELECT auth.set_jwt_secret('short')")).rejects.toMatchObject({ code: '23514' })
  })

  test('without a secret there is no login', async () => {
    await shop.query('BEGIN')
    await shop.query('DELETE FROM auth.jwt_secret')
    await shop.query('SET LOCAL ROLE anon')
    await expect(login(shop.query, 'ada@example.com', 'ada-likes-coffee')).rejects.toMatchObject({ code: '55000' })
    await shop.query('ROLLBACK')
  })

  test('no API role sets the secret or signs', async () => {
    await expect(
      shop.as('app_user', people.ada, (query) => query("SELECT auth.set_jwt_secret('x')")),
    ).rejects.toMatchObject(denied)
  })
})

test('an unknown user takes as long as a known one', async () => {
  await using shop = await startShop()
  const time = async (email: string) => {
    const start = performance.now()
    await shop.as('anon', {}, (query) => login(query, email, 'nonsense')).catch(() => {})
    return performance.now() - start
  }
  const known: number[] = []
  const unknown: number[] = []
  for (let round = 0; round < 5; round++) {
    known.push(await time('ada@example.com'))
    unknown.push(await time('nobody@example.com'))
  }
  // The fastest of several: without the hash of an unknown user this ratio would be far below a tenth.
  const ratio = Math.min(...unknown) / Math.min(...known)
  expect(ratio).toBeGreaterThan(0.3)
  expect(ratio).toBeLessThan(3)
})
