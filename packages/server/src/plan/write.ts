import type { DeleteQuery, InsertQuery, PutQuery, UpdateQuery } from '@rolecast/grammar'
import { columnNotFound, putNeedsPrimaryKeyFilters } from '../errors/request-errors.js'
import type { Payload, PayloadForm } from '../parse/payload.js'
import type { CachedRelation } from '../schema-cache/schema-cache.js'
import { planConditions } from './conditions.js'
import type { PlanContext } from './context.js'
import { findRelation } from './find-relation.js'
import { negotiate } from './negotiate.js'
import {
  type Delete,
  everyColumn,
  type Insert,
  type ReadNode,
  type Update,
  type WritePlan,
  type WrittenColumn,
} from './plan.js'
import { planTree } from './read-tree.js'
import { selectsWholeRows } from './whole-rows.js'

export type WriteQuery = InsertQuery | PutQuery | UpdateQuery | DeleteQuery

/** @throws ApiError PGRST204, PGRST205, PGRST105, and those of the tree and of negotiation */
export function planWrite(query: WriteQuery, payload: Payload | null, context: PlanContext): WritePlan {
  const { cache, schema, options } = context
  const relation = findRelation(cache, schema, query.relation, options.visible)
  const root = planTree(query.selection, { relation, name: relation.name, kind: 'written' }, context)
  const write = planStatement(query, relation, payload, context)
  const { media, handler } = negotiate(cache.handlers, {
    accept: query.accept,
    target: relation.key,
    wholeRows: selectsWholeRows(root),
    explain: options.explain,
  })
  const wanted = query.preferences.return
  const location = query.kind === 'insert' && wanted === 'headers-only' ? keyInOrder(relation, root) : []
  return {
    kind: 'write',
    relation,
    write,
    root,
    schema,
    returning: wanted === 'representation' ? columnsNeeded(root) : location.length > 0 ? location : null,
    location,
    media,
    handler: wanted === 'representation' ? handler : null,
    readOnly: false,
    count: null,
  }
}

/** The columns of the key in the order that `Location` has them in: the relation's own, or where columns are selected by name. */
function keyInOrder({ primaryKey, columns }: CachedRelation, { fields }: ReadNode): readonly string[] {
  const isWhole = fields.some(({ field }) => field.name === everyColumn)
  return isWhole ? [...columns.keys()].filter((name) => primaryKey.includes(name)) : [...primaryKey].sort()
}

function planStatement(
  query: WriteQuery,
  relation: CachedRelation,
  payload: Payload | null,
  context: PlanContext,
): Insert | Update | Delete {
  if (query.kind === 'put') assertKeyFilters(query, relation)
  const where = query.kind === 'insert' ? [] : planConditions(query.selection.where, relation, [], context)
  if (query.kind === 'delete') return { kind: 'delete', where }
  const columns = (payload?.columns ?? []).map((name) => writtenColumn(name, relation, context))
  const form: PayloadForm = payload?.kind === 'array' ? 'array' : 'object'
  const applyDefaults = query.preferences.missing === 'default' && query.kind !== 'put'
  if (query.kind === 'update') return { kind: 'update', columns, payload: form, applyDefaults, where }
  const conflict = conflictOf(query, relation)
  return {
    kind: 'insert',
    columns,
    payload: form,
    applyDefaults,
    conflict,
    where,
    countInserted: conflict?.action === 'update',
  }
}

function conflictOf(query: WriteQuery, relation: CachedRelation): Insert['conflict'] {
  if (query.kind === 'put') return { columns: relation.primaryKey, action: 'update' }
  const { resolution } = query.preferences
  if (query.kind !== 'insert' || resolution === undefined) return null
  const columns = query.onConflict ?? relation.primaryKey
  if (columns.length === 0) return null
  return { columns, action: resolution === 'merge-duplicates' ? 'update' : 'nothing' }
}

function writtenColumn(name: string, relation: CachedRelation, { cache }: PlanContext): WrittenColumn {
  const column = relation.columns.get(name)
  if (column === undefined) {
    throw columnNotFound(relation.name, name)
  }
  const parse = column.typeKey === null ? undefined : cache.representations.fromJson.get(column.typeKey)
  return {
    name,
    type: parse === undefined ? column.type : 'json',
    parse: parse ?? null,
    default: column.default,
  }
}

/** PUT names one row: by the columns of the primary key, each once, with eq. */
function assertKeyFilters({ selection }: WriteQuery, { primaryKey }: CachedRelation): void {
  const named = selection.where.map((condition) =>
    condition.kind === 'filter' &&
    condition.operator === 'eq' &&
    !condition.negated &&
    condition.quantifier === null &&
    condition.field.path.length === 0
      ? condition.field.name
      : null,
  )
  const isKey =
    primaryKey.length > 0 &&
    named.every((name) => name !== null && primaryKey.includes(name)) &&
    primaryKey.every((name) => named.includes(name))
  if (isKey) return
  throw putNeedsPrimaryKeyFilters()
}

/** The columns of the written rows that selecting and embedding take; `*` alone where it cannot be told or is asked. */
function columnsNeeded({ fields, order, embeds }: ReadNode): string[] {
  const sorted = order.filter(({ joinAlias }) => joinAlias === null)
  const own = [...fields, ...sorted].flatMap(({ field }) => (field.name === null ? [] : [field.name]))
  const isOpen = own.includes(everyColumn) || embeds.some(({ relationship }) => relationship.computed !== null)
  if (isOpen) return [everyColumn, ...own.filter((name) => name !== everyColumn)]
  const joined = embeds.flatMap(({ relationship: { columns, junction } }) =>
    (junction === null ? columns : junction.sourceColumns).map(([source]) => source),
  )
  return [...new Set([...own, ...joined])]
}
