import { type CatalogIndex, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

export const lint: Lint = {
  id: 'P17',
  severity: 'error',
  title: 'A policy is for roles that nobody can become',
  nearMiss: 'A role that an API role inherits; one that logs in by itself, or owns a view.',
  references: ['CWE-1164'],
  *find({ policies, authenticator, roles, index, hasRole, catalog }) {
    if (authenticator === null) return
    // views and functions act as their owners
    const owners = new Set([
      ...catalog.relations.flatMap(({ kind, owner }) => (kind === 'view' ? [owner] : [])),
      ...catalog.routines.flatMap(({ securityDefiner, owner }) => (securityDefiner ? [owner] : [])),
    ])
    const logins = [...index.roles.values()].filter(({ canLogin, name }) => canLogin && name !== authenticator.name)
    for (const policy of policies.all) {
      const named = policy.policy.roles
      if (named === null || named.length === 0) continue
      const isAlive = (name: string) =>
        roles.some((role) => hasRole(role, name)) ||
        name === authenticator.name ||
        name === policy.relation.owner ||
        [...owners].some((owner) => owner === name || memberships(index, owner).has(name)) ||
        logins.some((login) => !login.superuser && (login.name === name || memberships(index, login.name).has(name)))
      if (named.some(isAlive)) continue
      yield {
        object: policy.object,
        message: `${policy.object} holds for nobody: no request and no login ever has the role.`,
        evidence: `It is TO ${named.map(quoteIdentifier).join(', ')}, which ${quoteIdentifier(authenticator.name)} cannot become.`,
        fix: `DROP POLICY ${policy.object};`,
        narrows: true,
      }
    }
  },
}

/** All roles that one is a member of, directly or not. */
function memberships(index: CatalogIndex, role: string): ReadonlySet<string> {
  const found = new Set<string>()
  const pending = [role]
  for (const name of pending) {
    for (const { role: group } of index.roles.get(name)?.memberOf ?? []) {
      if (found.has(group)) continue
      found.add(group)
      pending.push(group)
    }
  }
  return found
}
