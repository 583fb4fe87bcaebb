import * as fc from 'fast-check'
import type { ColumnModel, RelationModel, RelationshipModel } from '../../../templates/client/model.js'
import { texts } from './relations.js'

/** A condition as the client takes it, and as SQL. */
interface Condition {
  readonly client: object
  readonly sql: string
}

export interface Term {
  readonly column: ColumnModel
  /** of a related row */
  readonly of: RelationshipModel | null
  readonly isInside: boolean
  readonly direction: 'asc' | 'desc'
  readonly nulls: 'first' | 'last' | null
}

export interface Shown {
  readonly relationship: RelationshipModel
  readonly columns: readonly ColumnModel[]
  readonly isSpread: boolean
}

/** A query, of which the client's form and SQL are made. */
export interface Asked {
  readonly relation: RelationModel
  readonly columns: readonly ColumnModel[]
  /** the names that columns have in the row; null: their own */
  readonly aliases: boolean
  readonly inside: ColumnModel | null
  readonly shown: readonly Shown[]
  readonly where: readonly Condition[]
  readonly order: readonly Term[]
  readonly limit: number | null
  readonly offset: number | null
  readonly size: number
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
export const sqlText = (text: string) => `'${text.replaceAll("'", "''")}'`
export const sqlColumn = ({ name }: { readonly name: string }, of = 'r') => `${of}.${quoted(name)}`
export const tableOf = ({ surface: { schema, name } }: RelationModel) => `${quoted(schema)}.${quoted(name)}`

const numbers = ['1', '2', '9007199254740992', '9007199254740994']
const pair = (client: unknown, sql: string) => ({ client, sql })
const either = (...conditions: readonly { client: unknown; sql: string }[]) => fc.constantFrom(...conditions)

/** What can be said of a column: by the type that it is of. `$` stands for the column. */
function conditionsOn({ type: { base } }: ColumnModel): fc.Arbitrary<{ client: unknown; sql: string }> {
  const nulls = [pair({ is: null }, '$ IS NULL'), pair({ is: 'not_null' }, '$ IS NOT NULL')]
  const others: Readonly<Record<string, fc.Arbitrary<{ client: unknown; sql: string }>>> = {
    text: fc
      .constantFrom(...texts)
      .chain((text) =>
        either(
          pair(text, `$ = ${sqlText(text)}`),
          pair({ not: { eq: text } }, `NOT ($ = ${sqlText(text)})`),
          pair([text, 'a'], `$ IN (${sqlText(text)}, 'a')`),
          pair({ gte: text }, `$ >= ${sqlText(text)}`),
          pair({ isdistinct: text }, `$ IS DISTINCT FROM ${sqlText(text)}`),
        ),
      ),
    int4: either(pair({ gte: 2 }, '$ >= 2'), pair([1, 3], '$ IN (1, 3)'), pair({ neq: 2 }, '$ <> 2')),
    bool: either(
      pair(true, '$'),
      pair({ is: 'unknown' }, '$ IS UNKNOWN'),
      pair({ not: { is: true } }, '$ IS NOT TRUE'),
    ),
    timestamptz: either(
      pair({ gt: '2026-01-04T00:00:00Z' }, "$ > '2026-01-04T00:00:00Z'"),
      pair(new Date('2026-01-04'), "$ = '2026-01-04T00:00:00Z'"),
    ),
    jsonb: either(
      pair({ path: ['n'], gte: 1 }, "jsonb_typeof($->'n') = 'number' AND $->'n' >= '1'"),
      pair({ path: ['in', 't'], eq: 'a,b' }, `$->'in'->'t' = '"a,b"'`),
    ),
  }
  const exact = fc
    .constantFrom(...numbers)
    .chain((text) =>
      either(pair({ gte: text }, `$ >= ${text}`), pair({ not: { in: [text, '3'] } }, `NOT ($ IN (${text}, 3))`)),
    )
  const own = others[base] ?? (/^(?:numeric|int8)$/.test(base) ? exact : null)
  return fc.oneof(either(...nulls), ...(own ? [{ weight: 3, arbitrary: own }] : []))
}

function condition(relation: RelationModel): fc.Arbitrary<Condition> {
  const columns = [...relation.columns.values()].filter(({ name }) => relation.surface.filter.includes(name))
  const one = fc.constantFrom(...columns).chain((column) =>
    conditionsOn(column).map(({ client, sql }) => ({
      client: { [column.property]: client },
      sql: `(${sql.replaceAll('$', () => sqlColumn(column))})`,
    })),
  )
  const both = fc.tuple(one, one)
  return fc.oneof(
    { weight: 3, arbitrary: one },
    both.map(([a, b]) => ({ client: { $or: [a.client, b.client] }, sql: `(${a.sql} OR ${b.sql})` })),
    both.map(([a, b]) => ({
      client: { $not: { ...b.client, ...a.client } },
      sql: `NOT (${Object.keys(a.client)[0] === Object.keys(b.client)[0] ? a.sql : `${a.sql} AND ${b.sql}`})`,
    })),
  )
}

const direction = fc.constantFrom('asc' as const, 'desc' as const)
const nulls = fc.constantFrom('first' as const, 'last' as const, null)
const few = { maxLength: 2 }

/** Relationships by a foreign key. */
export function links({ relationships }: RelationModel): readonly RelationshipModel[] {
  return relationships.filter(({ surface }) => surface.junction === null && surface.kind !== 'computed')
}

export function readable({ columns, surface }: RelationModel): ColumnModel[] {
  return [...columns.values()].filter(({ name }) => surface.select.includes(name))
}

function term(relation: RelationModel): fc.Arbitrary<Term> {
  const terms = readable(relation).flatMap((column) => [
    ...(column.type.abilities.ordered ? [{ column, of: null, isInside: false }] : []),
    ...(column.type.base === 'jsonb' ? [{ column, of: null, isInside: true }] : []),
  ])
  const related = links(relation)
    .filter(({ surface }) => surface.cardinality === 'one')
    .flatMap((of) => readable(of.target).map((column) => ({ column, of, isInside: false })))
    .filter(({ column }) => column.type.abilities.ordered)
  return fc
    .record({ by: fc.constantFrom(...terms, ...related), direction, nulls })
    .map(({ by, ...more }) => ({ ...by, ...more }))
}

function shown(relation: RelationModel): fc.Arbitrary<Shown[]> {
  const all = links(relation)
  if (all.length === 0) return fc.constant([])
  return fc.subarray([...all], few).chain((chosen) =>
    fc.tuple(
      ...chosen.map((relationship) =>
        fc.record({
          relationship: fc.constant(relationship),
          columns: fc.subarray(readable(relationship.target), { minLength: 1 }),
          isSpread: fc.boolean(),
        }),
      ),
    ),
  )
}

/** Random queries over the relations of a client. */
export function randomQuery(relations: readonly RelationModel[]): fc.Arbitrary<Asked> {
  return fc.constantFrom(...relations).chain((relation) => {
    const columns = readable(relation)
    const documents = columns.filter(({ type }) => type.base === 'jsonb')
    return fc.record({
      relation: fc.constant(relation),
      columns: fc.subarray(columns, { minLength: 1 }),
      aliases: fc.boolean(),
      inside: documents[0] ? fc.option(fc.constantFrom(...documents)) : fc.constant(null),
      shown: shown(relation),
      where: fc.array(condition(relation), few),
      order: fc.array(term(relation), few),
      limit: fc.option(fc.nat(30), { freq: 4 }),
      offset: fc.option(fc.nat(9), { freq: 6 }),
      size: fc.integer({ min: 1, max: 12 }),
    })
  })
}
