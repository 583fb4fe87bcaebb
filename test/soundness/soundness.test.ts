/**
 * The proof that surfaces are sound and complete: random databases, in which every statement that a surface speaks about
 * is executed as the role, and rolled back.
 *
 *   ROLECAST_SOUNDNESS_CELLS=200000     how many questions to ask of each version (default 10,000)
 *   ROLECAST_SOUNDNESS_VERSIONS=all     or a list, `14,16`; default 15 and 18
 *   ROLECAST_SOUNDNESS_SEED=42          that database only: how a failure is replayed
 *
 *   ROLECAST_SOUNDNESS_CELLS=200000 npx vitest run test/soundness
 */
import { inspectionOf, introspect, surfaceOf, whyOf } from '@rolecast/catalog'
import { type EmbeddedPostgres, embeddedVersions, type PostgresVersion, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cell, cellsOf, compare, dependsOnRows, type Outcome } from './cells.js'
import { randomDatabase } from './database.js'
import { quote } from './names.js'

const { ROLECAST_SOUNDNESS_CELLS, ROLECAST_SOUNDNESS_VERSIONS, ROLECAST_SOUNDNESS_SEED } = process.env
const wanted = Number(ROLECAST_SOUNDNESS_CELLS ?? 10_000)
const seed = ROLECAST_SOUNDNESS_SEED === undefined ? undefined : Number(ROLECAST_SOUNDNESS_SEED)
const versions = versionsOf(ROLECAST_SOUNDNESS_VERSIONS ?? '15,18')

function versionsOf(text: string): PostgresVersion[] {
  const installed = embeddedVersions().toReversed()
  return text === 'all' ? installed : installed.filter((version) => text.split(',').includes(String(version)))
}

/** Runs statements as whoever calls it, each undone, so that a whole role costs one round trip. */
const runner = `
  CREATE SCHEMA soundness_runner; GRANT USAGE ON SCHEMA soundness_runner TO PUBLIC;
  CREATE FUNCTION soundness_runner.run(statements text[]) RETURNS SETOF text[] LANGUAGE plpgsql AS $run$
  DECLARE statement text; touched bigint;
  BEGIN
    FOREACH statement IN ARRAY statements LOOP
      BEGIN
        EXECUTE statement;
        GET DIAGNOSTICS touched = ROW_COUNT;
        RAISE EXCEPTION 'done' USING ERRCODE = 'ZZ000';
      EXCEPTION WHEN OTHERS THEN
        IF SQLSTATE = 'ZZ000' THEN RETURN NEXT ARRAY['00000', touched::text];
        ELSE RETURN NEXT ARRAY[SQLSTATE, SQLERRM]; END IF;
      END;
    END LOOP;
  END $run$`

async function run(client: pg.Client, role: string, cells: readonly Cell[]): Promise<Outcome[]> {
  await client.query('BEGIN')
  try {
    await client.query(`SET LOCAL ROLE ${quote(role)}`)
    const { rows } = await client.query<{ run: [string, string] }>('SELECT soundness_runner.run($1)', [
      cells.map(({ statement }) => statement),
    ])
    return rows.map(({ run: [state, message] }) => ({ state, message }))
  } finally {
    await client.query('ROLLBACK')
  }
}

describe.each(versions)('surfaces on PostgreSQL %s', (version) => {
  let server: EmbeddedPostgres
  let client: pg.Client
  beforeAll(async () => {
    server = await startPostgres({ version })
    client = new pg.Client({ connectionString: server.uri })
    await client.connect()
    await client.query(runner)
  })
  afterAll(async () => {
    await client?.end()
    await server?.stop()
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
        const cells = cellsOf(database, inspectionOf(surfaceOf(catalog, role, { schemas })))
        const outcomes = await run(client, role, cells)
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
})
