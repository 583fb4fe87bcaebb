import { quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** Default privileges grant what nobody has looked at yet. */
export const lint: Lint = {
  id: 'S10',
  severity: 'warning',
  title: 'New relations will be open to the anonymous role or PUBLIC',
  nearMiss: 'Default privileges for a role of users.',
  references: ['CWE-276'],
  *find({ catalog, anonymous, schemas, hasRole }) {
    for (const { role, schema, kind, acl } of catalog.defaultAcls) {
      if (kind !== 'table' || (schema !== null && !schemas.includes(schema))) continue
      const held = privilegesOf(
        acl,
        (grantee) => grantee === null || (anonymous !== null && grantee !== role && hasRole(anonymous, grantee)),
      )
      if (held.length === 0) continue
      const where = schema === null ? '' : ` IN SCHEMA ${quoteIdentifier(schema)}`
      yield {
        object: quoteIdentifier(role),
        message: `Every table that ${quoteIdentifier(role)} makes is open to callers without a token.`,
        evidence: `Default privileges${where.toLowerCase()} grant ${held.join(', ')} to ${anonymous === null ? 'PUBLIC' : `${quoteIdentifier(anonymous)} or PUBLIC`}.`,
        fix: `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteIdentifier(role)}${where} REVOKE ALL ON TABLES FROM ${anonymous === null ? 'PUBLIC' : `${quoteIdentifier(anonymous)}, PUBLIC`};`,
        narrows: true,
      }
    }
  },
}
