import { qualifiedName } from '@rolecast/catalog'
import { isAtLeast } from '../../finding.js'
import { cited, count, findingsOfIds, named } from '../evidence.js'
import { fail, type Point, pass } from '../point.js'

/** Lints about policies that let through what nobody meant, and about views that go round them. */
const lints = ['P01', 'P02', 'P03', 'P06', 'P07', 'P12', 'P15', 'P19', 'P21', 'V01', 'F11']

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
    const serious = findingsOfIds(findings, lints).filter(({ severity }) => isAtLeast(severity, 'error'))
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
