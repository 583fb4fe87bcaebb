import { describe, expect, it } from 'vitest'
import { useRoleDatabase } from '../access/role-database.fixture.js'

describe('relationships of a role', () => {
  const database = useRoleDatabase(18)
  const hints = async (sql: string, name: string) =>
    (await database.relations(sql))('staff', name)?.relationships.map(({ target, hint }) => [target.name, hint])

  const stops = `
    CREATE TABLE api.stops (line int, number int, PRIMARY KEY (line, number));
    CREATE TABLE api.trips (from_line int, from_number int, to_line int, to_number int`
  const keys = (from: string, to: string) => `
    ${from} FOREIGN KEY (from_line, from_number) REFERENCES api.stops,
    ${to} FOREIGN KEY (to_line, to_number) REFERENCES api.stops`

  it('two keys of several columns are told apart by their names, where these say only what the role sees', async () => {
    expect(await hints(`${stops}, ${keys('', '')})`, 'trips')).toEqual([
      ['stops', 'trips_from_line_from_number_fkey'],
      ['stops', 'trips_to_line_to_number_fkey'],
    ])
    expect(await hints('', 'stops')).toEqual([
      ['trips', 'trips_from_line_from_number_fkey'],
      ['trips', 'trips_to_line_to_number_fkey'],
    ])
  })

  it('a name that says more stays unsaid', async () => {
    const named = `DROP TABLE api.trips, api.stops; ${stops}, ${keys('CONSTRAINT fk1_trips_from', 'CONSTRAINT secret_plan_to')})`
    expect(await hints(named, 'trips')).toEqual([['stops', 'fk1_trips_from']])
    expect(await hints('', 'stops')).toEqual([['trips', 'fk1_trips_from']])
  })

  it('keys of several columns through a view, beside another key', async () => {
    const sql = `
      CREATE TABLE api.o (tenant int, no int, code text UNIQUE, PRIMARY KEY (tenant, no));
      CREATE TABLE api.l (tenant int, no int, n int, o_code text REFERENCES api.o (code), FOREIGN KEY (tenant, no) REFERENCES api.o);
      CREATE VIEW api.vl AS SELECT tenant AS t, no AS ono, n, o_code FROM api.l`
    expect(await hints(sql, 'vl')).toEqual([
      ['o', 'o_code'],
      ['o', 'l_tenant_no_fkey'],
    ])
  })
})
