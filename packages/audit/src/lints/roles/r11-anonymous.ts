import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Requests without a token fail, or run as the login role itself. */
export const lint: Lint = {
  id: 'R11',
  severity: 'error',
  title: 'The anonymous role cannot be used',
  nearMiss: 'No anonymous role at all: then every request needs a token.',
  references: ['CWE-287'],
  *find({ anonymous, authenticator, index, reachable }) {
    if (anonymous === null || authenticator === null) return
    const name = quoteIdentifier(anonymous)
    const login = quoteIdentifier(authenticator.name)
    if (!index.roles.has(anonymous)) {
      yield {
        object: name,
        role: anonymous,
        message: `The anonymous role ${name} does not exist, so every request without a token fails.`,
        evidence: `pg_roles has no role ${name}.`,
        fix: `CREATE ROLE ${name} NOLOGIN; GRANT ${name} TO ${login};`,
      }
    } else if (anonymous === authenticator.name) {
      yield {
        object: name,
        role: anonymous,
        message: `Requests without a token run as ${name}, which can become every other role.`,
        evidence: 'The anonymous role is the role that the API logs in as.',
        fix: null,
      }
    } else if (!reachable.has(anonymous)) {
      yield {
        object: name,
        role: anonymous,
        message: `${login} cannot become ${name}, so every request without a token fails.`,
        evidence: `${login} is no member of ${name}.`,
        fix: `GRANT ${name} TO ${login};`,
      }
    }
  },
}
