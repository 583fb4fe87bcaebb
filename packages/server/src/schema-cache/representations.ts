import type { Catalog, QualifiedName } from '@rolecast/catalog'
import { qualified } from '../sql/quote.js'

/**
 * Functions of implicit casts between a domain and json or text, as SQL: how the domain's values are written in
 * requests and responses ("Domain Representations" in PostgREST's manual).
 */
export interface Representations {
  /** by domain: its value as JSON */
  readonly toJson: ReadonlyMap<QualifiedName, string>
  /** by domain: JSON as its value */
  readonly fromJson: ReadonlyMap<QualifiedName, string>
  /** by domain: text, of a filter, as its value */
  readonly fromText: ReadonlyMap<QualifiedName, string>
}

export function representationsOf(
  catalog: Catalog,
  key: (schema: string, name: string) => QualifiedName,
): Representations {
  const toJson = new Map<QualifiedName, string>()
  const fromJson = new Map<QualifiedName, string>()
  const fromText = new Map<QualifiedName, string>()
  const domains = new Set(
    catalog.types.filter(({ kind }) => kind === 'domain').map(({ schema, name }) => key(schema, name)),
  )
  const functions = new Map(
    catalog.routines.map(({ schema, name, arguments: all }) => [
      `${key(schema, name)}(${all
        .filter(({ mode }) => mode !== 'out' && mode !== 'table')
        .map(({ type }) => type.formatted)
        .join(', ')})`,
      qualified(schema, name),
    ]),
  )
  for (const { source, target, function: signature, context } of catalog.casts) {
    const sql = signature === null ? undefined : functions.get(signature)
    if (sql === undefined || context !== 'implicit') continue
    if (domains.has(source) && isJson(target)) toJson.set(source, sql)
    if (domains.has(target) && isJson(source)) fromJson.set(target, sql)
    if (domains.has(target) && isText(source)) fromText.set(target, sql)
  }
  return { toJson, fromJson, fromText }
}

const isJson = (type: QualifiedName) => type === 'pg_catalog.json'
const isText = (type: QualifiedName) => type === 'pg_catalog.text'
