import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type EmbeddedPostgres, type PostgresVersion, startPostgres } from '@rolecast/embedded'
import pg from 'pg'

const folder = fileURLToPath(new URL('../../examples/shop/sql/', import.meta.url))

/** The shop's SQL files, in the order to load them. */
export const shopFiles: readonly string[] = readdirSync(folder)
  .sort()
  .map((name) => folder + name)

export const secret = 'a secret of the tests, long enough for HS256'
export const roles = ['anon', 'app_user', 'manager', 'tenant_admin'] as const
export type ApiRole = (typeof roles)[number]

/** The id of one of the demo's people, by number. */
export const person = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export const people = {
  ada: { sub: person(1), tenant_id: 'acme' },
  ben: { sub: person(2), tenant_id: 'acme' },
  mona: { sub: person(13) },
  olga: { sub: person(15), tenant_id: 'acme' },
  paul: { sub: person(16), tenant_id: 'borealis' },
  rosa: { sub: person(18), tenant_id: 'borealis' },
} as const

export type Claims = Readonly<Record<string, unknown>>
export type Query = <Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]) => Promise<Row[]>

export interface Shop extends AsyncDisposable {
  readonly postgres: EmbeddedPostgres
  /** as the superuser */
  readonly query: Query
  /** Runs statements as the API would: as a role, with its claims, in one transaction, which is rolled back. */
  as<T>(role: ApiRole, claims: Claims, work: (query: Query) => Promise<T>): Promise<T>
}

/** Starts a PostgreSQL with the shop in it. */
export async function startShop(version?: PostgresVersion): Promise<Shop> {
  const postgres = await startPostgres(version === undefined ? { sql: shopFiles } : { sql: shopFiles, version })
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  const query: Query = async <Row>(sql: string, values: readonly unknown[] = []) =>
    (await client.query(sql, [...values])).rows as Row[]
  await query('SELECT auth.set_jwt_secret($1)', [secret])
  return {
    postgres,
    query,
    async as(role, claims, work) {
      await query('BEGIN')
      try {
        await query("SELECT set_config('role', $1, true), set_config('request.jwt.claims', $2, true)", [
          role,
          JSON.stringify({ ...claims, role }),
        ])
        return await work(query)
      } finally {
        await query('ROLLBACK')
      }
    },
    async [Symbol.asyncDispose]() {
      await client.end()
      await postgres.stop()
    },
  }
}

/** What `expect(...).rejects.toMatchObject` needs for a missing right, and for a refused row. */
export const denied = { code: '42501' }
