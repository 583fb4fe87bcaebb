import { qualifiedName, quoteIdentifier, signatureOfRoutine } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

export const lint: Lint = {
  id: 'N38',
  severity: 'warning',
  title: 'Overloads of a function may be executed by different roles',
  nearMiss: 'Overloads with equal grants.',
  references: ['CWE-732'],
  *find({ exposedRoutines, roles, index }) {
    const byName = new Map<string, string[]>()
    for (const routine of exposedRoutines) {
      const name = qualifiedName(routine.schema, routine.name)
      byName.set(name, [...(byName.get(name) ?? []), signatureOfRoutine(routine)])
    }
    for (const [name, overloads] of byName) {
      if (overloads.length < 2) continue
      const may = (role: string, signature: string) => index.privileges.get(role)?.routines.includes(signature) ?? false
      const uneven = roles.filter((role) => new Set(overloads.map((signature) => may(role, signature))).size > 1)
      if (uneven.length === 0) continue
      yield {
        object: name,
        message: `${uneven.map(quoteIdentifier).join(', ')} may execute some of ${name}, and not the others.`,
        evidence: overloads.join(', '),
        fix: null,
      }
    }
  },
}
