import type { QualifiedName, Relation } from '@rolecast/catalog'
import type { AuditContext } from '../../context.js'

/** A table behind a view, and the role whose rights count for it; null: whoever asks. */
export interface BaseTable {
  readonly table: Relation
  readonly key: QualifiedName
  readonly as: string | null
}

/** Tables that a view reads with an owner's rights, or the caller's, through other views too. */
export function baseTablesOf(view: Relation, { index }: Pick<AuditContext, 'index'>): readonly BaseTable[] {
  const found: BaseTable[] = []
  const seen = new Set<Relation>([view])
  const pending = [view]
  for (const next of pending) {
    const as = next.kind === 'view' && next.securityInvoker ? null : next.owner
    for (const { relation } of next.view?.reads ?? []) {
      const read = index.relations.get(relation)
      if (read === undefined || seen.has(read)) continue
      seen.add(read)
      if (read.kind === 'view') pending.push(read)
      else found.push({ table: read, key: relation, as })
    }
  }
  return found
}
