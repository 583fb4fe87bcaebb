import type { ColumnKind } from '@rolecast/client'
import type { ClientOptions } from './options.js'

type ScalarFilter =
  | 'compare'
  | 'equal'
  | 'text'
  | 'boolean'
  | 'json'
  | 'parts'
  | 'text-parts'
  | 'range'
  | 'multirange'
  | 'search'
  | 'none'

/** How a scalar type looks in rows and writes, and which operators its filters have. */
export interface Scalar {
  readonly type: string
  /** in writes, where that is another */
  readonly input?: string
  readonly filter: ScalarFilter
  /** how the runtime must read it, and write its conditions */
  readonly kind?: ColumnKind
  /** of a range or multirange: the base type of what is in it */
  readonly subtype?: string
}

const number: Scalar = { type: 'number', filter: 'compare' }
const comparable: Scalar = { type: 'string', filter: 'compare' }
const text: Scalar = { type: 'string', filter: 'text' }
/** Written as a Date, too: as its moment in UTC. */
const moment: Scalar = { type: 'string', input: 'string | Date', filter: 'compare' }
const opaque: Scalar = { type: 'string', filter: 'none' }

/**
 * Base types by name, as PostgreSQL's to_json prints them; whatever is not here is sent and received as text by
 * PostgreSQL's own input and output. (Of floats, NaN and the infinities are text as well, which no type here says.)
 */
export function scalarTypes(options: ClientOptions): ReadonlyMap<string, Scalar> {
  const { int8 = 'string', numeric = 'string', timestamptz = 'string', json = 'unknown' } = options.types ?? {}
  return new Map<string, Scalar>([
    ...each(['int2', 'int4', 'float4', 'float8'], number),
    ['int8', exact(int8)],
    ['numeric', exact(numeric)],
    ['bool', { type: 'boolean', filter: 'boolean' }],
    ...each(['text', 'varchar', 'bpchar', 'char', 'name', 'citext'], text),
    ['jsonb', { type: json, filter: 'json', kind: 'j' }],
    ['json', { type: json, filter: 'text-parts', kind: 'J' }], // has no equality
    ...each(['date', 'timestamp'], moment),
    ['timestamptz', timestamptz === 'Date' ? { ...moment, type: 'Date', kind: 'd' } : moment],
    ['tsvector', { type: 'string', filter: 'search' }],
    ...each(['xml', 'point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle', 'refcursor', 'jsonpath'], opaque),
    ...each(['pg_snapshot', 'txid_snapshot', ...objectNames], opaque),
    ['record', { type: 'Record<string, unknown>', filter: 'none' }],
    ...ranges({ int4: 'int4', int8: 'int8', num: 'numeric', ts: 'timestamp', tstz: 'timestamptz', date: 'date' }),
    ['int2vector', { type: 'number[]', filter: 'none' }],
    ['oidvector', { type: 'string[]', filter: 'none' }],
    // these have a cast to json, which is what to_json uses
    ['hstore', { type: 'Record<string, string | null>', input: 'string', filter: 'parts', kind: 'j' }],
    ['geometry', { type: 'unknown', filter: 'none' }],
  ])
}

/** Those of the above that extensions bring. */
export const ofExtensions: ReadonlySet<string> = new Set(['citext', 'hstore', 'geometry'])

/** They are read as names and compared as numbers. */
const objectNames = [
  'regclass',
  'regcollation',
  'regconfig',
  'regdictionary',
  'regnamespace',
  'regoper',
  'regoperator',
  'regproc',
  'regprocedure',
  'regrole',
  'regtype',
]

/** What an unknown base type is: the text that PostgreSQL prints. */
export const unknownScalar = comparable

function each(names: readonly string[], scalar: Scalar): [string, Scalar][] {
  return names.map((name) => [name, scalar])
}

function ranges(subtypes: Readonly<Record<string, string>>): [string, Scalar][] {
  return Object.entries(subtypes).flatMap(([name, subtype]): [string, Scalar][] => [
    [`${name}range`, { type: 'string', filter: 'range', kind: 'r', subtype }],
    [`${name}multirange`, { type: 'string', filter: 'multirange', kind: 'R', subtype }],
  ])
}

/** Base types of which no value looks like a range: a condition that takes both tells them apart. */
export const unlikeRanges: ReadonlySet<string> = new Set([
  ...['int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'money', 'oid', 'pg_lsn', 'uuid'],
  ...['date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval', 'inet', 'cidr', 'macaddr', 'macaddr8'],
])

const exactKinds = { string: 't', number: 'n', bigint: 'b' } as const

function exact(policy: 'string' | 'number' | 'bigint'): Scalar {
  return { type: policy, filter: 'compare', kind: exactKinds[policy] }
}
