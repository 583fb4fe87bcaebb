import { qualifiedName, quoteIdentifier, type Relation } from '@rolecast/catalog'
import type { AuditContext } from '../../context.js'
import type { Severity } from '../../finding.js'
import type { Lint } from '../../lint.js'
import { ownerColumnsOf } from './columns.js'

/**
 * Tables that say whose a row is, or that everybody may write to, are open by mistake; others may be shared by design. One
 * finding a table of the first kind, and one a schema and severity of the rest.
 */
export const lint: Lint = {
  id: 'P01',
  severity: 'error',
  title: 'A table that API roles reach has no row-level security',
  nearMiss: 'The same table without any grant.',
  references: ['CWE-862', 'splinter 0013'],
  *find(context) {
    const shared = new Map<string, { severity: Severity; schema: string; tables: string[] }>()
    for (const relation of context.exposedRelations) {
      const { kind, rowSecurity, isPartition, policies } = relation
      if ((kind !== 'table' && kind !== 'partitioned table') || rowSecurity.enabled || isPartition) continue
      if (policies.length > 0) continue
      const { reached, severity, why } = judge(relation, context)
      if (reached.length === 0) continue
      const key = qualifiedName(relation.schema, relation.name)
      if (severity !== 'error') {
        const group = `${severity} ${relation.schema}`
        const known = shared.get(group) ?? { severity, schema: relation.schema, tables: [] }
        known.tables.push(key)
        shared.set(group, known)
        continue
      }
      yield {
        object: key,
        message: `${reached.map(quoteIdentifier).join(', ')} may reach every row of ${key}.`,
        evidence: `Row-level security is off; ${why}.`,
        fix: `ALTER TABLE ${key} ENABLE ROW LEVEL SECURITY;`,
        narrows: true,
      }
    }
    for (const { severity, schema, tables } of shared.values()) {
      const [first = ''] = tables
      yield {
        object: tables.length === 1 ? first : quoteIdentifier(schema),
        severity,
        message: `${tables.length === 1 ? `${first} is` : `${tables.length} tables are`} open to API roles in every row.`,
        evidence: `Row-level security is off on ${tables.join(', ')}.`,
        fix: tables.map((key) => `ALTER TABLE ${key} ENABLE ROW LEVEL SECURITY;`).join(' '),
        narrows: true,
      }
    }
  },
}

function judge(
  relation: Relation,
  { roles, policies, hasRole, anonymous }: AuditContext,
): { reached: readonly string[]; severity: Severity; why: string } {
  const key = qualifiedName(relation.schema, relation.name)
  const reached = roles.filter((role) => !hasRole(role, relation.owner) && policies.held(role, key).length > 0)
  const owners = ownerColumnsOf(relation)
  const byAnybody =
    anonymous !== null && reached.includes(anonymous) && policies.held(anonymous, key).some((verb) => verb !== 'select')
  if (byAnybody) return { reached, severity: 'error', why: 'callers without a token may write to it' }
  if (owners.length > 0) {
    const named = owners.map(quoteIdentifier).join(', ')
    // rows of others that staff work with are no mistake by themselves
    const severity = anonymous !== null && reached.includes(anonymous) ? 'error' : 'warning'
    return { reached, severity, why: `${named} says whose a row is` }
  }
  const isWritten = reached.some((role) => policies.held(role, key).some((verb) => verb !== 'select'))
  return { reached, severity: isWritten ? 'warning' : 'information', why: '' }
}
