import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

export const lint: Lint = {
  id: 'P04',
  severity: 'error',
  title: 'A verb was granted for which no policy admits the role',
  nearMiss: 'A policy of that role that is false: it says no on purpose.',
  references: ['CWE-1164'],
  *find({ exposedRelations, roles, policies }) {
    for (const relation of exposedRelations) {
      const key = qualifiedName(relation.schema, relation.name)
      if (relation.policies.length === 0) continue
      const dead = roles.flatMap((role) => {
        if (!policies.isUnder(relation, role)) return []
        const verbs = policies.held(role, key).filter((verb) => policies.applying(key, role, verb).length === 0)
        return verbs.length === 0 ? [] : [{ role, verbs }]
      })
      for (const { role, verbs } of dead) {
        const named = verbs.map((verb) => verb.toUpperCase()).join(', ')
        yield {
          object: key,
          role,
          message: `${quoteIdentifier(role)} holds ${named} on ${key}, but no policy ever lets a row through.`,
          evidence: `Policies: ${relation.policies.map(({ name, command, roles: to }) => `${quoteIdentifier(name)} FOR ${command.toUpperCase()} TO ${to === null ? 'PUBLIC' : to.map(quoteIdentifier).join(', ')}`).join('; ')}.`,
          fix: `REVOKE ${named} ON ${key} FROM ${quoteIdentifier(role)};`,
          narrows: true,
        }
      }
    }
  },
}
