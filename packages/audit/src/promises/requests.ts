import { type Column, quoteIdentifier, type Relation } from '@rolecast/catalog'
import { keyOfRelation } from '../rows/claims.js'
import type { Step, TestRequest } from './permission-test.js'
import { sqlCondition, sqlNames, sqlText, sqlValue } from './sql-text.js'

type Values = Readonly<Record<string, string | null>>

/** A column in a URL, in the quotes that names with other characters need. */
const urlName = (name: string): string =>
  encodeURIComponent(/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`)

const pathOf = ({ name }: Relation) => `/${encodeURIComponent(name)}`

const filterOf = (values: Values) =>
  Object.entries(values).map(
    ([name, value]) => `${urlName(name)}=${value === null ? 'is.null' : `eq.${encodeURIComponent(value)}`}`,
  )

function request(
  relation: Relation,
  method: TestRequest['method'],
  query: readonly string[],
  body: string | null = null,
): TestRequest {
  const target = pathOf(relation) + (query.length === 0 ? '' : `?${query.join('&')}`)
  return { method, target, schema: relation.schema, body }
}

/** Reads these columns of any one row. */
export function readColumns(relation: Relation, columns: readonly string[]): Step {
  return {
    sql: `SELECT ${sqlNames(columns)} FROM ${keyOfRelation(relation)} LIMIT 1`,
    request: request(relation, 'GET', [`select=${columns.map(urlName).join(',')}`, 'limit=1']),
  }
}

/** Inserts no row, but names these columns. */
export function insertColumns(relation: Relation, columns: readonly string[]): Step {
  const nulls = columns.map((name) => `NULL::${typeOf(relation, name)}`)
  return {
    sql: `INSERT INTO ${keyOfRelation(relation)} (${sqlNames(columns)}) SELECT ${nulls.join(', ')} WHERE false`,
    request: request(relation, 'POST', [`columns=${columns.map(urlName).join(',')}`], '[]'),
  }
}

/** A condition that no row meets, and that needs one readable column; null: none is readable. */
const noRow = (readable: string | undefined): readonly string[] =>
  readable === undefined ? [] : [`${urlName(readable)}=is.null`, `${urlName(readable)}=not.is.null`]
const noRowSql = (readable: string | undefined): string =>
  readable === undefined ? 'false' : `${quoteIdentifier(readable)} IS NULL AND ${quoteIdentifier(readable)} IS NOT NULL`

/** Updates no row, but names these columns. Without a readable column the API cannot ask for no row. */
export function updateColumns(
  relation: Relation,
  columns: readonly string[],
  readable: string | undefined,
  isRefused: boolean,
): Step {
  const assigned = columns.map((name) => `${quoteIdentifier(name)} = NULL`)
  const body = JSON.stringify(Object.fromEntries(columns.map((name) => [name, null])))
  return {
    sql: `UPDATE ${keyOfRelation(relation)} SET ${assigned.join(', ')} WHERE ${noRowSql(readable)}`,
    request: readable === undefined && !isRefused ? null : request(relation, 'PATCH', noRow(readable), body),
  }
}

export function deleteNone(relation: Relation, readable: string | undefined, isRefused: boolean): Step {
  return {
    sql: `DELETE FROM ${keyOfRelation(relation)} WHERE ${noRowSql(readable)}`,
    request: readable === undefined && !isRefused ? null : request(relation, 'DELETE', noRow(readable)),
  }
}

export function readRow(relation: Relation, key: Values): Step {
  const columns = Object.keys(key)
  return {
    sql: `SELECT ${sqlNames(columns)} FROM ${keyOfRelation(relation)} WHERE ${sqlCondition(key)}`,
    request: request(relation, 'GET', [`select=${columns.map(urlName).join(',')}`, ...filterOf(key)]),
  }
}

export function updateRow(relation: Relation, key: Values, column: string, value: string | null): Step {
  return {
    sql: `UPDATE ${keyOfRelation(relation)} SET ${quoteIdentifier(column)} = ${sqlValue(value)} WHERE ${sqlCondition(key)}`,
    request: request(relation, 'PATCH', filterOf(key), bodyOf(relation, { [column]: value })),
  }
}

export function deleteRow(relation: Relation, key: Values): Step {
  return {
    sql: `DELETE FROM ${keyOfRelation(relation)} WHERE ${sqlCondition(key)}`,
    request: request(relation, 'DELETE', filterOf(key)),
  }
}

export function insertRow(relation: Relation, values: Values): Step {
  const names = Object.keys(values)
  return {
    sql: `INSERT INTO ${keyOfRelation(relation)} (${sqlNames(names)}) VALUES (${names.map((name) => sqlValue(values[name] ?? null)).join(', ')})`,
    request: request(relation, 'POST', [], bodyOf(relation, values)),
  }
}

/** A row as the owner makes it; nothing of it is left to the caller. */
export function seedSql(relation: Relation, values: Values): string {
  const names = Object.keys(values)
  const isAlways = relation.columns.some(({ name, identity }) => identity === 'always' && names.includes(name))
  const overriding = isAlways ? ' OVERRIDING SYSTEM VALUE' : ''
  const given = names.map((name) => sqlValue(values[name] ?? null)).join(', ')
  return names.length === 0
    ? `INSERT INTO ${keyOfRelation(relation)} DEFAULT VALUES`
    : `INSERT INTO ${keyOfRelation(relation)} (${sqlNames(names)})${overriding} VALUES (${given})`
}

export const unseedSql = (relation: Relation, key: Values): string =>
  `DELETE FROM ${keyOfRelation(relation)} WHERE ${sqlCondition(key)}`

function bodyOf(relation: Relation, values: Values): string {
  const value = (name: string, text: string | null) =>
    jsonOf(
      relation.columns.find((column) => column.name === name),
      text,
    )
  return JSON.stringify(Object.fromEntries(Object.entries(values).map(([name, text]) => [name, value(name, text)])))
}

/** Texts are read by the type's input function, but documents stand there as they are. */
export function jsonOf(column: Pick<Column, 'type'> | undefined, text: string | null): unknown {
  if (text === null || column === undefined) return text
  if (/^jsonb?$/.test(column.type.formatted)) return JSON.parse(text)
  return column.type.formatted === 'boolean' ? text === 'true' || text === 't' : text
}

const typeOf = ({ columns }: Relation, name: string): string =>
  columns.find((column) => column.name === name)?.type.formatted ?? 'text'

interface CallArgument {
  readonly name: string
  readonly type: Column['type']
  readonly value: string | null
  /** of a function with a VARIADIC argument, which named notation must name as such */
  readonly isVariadic?: boolean
}

/** A call with named arguments; `counts`: rows that are not null are what is counted. */
export function callFunction(
  { schema, name }: { readonly schema: string; readonly name: string },
  values: readonly CallArgument[],
  { isSet, isRow }: { readonly isSet: boolean; readonly isRow: boolean },
): Step {
  const given = values.map((item) => {
    const value = `${sqlValue(item.value)}::${item.type.formatted}`
    const named = item.name === '' ? value : `${quoteIdentifier(item.name)} => ${value}`
    return item.isVariadic ? `VARIADIC ${named}` : named
  })
  const called = `${keyOfRelation({ schema, name })}(${given.join(', ')})`
  const isNamed = values.every((item) => item.name !== '')
  const body = Object.fromEntries(values.map((item) => [item.name, item.isVariadic ? [] : jsonOf(item, item.value)]))
  return {
    sql: isSet || isRow ? `SELECT * FROM ${called}` : `SELECT FROM ${called} AS answer (value) WHERE value IS NOT NULL`,
    request: isNamed
      ? { method: 'POST', target: `/rpc/${encodeURIComponent(name)}`, schema, body: JSON.stringify(body) }
      : null,
  }
}

/** A function of the row, which requests select like a column. */
export function computeColumn(relation: Relation, fn: { readonly schema: string; readonly name: string }): Step {
  return {
    sql: `SELECT ${keyOfRelation(fn)}(computed) FROM ${keyOfRelation(relation)} AS computed LIMIT 1`,
    request: request(relation, 'GET', [`select=${urlName(fn.name)}`, 'limit=1']),
  }
}

export const canBecome = (authenticator: string, role: string, verb: 'MEMBER' | 'SET'): string =>
  `SELECT WHERE pg_has_role(${sqlText(authenticator)}, ${sqlText(role)}, '${verb}')`
