import { qualifiedName, quoteIdentifier, type Security, type Term } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { asksCaller } from '../../policies/callers.js'
import { bare, ownColumns } from '../../policies/terms.js'
import { isTenantColumn } from '../policies/columns.js'

export const lint: Lint = {
  id: 'N26',
  severity: 'warning',
  title: 'A table says whose its rows are, and no policy asks',
  nearMiss: 'A policy that compares that column.',
  references: ['CWE-863'],
  *find({ exposedRelations, policies, security, roles }) {
    for (const relation of exposedRelations) {
      const key = qualifiedName(relation.schema, relation.name)
      const own = policies.on(key)
      if (!relation.rowSecurity.enabled || own.length === 0) continue
      const column = relation.columns.find(({ name }) => isTenantColumn(name) || /^(user|owner)_id$/.test(name))?.name
      if (
        column === undefined ||
        !roles.some((role) => policies.isUnder(relation, role) && policies.held(role, key).length > 0)
      )
        continue
      const isAsked = own.some((policy) =>
        [policy.using, policy.check].some((term) => ownColumns(term).includes(column) || asksWhoCalls(term, security)),
      )
      if (isAsked || own.every(({ policy }) => (policy.using ?? policy.check)?.constant === false)) continue
      yield {
        object: `${key}.${quoteIdentifier(column)}`,
        message: `No policy of ${key} asks whose a row is.`,
        evidence: `${own.map(({ object }) => object).join('; ')}: none mentions ${quoteIdentifier(column)} or the caller.`,
        fix: null,
      }
    }
  },
}

/** Whether somebody is there at all is no question of whose a row is: every signed-in caller passes. */
function asksWhoCalls(term: Term | null, security: Security): boolean {
  if (term === null || !asksCaller(term, security)) return false
  const test = bare(term)
  return test.kind !== 'other' || test.name !== 'is not null'
}
