import type { PermissionTest, SeedRow } from '@rolecast/audit'
import { seedSql } from '@rolecast/audit'
import { printable } from '@rolecast/audit/printable'
import { indexCatalog } from '@rolecast/catalog'
import type { Pinned } from './pin.js'
import type { Subject } from './subject.js'

export type Format = 'vitest' | 'pgtap'
export const formats: readonly Format[] = ['vitest', 'pgtap']

/** The tests that a format can ask: over HTTP, not everything that SQL can say can be asked for. */
export function testsFor(format: Format, { tests }: Pinned): readonly PermissionTest[] {
  if (format === 'pgtap') return tests
  return tests.filter(({ ofCatalog, steps }) => ofCatalog || steps.every(({ request }) => request !== null))
}

/** What the owner makes before, in order. */
export function seedStatements(
  { catalog }: Subject,
  rows: readonly SeedRow[],
): readonly { label: string; sql: string }[] {
  const { relations } = indexCatalog(catalog)
  return rows.flatMap(({ relation: key, values, label }) => {
    const relation = relations.get(key)
    return relation === undefined ? [] : [{ label: printable(label), sql: seedSql(relation, values) }]
  })
}

/** Tests by what they are about, in the order of the tests. */
export function byObject(tests: readonly PermissionTest[]): ReadonlyMap<string, readonly PermissionTest[]> {
  const groups = new Map<string, PermissionTest[]>()
  for (const test of tests) {
    const known = groups.get(test.object)
    if (known) known.push(test)
    else groups.set(test.object, [test])
  }
  return groups
}

/** `anon may read id, name` */
export const fullTitle = ({ caller, title }: PermissionTest): string => printable(`${caller.name} ${title}`)
