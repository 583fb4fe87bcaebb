import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { surfaceOf } from '../surface/surface-of.js'
import { NodeTreeError, parseNodeTree } from './expressions/parse-node-tree.js'
import { introspect } from './introspect.js'

describe('enormous definitions', () => {
  let server: EmbeddedPostgres
  let client: pg.Client
  beforeAll(async () => {
    server = await startPostgres({ settings: { max_stack_depth: '6MB' } })
    client = new pg.Client({ connectionString: server.uri })
    await client.connect()
    await client.query('CREATE ROLE anon; CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon')
  })
  afterAll(async () => {
    await client?.end()
    await server?.stop()
  })
  const surface = async () => {
    const catalog = await introspect(client, { schemas: ['api'], roles: ['anon'] })
    return surfaceOf(catalog, 'anon', { schemas: ['api'] })
  }
  const named = async (name: string) => (await surface()).relations.find((relation) => relation.name === name)

  it('follows views through 800 others', async () => {
    await client.query('CREATE TABLE api.v0 (a int NOT NULL)')
    for (let level = 1; level <= 800; level += 1) {
      await client.query(`CREATE VIEW api.v${level} AS SELECT a FROM api.v${level - 1}`)
    }
    await client.query('GRANT SELECT ON api.v800 TO anon')
    expect(await named('v800')).toMatchObject({ select: ['a'], columns: [{ name: 'a', nullable: false }] })
    await client.query('DROP TABLE api.v0 CASCADE')
  }, 60_000)

  it('asks once what many ways lead to: 40 views, each of which reads the one before it twice', async () => {
    await client.query('CREATE TABLE api.w0 (a int)')
    for (let level = 1; level <= 40; level += 1) {
      await client.query(
        `CREATE VIEW api.w${level} AS SELECT q.a FROM api.w${level - 1} q, api.w${level - 1} r WHERE q.a > 0`,
      )
    }
    await client.query('GRANT SELECT ON api.w40 TO anon')
    expect(await named('w40')).toMatchObject({ select: ['a'], filter: ['a'] })
    await client.query('DROP TABLE api.w0 CASCADE')
  }, 60_000)

  it('reads queries in FROM of each other, 200 deep', async () => {
    const text = Array.from({ length: 200 }).reduce<string>(
      (inner) => `(SELECT q.a + 1 AS a FROM ${inner} q)`,
      'api.t0',
    )
    await client.query(`CREATE TABLE api.t0 (a int); CREATE VIEW api.nested AS SELECT a FROM ${text} q`)
    await client.query('GRANT SELECT ON api.nested TO anon')
    expect((await named('nested'))?.select).toEqual(['a'])
    await client.query('DROP TABLE api.t0 CASCADE')
  }, 60_000)

  it('takes 1,600 columns and megabytes of comment', async () => {
    const columns = Array.from({ length: 1600 }, (_, index) => `c${index} int`)
    const comment = 'x'.repeat(3_000_000)
    await client.query(
      `CREATE TABLE api.wide (${columns.join(', ')}); GRANT SELECT, INSERT, UPDATE ON api.wide TO anon`,
    )
    await client.query(`COMMENT ON TABLE api.wide IS '${comment}'`)
    const wide = await named('wide')
    expect(wide?.select).toHaveLength(1600)
    expect(wide?.insert).toHaveLength(1600)
    expect(wide?.comment).toBe(comment)
    await client.query('DROP TABLE api.wide')
  })

  it('reads expressions thousands of levels deep', async () => {
    await client.query(`CREATE TABLE api.deep (a int DEFAULT ${'1+'.repeat(3000)}1); GRANT SELECT ON api.deep TO anon`)
    const condition = Array.from({ length: 1500 }, (_, index) => (index % 2 ? '(a > 0 AND ' : '(a < 0 OR ')).join('')
    await client.query(`CREATE VIEW api.deep_view AS SELECT a FROM api.deep WHERE ${condition}true${')'.repeat(1500)}`)
    await client.query('GRANT SELECT ON api.deep_view TO anon')
    expect((await named('deep_view'))?.select).toEqual(['a'])
  })

  it('refuses what is no expression tree', () => {
    for (const text of ['', '{', '(', '{VAR :a 1', '{VAR :a 1)', '}', '{CONST :constvalue 4 }']) {
      expect(() => parseNodeTree(text), text).toThrow(NodeTreeError)
    }
    expect(parseNodeTree(`(${'('.repeat(50_000)}${')'.repeat(50_000)})`)).toHaveLength(1)
  })
})
