import type { Argument, Routine } from '../catalog.js'
import { parseAcl } from './acl.js'
import { splitSetting } from './assemble-roles.js'
import type { Names } from './names.js'
import type { RoutineRow } from './rows.js'

const kinds = { f: 'function', p: 'procedure', a: 'aggregate', w: 'window' } as const
const volatilities = { i: 'immutable', s: 'stable', v: 'volatile' } as const
const modes = { i: 'in', o: 'out', b: 'inout', v: 'variadic', t: 'table' } as const

export function assembleRoutine(row: RoutineRow, names: Names): Routine {
  return {
    schema: names.schema(row.namespace),
    name: row.name,
    kind: kinds[row.kind],
    owner: names.role(row.owner),
    acl: parseAcl(row.acl),
    comment: row.comment,
    extension: row.extension,
    language: row.language,
    volatility: volatilities[row.volatility],
    strict: row.strict,
    securityDefiner: row.securityDefiner,
    leakproof: row.leakproof,
    // custom settings may be secrets
    settings: (row.settings ?? []).map(splitSetting).filter(({ name }) => !name.includes('.')),
    arguments: argumentsOf(row, names),
    returns: { type: names.type(row.returns), set: row.returnsSet },
    identityArguments: row.identityArguments,
    estimatedRows: row.rows,
  }
}

/** Defaults belong to the last input arguments. */
function argumentsOf(row: RoutineRow, names: Names): Argument[] {
  const types = row.allTypes ?? row.inputs
  const isInput = (mode: Argument['mode']) => mode !== 'out' && mode !== 'table'
  const all = types.map((type, index) => ({
    name: row.names?.[index] ?? '',
    mode: modes[row.modes?.[index] ?? 'i'],
    type: names.type(type),
  }))
  const inputs = all.filter(({ mode }) => isInput(mode))
  const firstDefault = inputs.length - row.defaults
  return all.map((argument) => ({
    ...argument,
    hasDefault: isInput(argument.mode) && inputs.indexOf(argument) >= firstDefault,
  }))
}
