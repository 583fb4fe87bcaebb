import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { callsIn, termsIn } from '../../policies/terms.js'
import { asksWhoCalls } from '../functions/asks-who-calls.js'

/** Columns that say what somebody may do. */
const authority =
  /^(role|roles|user_role|is_(admin|staff|superuser|owner|moderator)|admin|permissions?|access_level|plan|tier)$/i

/** One finding a table and role. */
export const lint: Lint = {
  id: 'N08',
  severity: 'critical',
  title: 'Callers may write the column that says what they may do',
  nearMiss: 'The same column, which only a trigger or an administrator writes.',
  references: ['CWE-269'],
  *find({ policies, security, index, roles }) {
    const sources = new Map<string, { table: string; column: string; policy: string }>()
    for (const policy of policies.all) {
      for (const term of [policy.using, policy.check]) {
        const mentioned = [...termsIn(term)].flatMap((part) =>
          part.kind === 'column' && part.of !== null && part.column !== null && authority.test(part.column)
            ? [[part.of, part.column] as const]
            : [],
        )
        const byHelpers = callsIn(term)
          .filter((name) => asksWhoCalls(name, security))
          .flatMap((name) => security.code[name]?.relations ?? [])
          .flatMap((table) =>
            (index.relations.get(table)?.columns ?? [])
              .filter(({ name }) => authority.test(name))
              .map(({ name }) => [table, name] as const),
          )
        for (const [table, column] of [...mentioned, ...byHelpers]) {
          if (table !== policy.key)
            sources.set(`${table}.${quoteIdentifier(column)}`, { table, column, policy: policy.object })
        }
      }
    }
    for (const [object, { table, column, policy }] of sources) {
      const relation = index.relations.get(table)
      if (relation === undefined) continue
      for (const role of roles) {
        if (!policies.isUnder(relation, role) || !policies.holdsColumn(role, table, 'update', column)) continue
        const open = policies.permissive(table, role, 'update')
        const isPinned = policies
          .applying(table, role, 'update')
          .some((each) => [...termsIn(each.check)].some((part) => part.kind === 'column' && part.column === column))
        if (open.length === 0 || isPinned || open.every((each) => each.policy.using?.constant === false)) continue
        yield {
          object,
          role,
          message: `${quoteIdentifier(role)} may set ${object}, by which ${policy} decides.`,
          evidence: `UPDATE of the column is granted, and ${open.map((each) => each.object).join(', ')} lets rows of one's own be changed.`,
          fix: `REVOKE UPDATE ON ${table} FROM ${quoteIdentifier(role)};`,
          narrows: true,
        }
      }
    }
  },
}
