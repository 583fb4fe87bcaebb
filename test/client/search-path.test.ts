import { introspect, type Surface, surfaceOf } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { createServer, type Server } from '@rolecast/server'
import { emitClient } from '@rolecast/templates/client'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** A type as text, with its operators, min and max in another schema. */
const typeOf = (name: string, schema: string, operators: string) => `
  CREATE TYPE ${schema}.${name};
  CREATE FUNCTION ${schema}.${name}_in(cstring) RETURNS ${schema}.${name} LANGUAGE internal IMMUTABLE STRICT AS 'textin';
  CREATE FUNCTION ${schema}.${name}_out(${schema}.${name}) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
  CREATE TYPE ${schema}.${name} (INPUT = ${schema}.${name}_in, OUTPUT = ${schema}.${name}_out, LIKE = text, COLLATABLE = true);
  ${[
    ['<', 'text_lt'],
    ['<=', 'text_le'],
    ['=', 'texteq'],
    ['<>', 'textne'],
    ['>=', 'text_ge'],
    ['>', 'text_gt'],
  ]
    .map(
      ([operator, code]) =>
        `CREATE FUNCTION ${operators}.${name}_${code}(${schema}.${name}, ${schema}.${name}) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS '${code}';
         CREATE OPERATOR ${operators}.${operator} (LEFTARG = ${schema}.${name}, RIGHTARG = ${schema}.${name}, FUNCTION = ${operators}.${name}_${code}${operator === '=' ? `, COMMUTATOR = OPERATOR(${operators}.=), MERGES` : ''});`,
    )
    .join('\n')}
  CREATE FUNCTION ${operators}.${name}_cmp(${schema}.${name}, ${schema}.${name}) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'bttextcmp';
  CREATE OPERATOR CLASS ${operators}.${name}_ops DEFAULT FOR TYPE ${schema}.${name} USING btree AS
    OPERATOR 1 ${operators}.<, OPERATOR 2 ${operators}.<=, OPERATOR 3 ${operators}.=, OPERATOR 4 ${operators}.>=, OPERATOR 5 ${operators}.>,
    FUNCTION 1 ${operators}.${name}_cmp(${schema}.${name}, ${schema}.${name});
  CREATE FUNCTION ${operators}.${name}_least(${schema}.${name}, ${schema}.${name}) RETURNS ${schema}.${name} LANGUAGE internal IMMUTABLE STRICT AS 'text_smaller';
  CREATE AGGREGATE ${operators}.min(${schema}.${name}) (SFUNC = ${operators}.${name}_least, STYPE = ${schema}.${name});
  CREATE AGGREGATE ${operators}.max(${schema}.${name}) (SFUNC = ${operators}.${name}_least, STYPE = ${schema}.${name});`

const relationsOf = (schema: string, type: string) => `
  CREATE TABLE ${schema}.parents_${type} (value types.${type} PRIMARY KEY, list types.${type}[]);
  CREATE TABLE ${schema}.children_${type} (id int PRIMARY KEY, parent types.of_${type} REFERENCES ${schema}.parents_${type});
  INSERT INTO ${schema}.parents_${type} VALUES ('a'), ('b'); INSERT INTO ${schema}.children_${type} VALUES (1, 'a');`

const types = ['here', 'open', 'far', 'mine'] as const
const sql = `
  CREATE ROLE anon; CREATE ROLE authenticator LOGIN NOINHERIT; GRANT anon TO authenticator;
  CREATE SCHEMA types; CREATE SCHEMA api; CREATE SCHEMA two; CREATE SCHEMA "far ops"; GRANT USAGE ON SCHEMA types, api, two, "far ops" TO anon;
  ${typeOf('here', 'types', 'api')} ${typeOf('open', 'types', 'public')} ${typeOf('far', 'types', '"far ops"')} ${typeOf('mine', 'types', 'types')}
  ${types.map((type) => `CREATE DOMAIN types.of_${type} AS types.${type};`).join('')}
  ${['api', 'two'].flatMap((schema) => types.map((type) => relationsOf(schema, type))).join('')}
  GRANT SELECT ON ALL TABLES IN SCHEMA api, two TO anon`

let postgres: EmbeddedPostgres
beforeAll(async () => {
  postgres = await startPostgres({ sql: [], authentication: 'trust' })
  const admin = new pg.Client({ connectionString: postgres.uri })
  await admin.connect()
  await admin.query(sql)
  await admin.end()
})
afterAll(() => postgres?.stop())

/** What each type is offered for, and what the server answers. */
describe.each([
  { schemas: ['api'], extra: undefined, offered: ['here', 'open'] },
  { schemas: ['two'], extra: ['public', 'far ops'], offered: ['open', 'far'] },
  { schemas: ['api'], extra: [], offered: ['here'] },
  { schemas: ['api', 'two'], extra: ['types'], offered: ['mine'] },
])('operators outside of the search path of $schemas with $extra', ({ schemas, extra, offered }) => {
  let server: Server
  let surface: Surface
  beforeAll(async () => {
    const admin = new pg.Client({ connectionString: postgres.uri })
    await admin.connect()
    surface = surfaceOf(await introspect(admin, { schemas, roles: ['anon'] }), 'anon', {
      schemas,
      extraSearchPath: extra,
    })
    await admin.end()
    server = await createServer({
      ...{ dbUri: postgres.uriOf({ user: 'authenticator' }), dbSchemas: schemas, dbAnonRole: 'anon' },
      ...{ dbAggregatesEnabled: true, ...(extra && { dbExtraSearchPath: extra }) },
    })
  })
  afterAll(() => server?.close())

  const statusOf = async (path: string, schema: string) => {
    const headers = { 'Accept-Profile': schema }
    return (await server.fetch(new Request(`http://test/${path}`, { headers }))).status
  }

  test.each(types)('%s: what is offered works, what is not would fail', async (type) => {
    const isOffered = offered.includes(type)
    expect(surface.operators[`types.${type}`]).toEqual({
      comparing: isOffered ? ['<', '<=', '<>', '=', '>', '>='] : [],
      ...{ isOrdered: true, isGrouped: true, isRanked: isOffered, isSummed: false },
    })
    const statuses = await Promise.all(
      schemas.map(async (schema) => {
        const relation = (name: string) =>
          surface.relations.find((each) => each.schema === schema && each.name === `${name}_${type}`)
        expect(relation('parents')?.primaryKey).toEqual(isOffered || isHere(type, schema) ? ['value'] : [])
        const [relationship] = relation('children')?.relationships ?? []
        expect(relationship !== undefined).toBe(isOffered || isHere(type, schema))
        for (const path of ['order=value', 'list=eq.{a}', 'select=value,value.count()']) {
          expect(await statusOf(`parents_${type}?${path}`, schema)).toBe(200)
        }
        const paths = [
          ...['eq', 'gt', 'neq'].map((operator) => `parents_${type}?value=${operator}.a`),
          `parents_${type}?select=value.min()`,
          `children_${type}?parent=in.(a)`,
          `children_${type}?select=parents_${type}!parent(value)`,
        ]
        return Promise.all(paths.map((path) => statusOf(path, schema)))
      }),
    )
    expect(new Set(statuses.flat()).has(404)).toBe(!isOffered)
    if (schemas.length === 1) expect(new Set(statuses.flat())).toEqual(new Set([isOffered ? 200 : 404]))
    const text = emitClient(surface)[0]?.content ?? ''
    expect(/\bNullFilter\b/.test(membersOf(text, type))).toBe(!isOffered)
  })

  const isHere = (type: string, schema: string) => type === 'here' && schema === 'api'
})

function membersOf(text: string, type: string): string {
  return (
    / {2}value\?: .*/g.exec(
      text.slice(text.indexOf(`interface Parents${type[0]?.toUpperCase()}${type.slice(1)}Filter`)),
    )?.[0] ?? ''
  )
}
