import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introspect } from '../introspect/introspect.js'
import type { Relationship } from '../model/relationship.js'
import { relationshipsOf } from './relationships.js'

const sql = `
  CREATE SCHEMA api; CREATE SCHEMA hidden;
  CREATE TABLE api.people (id int PRIMARY KEY, boss int REFERENCES api.people);
  CREATE TABLE api.passports (person int PRIMARY KEY REFERENCES api.people, number text);
  CREATE TABLE api.groups (a int, b int, PRIMARY KEY (a, b));
  CREATE TABLE api.members (person int REFERENCES api.people, a int, b int, PRIMARY KEY (person, a, b),
    CONSTRAINT to_group FOREIGN KEY (a, b) REFERENCES api.groups);
  CREATE TABLE api.visits (id int PRIMARY KEY, person int REFERENCES api.people, place int REFERENCES api.people);
  CREATE TABLE hidden.notes (id int PRIMARY KEY, author int CONSTRAINT author_key REFERENCES hidden.notes);
  CREATE VIEW api.inner_notes AS SELECT id AS note, author, author AS writer FROM hidden.notes;
  CREATE VIEW api.notes AS SELECT note, writer FROM api.inner_notes;
  CREATE TABLE api.events (id int, at date, person int REFERENCES api.people, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
  CREATE TABLE api.events_old PARTITION OF api.events FOR VALUES FROM ('2000-01-01') TO ('2001-01-01');
  CREATE FUNCTION api.friends(api.people) RETURNS SETOF api.people LANGUAGE sql AS 'SELECT * FROM api.people';
  CREATE FUNCTION api.best(api.people) RETURNS SETOF api.people ROWS 1 LANGUAGE sql AS 'SELECT * FROM api.people';
  CREATE FUNCTION api.passports(api.people) RETURNS SETOF api.passports LANGUAGE sql AS 'SELECT * FROM api.passports';
`

describe('relationshipsOf', () => {
  let server: EmbeddedPostgres
  let all: Relationship[]
  beforeAll(async () => {
    server = await startPostgres()
    const client = new pg.Client({ connectionString: server.uri })
    await client.connect()
    await client.query(sql)
    all = relationshipsOf(await introspect(client, { schemas: ['api'], roles: [] }), ['api'])
    await client.end()
  })
  afterAll(() => server?.stop())

  const between = (source: string, target: string) =>
    all
      .filter((item) => item.source === source && item.target === target)
      .map(({ kind, columns, junction, name }) => ({ kind, columns, via: junction?.relation ?? name }))

  it('finds both sides of a foreign key', () => {
    const columns = [['person', 'id']]
    expect(between('api.visits', 'api.people')).toEqual([
      { kind: 'many-to-one', columns, via: 'visits_person_fkey' },
      { kind: 'many-to-one', columns: [['place', 'id']], via: 'visits_place_fkey' },
    ])
    expect(between('api.people', 'api.visits')[0]).toMatchObject({ kind: 'one-to-many', columns: [['id', 'person']] })
  })

  it('finds one-to-one where the key is unique, and lets a function replace it', () => {
    expect(between('api.passports', 'api.people')).toMatchObject([{ kind: 'one-to-one' }])
    expect(between('api.people', 'api.passports')).toMatchObject([{ kind: 'computed', via: 'passports' }])
  })

  it('finds self references in both directions, and computed relationships', () => {
    expect(between('api.people', 'api.people').map(({ kind, via }) => `${kind} ${via}`)).toEqual([
      'computed best',
      'computed friends',
      'many-to-one people_boss_fkey',
      'one-to-many people_boss_fkey',
    ])
    expect(all.find(({ name }) => name === 'best')?.isToOne).toBe(true)
    expect(all.find(({ name }) => name === 'friends')?.isToOne).toBe(false)
  })

  it('finds many-to-many only through junctions whose primary key holds both keys', () => {
    const [found] = all.filter(({ kind, source }) => kind === 'many-to-many' && source === 'api.groups')
    expect(found).toMatchObject({
      target: 'api.people',
      junction: {
        relation: 'api.members',
        constraints: ['to_group', 'members_person_fkey'],
        sourceColumns: [
          ['a', 'a'],
          ['b', 'b'],
        ],
        targetColumns: [['id', 'person']],
      },
    })
    expect(all.some(({ junction }) => junction?.relation === 'api.visits')).toBe(false)
  })

  it('traces keys of hidden tables through nested views, under each name of a column', () => {
    expect(between('api.inner_notes', 'api.notes').map(({ kind, columns }) => `${kind} ${columns}`)).toEqual([
      'many-to-one author,note',
      'many-to-one writer,note',
      'one-to-many note,writer',
    ])
    expect(between('api.notes', 'api.notes')).toHaveLength(2)
    expect(all.some(({ source, target }) => source.startsWith('hidden') || target.startsWith('hidden'))).toBe(false)
  })

  it('takes a partitioned table’s key once', () => {
    expect(between('api.events', 'api.people')).toHaveLength(1)
    expect(between('api.events_old', 'api.people')).toHaveLength(0)
  })
})
