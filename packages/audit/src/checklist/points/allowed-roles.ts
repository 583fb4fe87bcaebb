import { quoteIdentifier } from '@rolecast/catalog'
import { cited, findingsOfIds, named } from '../evidence.js'
import { fail, manual, type Point, pass } from '../point.js'

/** Lints about who the login role is, and what it can become. */
const lints = ['R01', 'R02', 'R06', 'R07', 'R09', 'R11', 'R12', 'R18', 'R23']

export const allowedRoles: Point = {
  title: 'A token can name only the roles that are meant for requests',
  judge({ audit, findings }) {
    const { authenticator, reachable } = audit
    if (authenticator === null) {
      return manual(
        'It is not known which role the server connects as. Say it with --authenticator, or give the configuration of the server with --config.',
      )
    }
    const found = findingsOfIds(findings, lints)
    if (found.length > 0) return fail(cited(found))
    const login = quoteIdentifier(authenticator.name)
    if (reachable.size === 0) return fail(`${login} can become no other role, so every request with a token fails.`)
    return pass(
      `The memberships of ${login} are the list: ${named([...reachable.keys()].map(quoteIdentifier))}. PostgreSQL refuses every other role.`,
    )
  },
}
