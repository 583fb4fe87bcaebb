import type { JsonStep } from '@rolecast/grammar'
import { everyColumn, type OutputField, type PlannedField } from '../plan/plan.js'
import { identifier, literal, typeName } from '../sql/quote.js'

/** A field of `alias` as an expression. */
export function fieldSql({ name, path, toJson }: PlannedField, alias: string): string {
  if (name === null) return '*'
  const column = name === everyColumn ? `${identifier(alias)}.*` : `${identifier(alias)}.${identifier(name)}`
  return (toJson ? `to_jsonb(${column})` : column) + path.map(stepSql).join('')
}

/** The operand is a constant of the statement, not a parameter, so that indexes on the expression apply. */
function stepSql({ arrow, operand }: JsonStep): string {
  return arrow + (typeof operand === 'number' ? `(${Math.trunc(operand)})` : literal(operand))
}

/** A field as an item of a select list. */
export function outputSql(output: OutputField, alias: string): string {
  const { field, format, cast, aggregate, aggregateCast } = output
  let sql = field.name === null && aggregate === null ? '1' : fieldSql(field, alias)
  if (format !== null) sql = `${format}(${sql})`
  if (cast !== null) sql = castSql(sql, cast)
  if (aggregate !== null) sql = `${aggregate}(${sql})`
  if (aggregateCast !== null) sql = castSql(sql, aggregateCast)
  return output.alias === null ? sql : `${sql} AS ${identifier(output.alias)}`
}

export function castSql(sql: string, type: string): string {
  return `CAST(${sql} AS ${typeName(type)})`
}
