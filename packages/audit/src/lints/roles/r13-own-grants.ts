import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** What the login role holds, every role of a request holds once it is reset. */
export const lint: Lint = {
  id: 'R13',
  severity: 'warning',
  title: 'The authenticator itself holds privileges on the API',
  nearMiss: 'Privileges of the roles that it can become.',
  references: ['CWE-269'],
  *find({ authenticator, exposedRelations }) {
    if (authenticator === null) return
    const name = quoteIdentifier(authenticator.name)
    const held = exposedRelations.flatMap((relation) => {
      const privileges = privilegesOf(relation.acl, (grantee) => grantee === authenticator.name)
      return privileges.length === 0 ? [] : [{ key: qualifiedName(relation.schema, relation.name), privileges }]
    })
    if (held.length === 0) return
    yield {
      object: name,
      message: `${name}, which the API logs in as, holds privileges of its own on ${held.length} exposed relations.`,
      evidence: held.map(({ key, privileges }) => `${privileges.join(', ')} on ${key}`).join('; '),
      fix: held.map(({ key }) => `REVOKE ALL ON ${key} FROM ${name};`).join(' '),
      narrows: true,
    }
  },
}
