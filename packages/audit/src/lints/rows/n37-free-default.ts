import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { checkFor } from '../../policies/policies-of.js'
import { ownColumns } from '../../policies/terms.js'
import { asksWhoCalls } from '../functions/asks-who-calls.js'

/** One finding a column. */
export const lint: Lint = {
  id: 'N37',
  severity: 'warning',
  title: 'A default says who the caller is, but the caller may give another',
  nearMiss: 'A column that a policy checks, or that is not granted for INSERT.',
  references: ['CWE-639'],
  *find({ exposedRelations, roles, policies, security }) {
    for (const relation of exposedRelations) {
      const key = qualifiedName(relation.schema, relation.name)
      if (relation.kind === 'view') continue
      for (const { name, default: value, defaultUses } of relation.columns) {
        const isIdentity =
          /\b(current_user|session_user|current_role|current_setting)\b/i.test(value ?? '') ||
          defaultUses.functions.some((signature) => asksWhoCalls(signature, security))
        if (value === null || !isIdentity) continue
        const isPinned = (role: string) =>
          policies.isUnder(relation, role) &&
          policies.applying(key, role, 'insert').some((policy) => ownColumns(checkFor(policy, 'insert')).includes(name))
        const isFilled = relation.triggers.some(
          ({ timing, events }) => timing === 'before' && events.includes('insert'),
        )
        const free = roles.filter((role) => policies.holdsColumn(role, key, 'insert', name) && !isPinned(role))
        const bypass = free.filter((role) => policies.isUnder(relation, role) || !relation.rowSecurity.enabled)
        if (bypass.length === 0 || isFilled) continue
        yield {
          object: `${key}.${quoteIdentifier(name)}`,
          message: `${bypass.map(quoteIdentifier).join(', ')} may give ${key}.${quoteIdentifier(name)} the name of somebody else.`,
          evidence: `Its default is ${value}; INSERT of it is granted, and no policy checks it.`,
          fix: null,
        }
      }
    }
  },
}
