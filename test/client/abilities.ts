import { introspect, surfaceOf } from '@rolecast/catalog'
import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { expect, test } from 'vitest'
import type { Ability } from '../../templates/client/abilities.js'
import { modelOf } from '../../templates/client/model-of.js'

const questions: Readonly<Record<Ability, (column: string) => string>> = {
  ordered: (column) => `SELECT FROM api.everything ORDER BY ${column}`,
  ranked: (column) => `SELECT min(${column}), max(${column}) FROM api.everything`,
  summed: (column) => `SELECT sum(${column}), avg(${column}) FROM api.everything`,
}

/** Of these only newer versions have a minimum and a maximum: they are offered for none. */
const newer = ['bytea', 'xid8', 'api.co', 'api.co_json']

test.each([14, 18] as const)('PostgreSQL %s can order by and aggregate what clients offer', async (version) => {
  const postgres = await startPostgres({ version, authentication: 'trust' })
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  try {
    await client.query(`CREATE ROLE anon; CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon; CREATE TYPE api.en AS ENUM ('a');
      CREATE TYPE api.co AS (a int4); CREATE TYPE api.co_json AS (a int4, j json); CREATE DOMAIN api.dint AS int8; CREATE DOMAIN api.darray AS text[]`)
    const { rows } = await client.query<{ type: string }>(`SELECT oid::regtype::text AS type FROM pg_type
      WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm') AND typname !~ '^(_|pg_|gtsvector)'`)
    const own = ['en', 'co', 'co_json', 'dint', 'darray'].map((name) => `api.${name}`)
    const lists = ['int4', 'json', 'point', 'bool', 'api.en', 'api.co', 'api.co_json', 'int4range'].map(
      (name) => `${name}[]`,
    )
    const types = [...rows.map(({ type }) => type), ...own, ...lists]
    const columns = types.map((type) => `${pg.escapeIdentifier(type)} ${type}`)
    await client.query(`CREATE TABLE api.everything (${columns}); GRANT SELECT ON api.everything TO anon`)
    const catalog = await introspect(client, { schemas: ['api'], roles: ['anon'], authenticator: 'postgres' })
    const [schema] = modelOf(surfaceOf(catalog, 'anon', { schemas: ['api'] }), {}).schemas
    const wrong: string[] = []
    for (const { name, type } of schema?.relations[0]?.columns.values() ?? []) {
      for (const [ability, question] of Object.entries(questions)) {
        const can = await client.query(question(pg.escapeIdentifier(name))).then(
          () => true,
          () => false,
        )
        const offered = type.abilities[ability as Ability]
        // Planning does not see that elements cannot be compared.
        if (ability === 'ranked' && (newer.includes(name) || !type.abilities.ordered)) continue
        if (offered !== can) wrong.push(`${name} ${ability}: ${offered ? 'offered' : 'withheld'}`)
      }
    }
    expect(wrong).toEqual([])
    expect(schema?.relations[0]?.columns.get('api.darray')?.type.filter.text).toBe('ArrayFilter<string>')
  } finally {
    await client.end()
    await postgres.stop()
  }
})
