import { quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

export const lint: Lint = {
  id: 'R23',
  severity: 'error',
  title: 'A role was given rights in the API, and no request can become it',
  nearMiss: 'A role that logs in by itself, or whose rights an API role inherits.',
  references: ['CWE-1164'],
  *find({ authenticator, reachable, index, exposedRelations, catalog, schemas, hasRole, roles }) {
    if (authenticator === null) return
    const owners = new Set([
      ...catalog.relations.map(({ owner }) => owner),
      ...catalog.routines.map(({ owner }) => owner),
      ...catalog.schemas.map(({ owner }) => owner),
    ])
    for (const role of index.roles.values()) {
      const { name } = role
      if (role.canLogin || role.superuser || reachable.has(name) || owners.has(name) || name === authenticator.name)
        continue
      // whoever inherits it acts with its rights
      const isInherited =
        roles.some((each) => hasRole(each, name)) ||
        [...index.roles.values()].some(({ memberOf }) => memberOf.some((membership) => membership.role === name))
      const uses = catalog.schemas.some(
        (schema) =>
          schemas.includes(schema.name) && privilegesOf(schema.acl, (grantee) => grantee === name).includes('USAGE'),
      )
      const granted = exposedRelations.some(({ acl }) => privilegesOf(acl, (grantee) => grantee === name).length > 0)
      if (isInherited || !uses || !granted) continue
      yield {
        object: quoteIdentifier(name),
        message: `Tokens of ${quoteIdentifier(name)} are refused: ${quoteIdentifier(authenticator.name)} cannot become it.`,
        evidence: `${quoteIdentifier(name)} holds privileges in the API's schemas, and no chain of memberships leads to it.`,
        fix: `GRANT ${quoteIdentifier(name)} TO ${quoteIdentifier(authenticator.name)};`,
      }
    }
  },
}
