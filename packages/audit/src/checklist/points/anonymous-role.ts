import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import { isAtLeast } from '../../finding.js'
import { cited, count, named } from '../evidence.js'
import { fail, manual, type Point, pass } from '../point.js'

export const anonymousRole: Point = {
  title: 'Requests without a token may do little, and write nothing',
  judge({ audit, findings }) {
    const { anonymous, server, index } = audit
    if (anonymous === null) {
      return server === null
        ? manual(
            'It is not known which role requests without a token have. Say it with --anonymous, or give the configuration of the server with --config.',
          )
        : pass('The configuration has no db-anon-role, so requests without a token are refused.')
    }
    const name = quoteIdentifier(anonymous)
    if (!index.roles.has(anonymous)) return fail(`The role ${name} does not exist.`)
    if (!audit.roles.includes(anonymous)) {
      return manual(`The catalog was not read for the role ${name}: name it with --roles, or leave --roles out.`)
    }
    const { relations, functions } = audit.surface(anonymous)
    const written = relations
      .filter((relation) => relation.insert.length > 0 || relation.update.length > 0 || relation.delete)
      .map((relation) => qualifiedName(relation.schema, relation.name))
    const own = findings.filter(({ role, severity }) => role === anonymous && isAtLeast(severity, 'error'))
    const problems = [
      ...(written.length > 0 ? [`${name} may write to ${named(written)}.`] : []),
      ...(own.length > 0 ? [cited(own)] : []),
    ]
    if (problems.length > 0) return fail(problems.join(' '))
    return pass(
      `${name} may read ${count(relations.length, 'relation')} and call ${count(functions.length, 'function')}, and writes to nothing.`,
    )
  },
}
