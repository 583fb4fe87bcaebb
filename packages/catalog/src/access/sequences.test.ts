import { describe, expect, it } from 'vitest'
import { useRoleDatabase } from './role-database.fixture.js'

/** `anon` has one privilege on each of these but the last two, which it may not look up by name, or use at all. */
const sequences = `CREATE SEQUENCE api.usage; CREATE SEQUENCE api.update; CREATE SEQUENCE api."Select"; CREATE SEQUENCE api.none;
  GRANT USAGE ON SEQUENCE api.usage TO anon; GRANT UPDATE ON SEQUENCE api.update TO anon;
  GRANT SELECT ON SEQUENCE api."Select" TO anon; CREATE SCHEMA shut; CREATE SEQUENCE shut.inside;
  GRANT ALL ON SEQUENCE shut.inside TO anon;`

/** By the column's name: its default, and what inserting a row without it is answered. */
const defaults = {
  next_usage: [`nextval('api.usage')`, '00000'],
  next_update: [`nextval('api.update')`, '00000'],
  next_select: [`nextval('api."Select"')`, '42501'],
  current_usage: [`currval('api.usage')`, '00000'],
  current_update: [`currval('api.update')`, '42501'],
  current_select: [`currval('api."Select"')`, '55000'],
  set_usage: [`setval('api.usage', 5)`, '42501'],
  set_update: [`setval('api.update', 5, false)`, '00000'],
  set_select: [`setval('api."Select"', 5)`, '42501'],
  text_usage: [`nextval(' API . usage'::text)`, '00000'],
  text_select: [`nextval('api."Select"'::text)`, '42501'],
  text_cast: [`nextval('api.none'::varchar::regclass)`, '42501'],
  inside: [`nextval('shut.inside')`, '00000'],
  text_inside: [`nextval('shut.inside'::text)`, '42501'],
} as const

describe.each([15, 18] as const)('sequences that constants name, on PostgreSQL %s', (version) => {
  const { relations, says } = useRoleDatabase(version)

  it('a default that calls nextval(), currval() or setval() needs what each of them asks for', async () => {
    const tables = Object.entries(defaults).map(
      ([name, [text]]) => `CREATE TABLE api.${name} (a int, b bigint DEFAULT ${text})`,
    )
    const of = await relations(`${sequences} ${tables.join(';')}`)
    for (const [name, [, answer]] of Object.entries(defaults)) {
      expect(await says('anon', `INSERT INTO api.${name} (a) VALUES (1)`), name).toBe(answer)
      expect(of('anon', name)?.required, name).toEqual(answer === '42501' ? ['b'] : [])
      expect(of('anon', name)?.insertAlone, name).toEqual(answer === '42501' ? ['b'] : ['a', 'b'])
    }
  })

  it('so do a view’s columns and its condition', async () => {
    const of =
      await relations(`CREATE TABLE api.base (a int); INSERT INTO api.base VALUES (1); CREATE SEQUENCE api.closed;
      CREATE VIEW api.numbered AS SELECT a, nextval('api.closed') AS n FROM api.base;
      CREATE VIEW api.counting AS SELECT a FROM api.base WHERE nextval('api.closed') > 0`)
    for (const name of ['numbered', 'counting']) {
      expect(await says('anon', `SELECT a FROM api.${name}`)).toBe('42501')
      expect(of('anon', name)?.select ?? []).toEqual([])
      expect(of('owner', name)).toBeUndefined()
    }
  })
})
