import type { QualifiedName, Security, Term } from '@rolecast/catalog'
import { asksCaller } from '../../policies/callers.js'
import { bare, queriesIn, termsIn } from '../../policies/terms.js'

/** A table that a policy asks whether the caller belongs to a row: the column of the caller, and the one of the row. */
export interface Membership {
  readonly table: QualifiedName
  readonly who: string
  readonly scope: string
}

/** Sub-selects that join a table's column with the row, and another with the caller. */
export function membershipsIn(term: Term | null, security: Security): readonly Membership[] {
  return queriesIn(term).flatMap((query) =>
    query.relations.flatMap((table) => {
      const who = new Set<string>()
      const scope = new Set<string>()
      for (const part of termsIn(query.condition)) {
        if (part.kind !== 'operator' || part.name !== '=') continue
        const [a, b] = part.parts
        if (a === undefined || b === undefined) continue
        for (const [column, other] of [
          [bare(a), bare(b)],
          [bare(b), bare(a)],
        ] as const) {
          if (column.kind !== 'column' || column.of !== table || column.column === null) continue
          if (other.kind === 'column' && other.of === null) scope.add(column.column)
          else if (asksCaller(other, security)) who.add(column.column)
        }
      }
      const [returned] = query.parts.map(bare)
      if (query.test !== null && returned?.kind === 'column' && returned.of === table && returned.column !== null) {
        scope.add(returned.column)
      }
      return [...who].flatMap((own) => [...scope].map((column) => ({ table, who: own, scope: column })))
    }),
  )
}
