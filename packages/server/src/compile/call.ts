import { invariant } from '../invariant.js'
import { type CallPlan, everyColumn, type PlannedCondition, type PlannedFilter, type ReadNode } from '../plan/plan.js'
import { identifier, qualified } from '../sql/quote.js'
import { scalarColumn } from './body.js'
import type { Parameters } from './statement.js'
import { argumentSql, argumentsSql } from './write.js'

/** The rows of a call under the alias of the plan's root. A scalar is in `scalarColumn`. */
export function callSql({ routine, arguments: given, root }: CallPlan, parameters: Parameters): string {
  const name = qualified(routine.schema, routine.name)
  const alias = identifier(root.alias)
  const place = (call: string, lateral: boolean) =>
    routine.returns.kind === 'composite'
      ? `${lateral ? 'LATERAL ' : ''}${call} AS ${alias}`
      : `${lateral ? 'LATERAL ' : ''}(SELECT ${call} AS ${identifier(scalarColumn)}) AS ${alias}`
  if (given.kind === 'body') {
    const body = parameters.place({ from: 'body', binary: given.binary })
    return place(`${name}(${body}::${given.type})`, false)
  }
  if (given.kind === 'json') {
    if (given.parameters.length === 0) return place(`${name}()`, false)
    const from = argumentsSql(given.parameters, given.form, parameters)
    return `${from}, ${place(`${name}(${given.parameters.map(argumentSql).join(', ')})`, true)}`
  }
  return place(`${name}(${valuesSql(given.values, parameters)})`, false)
}

type Values = Extract<CallPlan['arguments'], { kind: 'values' }>['values']

function valuesSql(values: Values, parameters: Parameters): string {
  const names = [...new Set(values.map(({ parameter }) => parameter))]
  return names
    .map((parameter) => {
      const slots = values.filter((value) => value.parameter === parameter).map(({ slot }) => slot)
      const [slot] = slots
      invariant(slot !== undefined, 'an argument of a call has no literal')
      const placed = parameter.variadic
        ? parameters.place({ from: 'variadic', slots })
        : parameters.place({ from: 'literal', slot, form: 'text' })
      return `${parameter.variadic ? 'VARIADIC ' : ''}${identifier(parameter.name)} => ${placed}::${parameter.type}`
    })
    .join(', ')
}

/** What the rows are called, also in messages of PostgreSQL: where columns are selected, PostgREST asks the call itself. */
export function callAlias({ root, routine: { returns } }: CallPlan): string {
  const selectsAll = root.fields.some(({ field }) => field.name === everyColumn)
  if (returns.kind !== 'composite' || selectsAll) return root.alias
  return computedNames({ ...root, order: [] }, returns.columns).length === 0 ? root.alias : 'pgrst_call'
}

/** Names of a call's result that are no columns of it: computed fields, which only rows of their own type have. */
export function computedNames({ fields, where, order }: ReadNode, columns: readonly string[] | null): string[] {
  if (columns === null) return []
  const known = new Set([...columns, everyColumn])
  const used = [...fields, ...filtersOf(where), ...order.filter(({ joinAlias }) => joinAlias === null)]
  const names = used.flatMap(({ field }) => (field.name === null || known.has(field.name) ? [] : [field.name]))
  return [...new Set(names)]
}

function filtersOf(conditions: readonly PlannedCondition[]): PlannedFilter[] {
  return conditions.flatMap((condition) => {
    if (condition.kind === 'filter') return [condition]
    return condition.kind === 'embed' ? [] : filtersOf(condition.conditions)
  })
}

/** The node with `*` as the columns that the result really has. */
export function withColumns(node: ReadNode, columns: readonly string[] | null): ReadNode {
  const fields = node.fields.flatMap((output) => {
    if (output.field.name !== everyColumn || columns === null) return [output]
    return columns.map((name) => ({ ...output, field: { name, path: [], toJson: false } }))
  })
  return { ...node, fields }
}
