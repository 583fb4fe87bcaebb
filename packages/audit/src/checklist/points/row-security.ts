import { qualifiedName } from '@rolecast/catalog'
import { isAtLeast } from '../../finding.js'
import { cited, count, named } from '../evidence.js'
import { fail, type Point, pass } from '../point.js'

/** Lints about views and functions that go round policies; those about policies begin with P. */
const lints = ['V01', 'F11']

export const rowSecurity: Point = {
  title: 'Every table that requests can reach has row-level security with policies',
  judge({ audit, findings }) {
    const reached = new Set(
      audit.roles.flatMap((role) =>
        audit.surface(role).relations.map(({ schema, name }) => qualifiedName(schema, name)),
      ),
    )
    const tables = audit.exposedRelations
      .filter(({ kind }) => kind === 'table' || kind === 'partitioned table')
      .map((table) => ({ ...table, written: qualifiedName(table.schema, table.name) }))
      .filter(({ written }) => reached.has(written))
    const open = tables.filter(({ rowSecurity: { enabled } }) => !enabled).map(({ written }) => written)
    const closed = tables.filter(({ rowSecurity: { enabled }, policies }) => enabled && policies.length === 0)
    const serious = findings
      .filter(({ id, severity }) => (id.startsWith('P') || lints.includes(id)) && isAtLeast(severity, 'error'))
      .filter(({ object }) => !open.includes(object))
    const problems = [
      ...(open.length > 0 ? [`Without row-level security: ${named(open)}.`] : []),
      ...(closed.length > 0
        ? [`Without a policy, so that nobody sees a row: ${named(closed.map(({ written }) => written))}.`]
        : []),
      ...(serious.length > 0 ? [cited(serious)] : []),
    ]
    if (problems.length > 0) return fail(problems.join(' '))
    return pass(
      tables.length === 0
        ? 'No role of requests may use a table of the exposed schemas.'
        : `${count(tables.length, 'table')} can be reached, and each has row-level security and policies.`,
    )
  },
}
