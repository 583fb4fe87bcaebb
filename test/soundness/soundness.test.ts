/**
 * The proof that surfaces are sound and complete: random databases, in which every statement that a surface speaks about
 * is executed as the role, and rolled back; and the same over HTTP, where what a surface offers must never be answered
 * with 42501, and what it withholds must be refused.
 *
 *   ROLECAST_SOUNDNESS_CELLS=200000     how many questions to ask of each version (default 10,000; over HTTP 1,500)
 *   ROLECAST_VERSIONS=all     or a list, `14,16`; default 15 and 18
 *   ROLECAST_SOUNDNESS_SEED=42          that database only: how a failure is replayed
 *
 *   ROLECAST_SOUNDNESS_CELLS=200000 npx vitest run test/soundness
 */
import { introspect, surfaceOf, whyOf } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { printQuery } from '@rolecast/grammar'
import { createServer } from '@rolecast/server'
import { SignJWT } from 'jose'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testedVersions as versions } from '../tested-versions.js'
import { askPostgres, runner } from './ask-postgres.js'
import { askServer, hadNoRow, isAsOffered, secret } from './ask-server.js'
import { cellsOf, compare, dependsOnRows } from './cells.js'
import { quote } from './random-database/names.js'
import { randomDatabase } from './random-database/random-database.js'
import { seed, wantedCells } from './settings.js'

const wanted = wantedCells(10_000)
const wantedOverHttp = wantedCells(1500)

const innerApi = `CREATE ROLE insider; CREATE ROLE outsider;
  GRANT insider, outsider TO authenticator; CREATE SCHEMA inner_api; GRANT USAGE ON SCHEMA inner_api TO insider;
  CREATE FUNCTION inner_api.answer() RETURNS int LANGUAGE sql AS 'SELECT 42';
  CREATE TABLE inner_api.notes (id int); GRANT SELECT ON inner_api.notes TO PUBLIC`

describe.each(versions)('surfaces on PostgreSQL %s', (version) => {
  let postgres: EmbeddedPostgres
  let client: pg.Client
  beforeAll(async () => {
    postgres = await startPostgres({ version, authentication: 'trust' })
    client = new pg.Client({ connectionString: postgres.uri })
    await client.connect()
    await client.query(runner)
    await client.query('CREATE ROLE authenticator LOGIN NOINHERIT')
  })
  afterAll(async () => {
    await client?.end()
    await postgres?.stop()
  })

  it('offer exactly what PostgreSQL allows', async () => {
    const wrong: string[] = []
    const counts = { cells: 0, databases: 0, offered: 0, open: 0 }
    for (let next = seed ?? 1; counts.cells < wanted && wrong.length < 30; next += 1) {
      const database = randomDatabase(next, version)
      for (const statement of database.sql) {
        await client.query(statement).catch((error: Error) => {
          throw new Error(`seed ${next}: ${error.message}\n${statement}`)
        })
      }
      const { roles, schemas } = database
      const catalog = await introspect(client, { schemas, roles })
      for (const role of roles) {
        const cells = cellsOf(database, surfaceOf(catalog, role, { schemas }))
        const outcomes = await askPostgres(client, role, cells)
        for (const [index, cell] of cells.entries()) {
          const outcome = outcomes[index]
          const problem = outcome === undefined ? 'no answer' : compare(cell, outcome)
          if (problem !== null) {
            const { facts } = whyOf(catalog, role, cell.what, { schemas })
            if (dependsOnRows(cell, outcome, facts)) {
              counts.open += 1
              continue
            }
            wrong.push([`seed ${next}: ${role}: ${cell.what}: ${problem}`, cell.statement, ...facts].join('\n    '))
          }
          if (cell.isOffered) counts.offered += 1
        }
        counts.cells += cells.length
      }
      counts.databases += 1
      for (const statement of database.cleanUp) await client.query(statement)
      if (seed !== undefined) break
    }
    console.log(
      `PostgreSQL ${version}: ${counts.cells} cells of ${counts.databases} databases, ${counts.offered} offered, ` +
        `${counts.open} that rows decided, ${wrong.length} wrong`,
    )
    if (seed !== undefined && wrong.length > 0) console.log(randomDatabase(seed, version).sql.join(';\n'))
    expect(wrong.join('\n')).toBe('')
  }, 3_600_000)

  it('offer over HTTP what is answered, and withhold what is refused', async () => {
    const wrong: string[] = []
    const counts = { requests: 0, databases: 0, offered: 0, open: 0 }
    for (let next = seed ?? 1; counts.requests < wantedOverHttp && wrong.length < 30; next += 1) {
      const database = randomDatabase(next, version)
      for (const statement of database.sql) await client.query(statement)
      for (const role of database.roles) await client.query(`GRANT ${quote(role)} TO authenticator`)
      const { roles } = database
      // A header field begins and ends with no blank (RFC 9110, section 5.5): it cannot ask for such a schema.
      const schemas = database.schemas.filter((name) => name.trim() === name)
      const catalog = await introspect(client, { schemas, roles })
      const server = await createServer({
        dbUri: postgres.uriOf({ user: 'authenticator' }),
        dbSchemas: schemas,
        jwtSecret: secret,
        dbTxEnd: 'rollback',
        logLevel: 'crit',
      })
      try {
        for (const role of roles) {
          const results = await askServer(server, database, surfaceOf(catalog, role, { schemas }))
          counts.requests += results.length
          counts.offered += results.filter(({ cell }) => cell.isOffered).length
          for (const { cell, answer } of results) {
            if (isAsOffered(cell, answer)) continue
            if (hadNoRow(cell, answer)) {
              counts.open += 1
              continue
            }
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
        `${counts.open} that rows decided, ${wrong.length} wrong`,
    )
    expect(wrong.join('\n')).toBe('')
    expect(counts.open).toBeLessThanOrEqual(counts.requests / 1000)
  }, 3_600_000)

  // EXECUTE is everybody's by default, so USAGE on the schema is what keeps such a function in.
  it('are not passed by: a statement that one role had prepared is not run as another, who has no USAGE on the schema', async () => {
    await client.query(innerApi)
    const server = await createServer({
      dbUri: postgres.uriOf({ user: 'authenticator' }),
      dbSchemas: ['inner_api'],
      dbPool: 1,
      jwtSecret: secret,
    })
    try {
      const ask = async (role: string, path: string, method = 'GET') => {
        const token = await new SignJWT({ role })
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(secret))
        const headers = { Authorization: `Bearer ${token}` }
        return (await server.fetch(new Request(`http://localhost/${path}`, { method, headers }))).status
      }
      for (const [path, method] of [
        ['rpc/answer', 'POST'],
        ['notes', 'GET'],
      ] as const) {
        expect(await ask('insider', path, method)).toBe(200)
        expect(await ask('insider', path, method)).toBe(200)
        expect(await ask('outsider', path, method)).toBe(403)
        expect(await ask('insider', path, method)).toBe(200)
      }
    } finally {
      await server.close()
    }
  })
})
