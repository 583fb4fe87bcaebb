/**
 * The same proof over HTTP: what a role's surface offers is never answered with 42501, and what it withholds is refused.
 *
 *   ROLECAST_SOUNDNESS_CELLS, ROLECAST_SOUNDNESS_VERSIONS, ROLECAST_SOUNDNESS_SEED: as for soundness.test.ts; a request
 *   each, by default 2,000 of each version
 */
import { introspect, type Surface, surfaceOf } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { printQuery } from '@rolecast/grammar'
import { createServer, type Server } from '@rolecast/server'
import { SignJWT } from 'jose'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RandomDatabase, randomDatabase } from './database.js'
import { type HttpCell, httpCellsOf } from './http-cells.js'
import { quote } from './names.js'
import { seed, versions, wantedCells } from './settings.js'

const secret = 'a secret for the tests of soundness only'
const together = 8

describe.each(versions)('surfaces over HTTP on PostgreSQL %s', (version) => {
  let postgres: EmbeddedPostgres
  let client: pg.Client
  beforeAll(async () => {
    postgres = await startPostgres({ version, authentication: 'trust' })
    client = new pg.Client({ connectionString: postgres.uri })
    await client.connect()
    await client.query('CREATE ROLE authenticator LOGIN NOINHERIT')
  })
  afterAll(async () => {
    await client?.end()
    await postgres?.stop()
  })

  it('offer what is answered, and withhold what is refused', async () => {
    const wrong: string[] = []
    const counts = { requests: 0, databases: 0, offered: 0 }
    for (let next = seed ?? 1; counts.requests < wantedCells(2000) && wrong.length < 30; next += 1) {
      const database = randomDatabase(next, version)
      for (const statement of database.sql) await client.query(statement)
      for (const role of database.roles) await client.query(`GRANT ${quote(role)} TO authenticator`)
      const { roles, schemas } = database
      const catalog = await introspect(client, { schemas, roles })
      const server = await createServer({
        dbUri: postgres.uriOf({ user: 'authenticator' }),
        dbSchemas: [...schemas],
        jwtSecret: secret,
        dbTxEnd: 'rollback',
        logLevel: 'crit',
      })
      try {
        for (const role of roles) {
          const results = await ask(server, database, surfaceOf(catalog, role, { schemas }))
          counts.requests += results.length
          counts.offered += results.filter(({ cell }) => cell.isOffered).length
          for (const { cell, answer } of results) {
            if (isAsOffered(cell, answer)) continue
            const { method, path, search, body } = printQuery(cell.query)
            wrong.push(
              `seed ${next}: ${role}: ${cell.what}: ${cell.isOffered ? 'offered' : 'withheld'}, but ${answer.status} ` +
                `${answer.text}\n    ${method} ${path}${search} ${String(body)}`,
            )
          }
        }
      } finally {
        await server.close()
      }
      counts.databases += 1
      for (const statement of database.cleanUp) await client.query(statement)
      if (seed !== undefined) break
    }
    console.log(
      `PostgreSQL ${version}: ${counts.requests} requests to ${counts.databases} databases, ${counts.offered} offered, ` +
        `${wrong.length} wrong`,
    )
    expect(wrong.join('\n')).toBe('')
  }, 3_600_000)
})

interface Answer {
  readonly status: number
  /** `Content-Range` of a write that reached no row */
  readonly isOfNothing: boolean
  readonly text: string
}

async function ask(server: Server, database: RandomDatabase, surface: Surface) {
  const claims = new SignJWT({ role: surface.role }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h')
  const token = await claims.sign(new TextEncoder().encode(secret))
  const cells = httpCellsOf(database, surface)
  const results: { cell: HttpCell; answer: Answer }[] = []
  for (let start = 0; start < cells.length; start += together) {
    const batch = cells.slice(start, start + together)
    results.push(...(await Promise.all(batch.map(async (cell) => ({ cell, answer: await send(server, token, cell) })))))
  }
  return results
}

async function send(server: Server, token: string, { query }: HttpCell): Promise<Answer> {
  const { method, path, search, headers, body } = printQuery(query)
  const response = await server.fetch(
    new Request(`http://localhost${path}${search}`, {
      method,
      headers: { ...asBytes(headers), Authorization: `Bearer ${token}` },
      ...(typeof body === 'string' && { body }),
    }),
  )
  const isOfNothing = response.headers.get('Content-Range')?.startsWith('*/') === true && method !== 'GET'
  return { status: response.status, isOfNothing, text: await response.text() }
}

/** Headers are bytes: those of UTF-8, one character each. */
function asBytes(headers: Readonly<Record<string, string>>): Record<string, string> {
  const encode = (value: string) => Buffer.from(value, 'utf8').toString('latin1')
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, encode(value)]))
}

/**
 * Offered: a row may be refused, by a policy or a constraint, but not the statement. Withheld: nothing is done; where no
 * policy lets a row through, what would be refused of a row is not even looked at.
 */
function isAsOffered({ isOffered }: HttpCell, { status, isOfNothing, text }: Answer): boolean {
  if (!isOffered) return status >= 400 || isOfNothing
  return status < 400 || /"code":"(23...|44000|0A000)"/.test(text) || text.includes('row-level security policy')
}
