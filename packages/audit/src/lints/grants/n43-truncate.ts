import { quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** Row-level security does not hold TRUNCATE, so a default that gives it opens every table that is made. */
export const lint: Lint = {
  id: 'N43',
  severity: 'warning',
  title: 'PUBLIC or default privileges give TRUNCATE',
  nearMiss: 'Default privileges of SELECT.',
  references: ['CWE-732'],
  *find({ catalog, roles, hasRole, schemas }) {
    for (const { role, schema, kind, acl } of catalog.defaultAcls) {
      if (kind !== 'table' || (schema !== null && !schemas.includes(schema))) continue
      const given = roles.filter(
        (name) =>
          name !== role &&
          privilegesOf(acl, (grantee) => grantee === null || hasRole(name, grantee)).includes('TRUNCATE'),
      )
      if (given.length === 0) continue
      const where = schema === null ? '' : ` IN SCHEMA ${quoteIdentifier(schema)}`
      yield {
        object: quoteIdentifier(role),
        message: `Every table that ${quoteIdentifier(role)} makes can be emptied by ${given.map(quoteIdentifier).join(', ')}.`,
        evidence: `Default privileges grant TRUNCATE to ${given.map(quoteIdentifier).join(', ')}.`,
        fix: `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteIdentifier(role)}${where} REVOKE TRUNCATE ON TABLES FROM ${given.map(quoteIdentifier).join(', ')};`,
        narrows: true,
      }
    }
  },
}
