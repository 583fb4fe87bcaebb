import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { checkFor } from '../../policies/policies-of.js'
import { ownColumns } from '../../policies/terms.js'
import { membershipsIn } from './scopes.js'

/** The table that says who belongs where takes rows of the caller for any place. One finding such a table and role. */
export const lint: Lint = {
  id: 'N06',
  severity: 'critical',
  title: 'Callers can make themselves members of what they choose',
  nearMiss: 'Rows that only those may add who belong there already.',
  references: ['CWE-269', 'CWE-639'],
  *find({ policies, security, index }) {
    const found = new Set<string>()
    for (const policy of policies.all) {
      for (const { table, who, scope } of [policy.using, policy.check].flatMap((term) =>
        membershipsIn(term, security),
      )) {
        const relation = index.relations.get(table)
        if (relation === undefined) continue
        for (const role of policies.users(policy)) {
          if (found.has(`${table} ${role}`) || !policies.isUnder(relation, role)) continue
          const admits = (verb: 'insert' | 'update') =>
            policies.holdsColumn(role, table, verb, scope) &&
            policies
              .applying(table, role, verb)
              .every((other) => !ownColumns(checkFor(other, verb)).includes(scope) || other.policy.permissive) &&
            policies.permissive(table, role, verb).find((other) => {
              const asked = ownColumns(checkFor(other, verb))
              const isShut = (other.policy.check ?? other.policy.using)?.constant === false
              return !isShut && asked.every((column) => column === who)
            })
          const open = admits('insert') || admits('update')
          if (!open) continue
          found.add(`${table} ${role}`)
          yield {
            object: table,
            role,
            message: `${quoteIdentifier(role)} may write itself into ${table} for any ${quoteIdentifier(scope)}, and so passes ${policy.object}.`,
            evidence: `${open.object} checks ${(open.policy.check ?? open.policy.using)?.text}, not ${quoteIdentifier(scope)}.`,
            fix: null,
          }
        }
      }
    }
  },
}
