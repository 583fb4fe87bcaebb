import type { CallPlan } from '../plan/plan.js'
import { scalarColumn } from './body.js'
import { identifier, qualified } from './quote.js'
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
      const [first = 0] = slots
      const placed = parameter.variadic
        ? parameters.place({ from: 'variadic', slots })
        : parameters.place({ from: 'literal', slot: first, form: 'text' })
      return `${parameter.variadic ? 'VARIADIC ' : ''}${identifier(parameter.name)} => ${placed}::${parameter.type}`
    })
    .join(', ')
}
