import type { Argument, Routine, RoutineBody } from '../../model/catalog.js'
import { noUses, type TreeUses } from '../expressions/tree-dependencies.js'
import type { Names } from '../names.js'
import { parseAcl } from './acl.js'
import { splitSetting } from './assemble-roles.js'
import type { RoutineRow } from './rows.js'

const kinds = { f: 'function', p: 'procedure', a: 'aggregate', w: 'window' } as const
const volatilities = { i: 'immutable', s: 'stable', v: 'volatile' } as const
const modes = { i: 'in', o: 'out', b: 'inout', v: 'variadic', t: 'table' } as const

/** A row with what each default uses (they belong to the last input arguments), and its body. */
export type ReadRoutine = RoutineRow & {
  readonly defaultUses: readonly TreeUses[]
  /** of a body that PostgreSQL has read */
  readonly bodyUses: TreeUses | null
}

export function assembleRoutine(row: ReadRoutine, names: Names): Routine {
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
    body: row.bodyUses && bodyOf(row.bodyUses, names),
    bodyHash: row.bodyHash,
  }
}

function bodyOf(uses: TreeUses, names: Names): RoutineBody {
  return {
    functions: names.functions(uses),
    sequences: names.sequenceUses(uses),
    relations: uses.relations.flatMap((use) => names.access(use) ?? []),
  }
}

function argumentsOf(row: ReadRoutine, names: Names): Argument[] {
  const types = row.allTypes ?? row.inputs
  const isInput = (mode: Argument['mode']) => mode !== 'out' && mode !== 'table'
  const all = types.map((type, index) => ({
    name: row.names?.[index] ?? '',
    mode: modes[row.modes?.[index] ?? 'i'],
    type: names.type(type),
  }))
  const inputs = all.filter(({ mode }) => isInput(mode))
  const firstDefault = inputs.length - row.defaults
  return all.map((argument) => {
    const position = isInput(argument.mode) ? inputs.indexOf(argument) - firstDefault : -1
    return {
      ...argument,
      hasDefault: position >= 0,
      defaultUses: names.uses(row.defaultUses[position] ?? noUses),
    }
  })
}
