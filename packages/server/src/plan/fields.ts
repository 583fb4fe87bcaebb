import type { Field, JsonStep, SelectField, SelectItem } from '@rolecast/grammar'
import type { CachedColumn, CachedRelation, SchemaCache } from '../schema-cache/schema-cache.js'
import { everyColumn, type OutputField, type PlannedField } from './plan.js'

/** Names that are no column stay: they may be computed fields, and PostgreSQL knows whether they are. */
export function planField(field: Field, relation: CachedRelation | null): PlannedField {
  const column = relation?.columns.get(field.name)
  // As in PostgREST, quotes around it change nothing, unless there is such a column.
  if (field.name === '*' && column === undefined)
    return { name: everyColumn, path: field.path, toJson: field.path.length > 0 }
  const isJson = column !== undefined && (column.baseType === 'json' || column.baseType === 'jsonb')
  return { name: field.name, path: field.path, toJson: field.path.length > 0 && !isJson }
}

/** Fields of a selection, embeds left out. `*` becomes its columns where they must be known one by one. */
export function planFields(
  items: readonly SelectItem[],
  relation: CachedRelation | null,
  cache: SchemaCache,
  mustExpand: boolean,
): OutputField[] {
  const represented = (column: CachedColumn) =>
    column.typeKey !== null && cache.representations.toJson.has(column.typeKey)
  const columns = relation === null ? [] : [...relation.columns.values()]
  const expand = columns.length > 0 && (mustExpand || columns.some(represented))
  return items.flatMap((item) => {
    if (item.kind === 'embed') return []
    if (item.kind === 'field') return [planSelectField(item, relation, cache)]
    if (!expand) return [wholeRow]
    return columns.map((column) => outputColumn(column.name, relation, cache))
  })
}

const wholeRow: OutputField = {
  field: { name: everyColumn, path: [], toJson: false },
  format: null,
  cast: null,
  aggregate: null,
  aggregateCast: null,
  alias: null,
}

function outputColumn(name: string, relation: CachedRelation | null, cache: SchemaCache): OutputField {
  const format = formatOf(name, relation, cache)
  return { ...wholeRow, field: { name, path: [], toJson: false }, format, alias: format === null ? null : name }
}

function planSelectField(item: SelectField, relation: CachedRelation | null, cache: SchemaCache): OutputField {
  const { field, cast, aggregate, aggregateCast } = item
  if (field === null) {
    return {
      ...wholeRow,
      field: { name: null, path: [], toJson: false },
      aggregate,
      aggregateCast,
      alias: item.alias ?? 'count',
    }
  }
  const format = field.path.length === 0 ? formatOf(field.name, relation, cache) : null
  const implied =
    aggregate ?? lastKey(field.path) ?? (field.path.length > 0 || format !== null || cast !== null ? field.name : null)
  return { field: planField(field, relation), format, cast, aggregate, aggregateCast, alias: item.alias ?? implied }
}

function formatOf(name: string, relation: CachedRelation | null, cache: SchemaCache): string | null {
  const key = relation?.columns.get(name)?.typeKey ?? null
  return key === null ? null : (cache.representations.toJson.get(key) ?? null)
}

/** `data->1->name->>2` is called after its last key that is a name. */
function lastKey(path: readonly JsonStep[]): string | null {
  const named = path.filter(({ operand }) => typeof operand === 'string').at(-1)
  return named === undefined ? null : String(named.operand)
}

/** What a field is called in the result. */
export function outputName({ alias, field }: OutputField): string {
  return alias ?? field.name ?? 'count'
}
