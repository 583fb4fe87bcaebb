import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** None of these is needed to serve requests; each is a way to more. */
export const lint: Lint = {
  id: 'R05',
  severity: 'warning',
  title: 'The authenticator may create roles or databases, or replicate',
  nearMiss: 'The same attributes on a role that the API does not log in as.',
  references: ['CWE-250'],
  *find({ authenticator }) {
    if (authenticator === null || authenticator.superuser) return
    const held = [
      ...(authenticator.createRole ? ['CREATEROLE'] : []),
      ...(authenticator.createDatabase ? ['CREATEDB'] : []),
      ...(authenticator.replication ? ['REPLICATION'] : []),
    ]
    if (held.length === 0) return
    const name = quoteIdentifier(authenticator.name)
    yield {
      object: name,
      message: `${name}, which the API logs in as, has ${held.join(' and ')}, which serving requests does not need.`,
      evidence: `pg_roles says ${held.join(', ')} of ${name}.`,
      fix: `ALTER ROLE ${name} ${held.map((attribute) => `NO${attribute}`).join(' ')};`,
      narrows: true,
    }
  },
}
