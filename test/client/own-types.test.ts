import { introspect, surfaceOf } from '@rolecast/catalog'
import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { expect, test } from 'vitest'
import { modelOf } from '../../templates/client/model-of.js'

/** A base type that is an integer inside, with what is made for it. */
const numberType = (name: string, more = '') => `
  CREATE TYPE api.${name};
  CREATE FUNCTION api.${name}_in(cstring) RETURNS api.${name} LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
  CREATE FUNCTION api.${name}_out(api.${name}) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
  CREATE TYPE api.${name} (INPUT = api.${name}_in, OUTPUT = api.${name}_out, LIKE = int4); ${more}`

const operator = (name: string, symbol: string, like: string, negator = '') => `
  CREATE FUNCTION api.${name}_${like}(api.${name}, api.${name}) RETURNS bool LANGUAGE internal IMMUTABLE STRICT AS 'int4${like}';
  CREATE OPERATOR api.${symbol} (FUNCTION = api.${name}_${like}, LEFTARG = api.${name}, RIGHTARG = api.${name}${negator && `, NEGATOR = ${negator}`});`

const equality = (name: string) => `${operator(name, '<>', 'ne')} ${operator(name, '=', 'eq', 'OPERATOR(api.<>)')}`
const order = (name: string) => `
  ${[
    ['<', 'lt'],
    ['<=', 'le'],
    ['>', 'gt'],
    ['>=', 'ge'],
  ]
    .map(([symbol = '', like = '']) => operator(name, symbol, like))
    .join('')}
  CREATE FUNCTION api.${name}_cmp(api.${name}, api.${name}) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'btint4cmp';
  CREATE OPERATOR CLASS api.${name}_ops DEFAULT FOR TYPE api.${name} USING btree AS OPERATOR 1 api.<, OPERATOR 2 api.<=,
    OPERATOR 3 api.=, OPERATOR 4 api.>=, OPERATOR 5 api.>, FUNCTION 1 api.${name}_cmp(api.${name}, api.${name});`
const smaller = (name: string) => `
  CREATE FUNCTION api.${name}_min(api.${name}, api.${name}) RETURNS api.${name} LANGUAGE internal IMMUTABLE STRICT AS 'int4smaller';
  CREATE AGGREGATE api.min(api.${name}) (SFUNC = api.${name}_min, STYPE = api.${name});
  CREATE AGGREGATE api.max(api.${name}) (SFUNC = api.${name}_min, STYPE = api.${name});`

const types = ['opaque', 'equal', 'hashed', 'sorted', 'ranked', 'texty', 'torn', 'raster']
const sql = `
  CREATE ROLE anon; CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon;
  ${numberType('opaque')} ${numberType('equal', equality('equal'))}
  ${numberType('hashed', equality('hashed'))}
  CREATE FUNCTION api.hashed_hash(api.hashed) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'hashint4';
  CREATE OPERATOR CLASS api.hashed_ops DEFAULT FOR TYPE api.hashed USING hash AS OPERATOR 1 api.=, FUNCTION 1 api.hashed_hash(api.hashed);
  ${numberType('sorted', equality('sorted') + order('sorted'))}
  ${numberType('ranked', equality('ranked') + order('ranked') + smaller('ranked'))}
  ${numberType('torn')} CREATE CAST (api.torn AS api.sorted) WITHOUT FUNCTION AS IMPLICIT;
  CREATE CAST (api.torn AS api.ranked) WITHOUT FUNCTION AS IMPLICIT;
  ${numberType('raster')} CREATE CAST (api.raster AS api.sorted) WITHOUT FUNCTION AS IMPLICIT;
  CREATE TYPE api.texty;
  CREATE FUNCTION api.texty_in(cstring) RETURNS api.texty LANGUAGE internal IMMUTABLE STRICT AS 'textin';
  CREATE FUNCTION api.texty_out(api.texty) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
  CREATE TYPE api.texty (INPUT = api.texty_in, OUTPUT = api.texty_out, LIKE = text);
  CREATE CAST (api.texty AS text) WITHOUT FUNCTION AS IMPLICIT;
  CREATE TABLE api.everything (${types.flatMap((name) => [`${name} api.${name}`, `${name}_list api.${name}[]`]).join(', ')});
  GRANT SELECT ON api.everything TO anon; SET search_path = api, public`

const questions = {
  ordered: (column: string) => `SELECT FROM everything ORDER BY ${column}`,
  ranked: (column: string) => `SELECT min(${column}), max(${column}) FROM everything`,
  summed: (column: string) => `SELECT sum(${column}), avg(${column}) FROM everything`,
  equal: (column: string) => `SELECT ${column} = NULL, ${column} <> NULL FROM everything GROUP BY 1, 2`,
  compared: (column: string) => `SELECT ${column} < NULL, ${column} >= NULL FROM everything`,
}

test.each([14, 18] as const)(
  'base types that are not PostgreSQL %s its own are offered what they have',
  async (version) => {
    const postgres = await startPostgres({ version })
    const client = new pg.Client({ connectionString: postgres.uri })
    await client.connect()
    try {
      await client.query(sql)
      const catalog = await introspect(client, { schemas: ['api'], roles: ['anon'] })
      const [schema] = modelOf(surfaceOf(catalog, 'anon', { schemas: ['api'] }), {}).schemas
      const wrong: string[] = []
      for (const { name, type } of schema?.relations[0]?.columns.values() ?? []) {
        const filter = typeof type.filter === 'string' ? type.filter : type.filter.text
        const offered = {
          ...type.abilities,
          equal: !filter.startsWith('NullFilter'),
          compared: !/^(?:NullFilter|EqualityFilter)/.test(filter),
        }
        for (const [ability, question] of Object.entries(questions)) {
          const can = await client.query(question(pg.escapeIdentifier(name))).then(
            () => true,
            () => false,
          )
          const isOffered = offered[ability as keyof typeof offered]
          // of lists planning does not see that elements cannot be compared
          const isList = name.endsWith('_list')
          if (isOffered !== can && !(isList && !isOffered))
            wrong.push(`${name} ${ability}: ${isOffered ? 'offered' : 'withheld'}`)
        }
      }
      expect(wrong).toEqual([])
      const filters = [...(schema?.relations[0]?.columns.values() ?? [])].map(({ name, type: { filter } }) => [
        name,
        typeof filter === 'string' ? filter : filter.text,
      ])
      expect(Object.fromEntries(filters)).toMatchObject({
        opaque: 'NullFilter',
        opaque_list: 'NullFilter',
        hashed: 'EqualityFilter<string>',
        sorted: 'Filter<string>',
        sorted_list: 'ArrayFilter<string>',
      })
    } finally {
      await client.end()
      await postgres.stop()
    }
  },
)
