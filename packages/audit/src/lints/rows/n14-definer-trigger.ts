import { type CatalogIndex, type QualifiedName, qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** A log, and sums kept for a row that refers here, are what such triggers are for. Other tables with policies are not. */
export const lint: Lint = {
  id: 'N14',
  severity: 'warning',
  title: 'A trigger writes, with its owner’s rights, where policies hold the caller',
  nearMiss:
    'A trigger that writes a log which callers have no policy on, or keeps a sum in the row that its own refers to.',
  references: ['CWE-863'],
  *find({ exposedRelations, roles, policies, index, security }) {
    for (const relation of exposedRelations) {
      const key = qualifiedName(relation.schema, relation.name)
      for (const trigger of relation.triggers) {
        const routine = index.routines.get(trigger.function)
        if (!routine?.securityDefiner || !trigger.enabled) continue
        const writers = roles.filter((role) => policies.held(role, key).some((verb) => verb !== 'select'))
        const passed = (security.code[trigger.function]?.writes ?? []).filter((name) => {
          const table = index.relations.get(name)
          if (table === undefined || name === key || policies.isUnder(table, routine.owner)) return false
          if (isKeptFor(name, [key, ...(security.code[trigger.function]?.relations ?? [])], index)) return false
          return writers.some(
            (role) =>
              policies.isUnder(table, role) &&
              policies.applying(name, role, 'update').length + policies.applying(name, role, 'insert').length > 0,
          )
        })
        if (passed.length === 0) continue
        yield {
          object: key,
          message: `${writers.map(quoteIdentifier).join(', ')} changes ${passed.join(', ')} by writing to ${key}, whatever its policies say.`,
          evidence: `The trigger ${quoteIdentifier(trigger.name)} runs ${trigger.function} as ${quoteIdentifier(routine.owner)}.`,
          fix: null,
        }
      }
    }
  },
}

/** Whether foreign keys lead from the first of some tables to a target, by way of the others. */
function isKeptFor(
  target: QualifiedName,
  [own = '', ...others]: readonly QualifiedName[],
  index: CatalogIndex,
): boolean {
  const refersTo = (from: QualifiedName, to: QualifiedName): boolean =>
    index.relations.get(from)?.constraints.some(({ references }) => references?.relation === to) ?? false
  const reached = new Set([own])
  for (const table of reached) {
    for (const other of [...others, target]) if (refersTo(table, other) || refersTo(other, table)) reached.add(other)
  }
  return reached.has(target)
}
